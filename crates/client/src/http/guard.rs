//! A public server must not send us to addresses of a private network (client requirement 10).

use super::Reach;
use crate::error::ClientError;
use reqwest::dns::{Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

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

impl Reach {
    /// Refuses a URL whose host is itself an address that may not be connected to.
    ///
    /// # Errors
    /// [`ClientError::Config`] where the host is such an address.
    pub fn check(self, url: &Url) -> Result<(), ClientError> {
        if self == Self::PublicOnly && names_private(url) {
            return Err(ClientError::config(format!(
                "the server's metadata names the private address {}, and the issuer is public",
                url.host_str().unwrap_or_default()
            ))
            .with_hint("if the server is meant to be there, name the URL yourself: token_endpoint in the profile, or --jwks"));
        }
        Ok(())
    }

    /// Keeps of the addresses of a name those that may be connected to.
    ///
    /// # Errors
    /// [`ClientError::Config`] where none is left of some.
    pub fn permitted(
        self,
        host: &str,
        mut addresses: Vec<SocketAddr>,
    ) -> Result<Vec<SocketAddr>, ClientError> {
        let found = !addresses.is_empty();
        if self == Self::PublicOnly {
            addresses.retain(|address| !is_private(address.ip()));
        }
        if found && addresses.is_empty() {
            return Err(ClientError::config(format!(
                "{host} resolves to private addresses alone, and the issuer is public"
            )));
        }
        Ok(addresses)
    }
}

/// Resolves names and gives back public addresses alone, so that no name leads into a private network either.
pub(super) struct GuardedResolver;

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public = Reach::PublicOnly
                .permitted(name.as_str(), found.collect())
                .map_err(|error| error.to_string())?;
            Ok(Box::new(public.into_iter()) as reqwest::dns::Addrs)
        })
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
        let check = |url: &str, reach: Reach| reach.check(&Url::parse(url).unwrap());
        assert!(check("https://169.254.169.254/token", Reach::PublicOnly).is_err());
        assert!(check("https://[::1]/token", Reach::PublicOnly).is_err());
        assert!(check("https://localhost/token", Reach::PublicOnly).is_err());
        assert!(check("https://as.example/token", Reach::PublicOnly).is_ok());
        assert!(check("https://10.0.0.1/token", Reach::Anywhere).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_resolves_into_a_private_network_is_refused() {
        use std::str::FromStr as _;
        let result = GuardedResolver
            .resolve(Name::from_str("localhost").unwrap())
            .await;
        assert!(result.is_err());
    }
}
