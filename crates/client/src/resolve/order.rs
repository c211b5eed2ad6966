//! In which order addresses are tried.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Puts addresses without a route behind the others (RFC 6724 section 6, rule 1), and changes nothing else: on a machine without
/// IPv6, an attempt to use it would only cost time.
pub(super) fn routed_first(mut addresses: Vec<IpAddr>) -> Vec<IpAddr> {
    if addresses.len() > 1 {
        addresses.sort_by_cached_key(|address| !has_route(*address));
    }
    addresses
}

/// Whether the kernel would send packets there. A datagram socket is "connected" without a packet.
fn has_route(address: IpAddr) -> bool {
    let own: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    UdpSocket::bind(SocketAddr::new(own, 0))
        .and_then(|socket| socket.connect(SocketAddr::new(address, 443)))
        .is_ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::routed_first;
    use std::net::IpAddr;

    #[test]
    fn what_has_no_route_comes_last() {
        // Broadcast cannot be connected to without permission, wherever the test runs.
        let [none, here]: [IpAddr; 2] =
            ["255.255.255.255", "127.0.0.1"].map(|ip| ip.parse().unwrap());
        assert_eq!(routed_first(vec![none, here]), [here, none]);
        assert_eq!(routed_first(vec![none]), [none]);
    }
}
