//! Which addresses may be connected to: a public server must not send us to addresses of a private network (client
//! requirement 10).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use thiserror::Error;
use url::{Host, Url};

/// Whether addresses of private networks may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressPolicy {
    /// Any address: the user has named the host.
    Anywhere,
    /// Public addresses only: a public server has named the host.
    PublicOnly,
}

impl AddressPolicy {
    /// Whether the host of a URL may be connected to, as far as the URL shows it: an address, or a name of this machine.
    #[must_use]
    pub fn permits(self, url: &Url) -> bool {
        match self {
            Self::Anywhere => true,
            Self::PublicOnly => !names_private(url),
        }
    }

    /// The addresses that may be connected to, of those that the name of a host resolves to.
    ///
    /// # Errors
    /// [`NoPublicAddress`] where none of them may be.
    pub fn permitted(
        self,
        host: &str,
        mut addresses: Vec<SocketAddr>,
    ) -> Result<Vec<SocketAddr>, NoPublicAddress> {
        let is_known = !addresses.is_empty();
        if self == Self::PublicOnly {
            addresses.retain(|address| !is_private(address.ip()));
        }
        if is_known && addresses.is_empty() {
            return Err(NoPublicAddress(host.to_owned()));
        }
        Ok(addresses)
    }
}

/// A host whose name resolves to private addresses only.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} resolves to private addresses only, and the issuer is public")]
pub struct NoPublicAddress(String);

/// Whether an address is of this machine, of a private network, or otherwise not of the public internet: the registries of
/// special-purpose addresses (RFC 6890), and whatever IANA has not allocated as global unicast.
#[must_use]
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

const fn is_private_v4(ip: Ipv4Addr) -> bool {
    match ip.octets() {
        // "This network", private, loopback; multicast, reserved and broadcast.
        [0 | 10 | 127 | 224..=255, ..] => true,
        // Shared with the provider (RFC 6598).
        [100, b, ..] => b >= 64 && b < 128,
        // Link-local.
        [169, b, ..] => b == 254,
        // Private.
        [172, b, ..] => b >= 16 && b < 32,
        // Private, IETF protocol assignments, documentation, the deprecated relays of 6to4.
        [192, b, c, _] => matches!((b, c), (168, _) | (0, 0 | 2) | (88, 99)),
        // Benchmarking, documentation.
        [198, b, c, _] => matches!((b, c), (18 | 19, _) | (51, 100)),
        // Documentation.
        [203, b, c, _] => matches!((b, c), (0, 113)),
        _ => false,
    }
}

const fn is_private_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        // Written with an IPv4 address inside that decides: mapped, and of the well-known prefix of NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_private_v4(Ipv4Addr::from_bits(((high as u32) << 16) | low as u32))
        }
        // IETF protocol assignments (2001::/23, with Teredo, which leads to IPv4 addresses), and documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..]
        // 6to4: it leads to IPv4 addresses.
        | [0x2002, ..]
        // Documentation (3fff::/20, RFC 9637).
        | [0x3fff, 0..=0xfff, ..] => true,
        // The rest of global unicast (2000::/3).
        [0x2000..=0x3fff, ..] => false,
        // Loopback, IPv4-compatible, local NAT64 (64:ff9b:1::/48), discard, SRv6, unique local, link-local, site-local, multicast,
        // and everything that is not allocated.
        _ => true,
    }
}

/// Whether a response came from the public internet: by the address that was connected to; where that is not seen, as behind a
/// proxy, the host of the URL counts as public unless it is a private address itself.
pub(crate) fn is_public(url: &Url, peer: Option<IpAddr>) -> bool {
    peer.map_or_else(|| !names_private(url), |peer| !is_private(peer))
}

/// Whether the host of a URL is itself such an address.
fn names_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(ip.into()),
        Some(Host::Ipv6(ip)) => is_private(ip.into()),
        Some(host) => jeton_oauth::is_loopback_host(&host),
        None => true,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_10_what_is_private() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.2",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "240.0.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "100::1",
            "100:0:0:1::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2001:200::1",
            "3ffe::1",
            "3fff:1000::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    /// IPv6 addresses that end in a private network or nowhere, whatever address of IPv4 is inside.
    #[test]
    fn client_12_forms_of_ipv6_that_are_private() {
        for private in [
            "64:ff9b:1::a00:1",
            "64:ff9b:1::1.1.1.1",
            "64:ff9b::169.254.169.254",
            "fec0::1",
            "feff::1",
            "::7f00:1",
            "::10.0.0.1",
            "::1.1.1.1",
            "::ffff:0:10.0.0.1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2002::1",
            "2002:101:101::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "4000::1",
            "fc00::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn client_10_metadata_that_points_at_169_254_169_254() {
        use AddressPolicy::{Anywhere, PublicOnly};
        for (policy, url, permitted) in [
            (PublicOnly, "https://169.254.169.254/token", false),
            (PublicOnly, "https://[::1]/token", false),
            (PublicOnly, "https://localhost/token", false),
            (PublicOnly, "https://as.example/token", true),
            (Anywhere, "https://10.0.0.1/token", true),
        ] {
            let found = policy.permits(&Url::parse(url).unwrap());
            assert_eq!(found, permitted, "{policy:?} {url}");
        }
    }

    #[test]
    fn client_10_what_is_public_by_its_address_or_by_its_url() {
        let seen = |text: &str| Some(text.parse().unwrap());
        for (url, peer, public) in [
            ("https://as.example", seen("1.1.1.1"), true),
            ("https://as.example", seen("10.0.0.5"), false),
            ("https://as.example", None, true),
            ("https://1.1.1.1", None, true),
            ("https://10.0.0.5/realm", None, false),
            ("https://[fd00::1]", None, false),
            ("http://127.0.0.1:8080", None, false),
            ("https://auth.localhost", None, false),
        ] {
            let found = is_public(&Url::parse(url).unwrap(), peer);
            assert_eq!(found, public, "{url} {peer:?}");
        }
    }

    #[test]
    fn client_10_a_name_may_resolve_to_public_addresses_only() {
        let address = |text: &str| SocketAddr::new(text.parse().unwrap(), 443);
        let found = [address("10.0.0.1"), address("1.1.1.1"), address("::1")];
        let of = |policy: AddressPolicy, found: &[SocketAddr]| {
            policy.permitted("as.example", found.to_vec())
        };
        let public = of(AddressPolicy::PublicOnly, &found);
        assert_eq!(public, Ok(vec![address("1.1.1.1")]));
        assert_eq!(of(AddressPolicy::Anywhere, &found), Ok(found.to_vec()));
        let none = of(AddressPolicy::PublicOnly, &found[..1]).map_err(|error| error.to_string());
        let told = "as.example resolves to private addresses only, and the issuer is public";
        assert_eq!(none, Err(told.to_owned()));
        assert_eq!(of(AddressPolicy::PublicOnly, &[]), Ok(vec![]));
    }
}
