//! Whether a certificate is for a host (RFC 9525).

use super::AlternativeNames;
use std::net::IpAddr;

impl AlternativeNames {
    /// Whether one of them is that of this host: a name (RFC 9525 6.3, with a wildcard as its whole first label), or an
    /// address.
    #[must_use]
    pub fn cover(&self, host: &str) -> bool {
        if let Ok(address) = host.parse::<IpAddr>() {
            let text = address.to_string();
            return self.ip.contains(&text);
        }
        let host = host.trim_end_matches('.');
        self.dns.iter().any(|name| covers(name, host))
    }
}

fn covers(name: &str, host: &str) -> bool {
    let name = name.trim_end_matches('.');
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    match (name.strip_prefix("*."), host.split_once('.')) {
        (Some(name), Some((_, parent))) => name.contains('.') && name.eq_ignore_ascii_case(parent),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::AlternativeNames;

    #[test]
    fn names_of_hosts() {
        let names = AlternativeNames {
            dns: ["as.example", "*.api.example", "*.com", "a.*.example"]
                .map(str::to_owned)
                .to_vec(),
            ip: ["192.0.2.7", "2001:db8::7"].map(str::to_owned).to_vec(),
            ..AlternativeNames::default()
        };
        for host in [
            "as.example",
            "AS.Example.",
            "x.api.example",
            "192.0.2.7",
            "2001:db8:0::7",
        ] {
            assert!(names.cover(host), "{host}");
        }
        for host in [
            "example",
            "api.example",
            "x.y.api.example",
            "b.com",
            "a.b.example",
            "192.0.2.8",
            "",
        ] {
            assert!(!names.cover(host), "{host}");
        }
    }
}
