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
#[error("{0} resolves to private addresses alone, and the issuer is public")]
pub struct NoPublicAddress(String);

/// Whether an address is of this machine, of a private network, or otherwise not of the public internet
/// (RFC 6890 and its registries).
#[must_use]
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

const fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && b >= 64 && b < 128)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let embedded = match segments {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            Some(Ipv4Addr::new(a, b, c, d))
        }
        _ => None,
    };
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        || segments[0] == 0x100
        || (segments[0] == 0x2001 && segments[1] == 0xdb8)
        || embedded.is_some_and(is_private_v4)
}

/// Whether the host of a URL is itself such an address.
pub(crate) fn names_private(url: &Url) -> bool {
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
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
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
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
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
        let told = "as.example resolves to private addresses alone, and the issuer is public";
        assert_eq!(none, Err(told.to_owned()));
        assert_eq!(of(AddressPolicy::PublicOnly, &[]), Ok(vec![]));
    }
}
