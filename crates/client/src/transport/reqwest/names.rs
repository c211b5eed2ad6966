//! From the name of a host to its addresses.

use jeton_oauth::is_loopback_host;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use url::Host;

/// The addresses of a host, in the order to try them. `localhost` and the names below it are this machine, and no resolver is
/// asked for them (RFC 6761 6.3): it may know such a name, and send it elsewhere.
///
/// # Errors
/// That of the system's resolver.
pub async fn resolve(name: &str, port: u16) -> std::io::Result<Vec<SocketAddr>> {
    if is_loopback_host(&Host::Domain(name)) {
        let v4 = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        return Ok(vec![v4, SocketAddr::from((Ipv6Addr::LOCALHOST, port))]);
    }
    Ok(tokio::net::lookup_host((name, port)).await?.collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::resolve;

    #[tokio::test]
    async fn client_12_localhost_names_are_this_machine() {
        for name in ["localhost", "LOCALHOST.", "a.localhost", "a.b.LocalHost"] {
            let found = resolve(name, 7).await.unwrap();
            let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(shown, ["127.0.0.1:7", "[::1]:7"], "{name}");
        }
    }
}
