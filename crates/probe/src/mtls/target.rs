//! The server to probe: a URL, or a host with or without a port.

use jeton_client::AddressPolicy;
use thiserror::Error;
use url::{Host, Url};

/// A server and a path on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// A name, or an address without brackets.
    pub host: String,
    /// 443 where nothing is said.
    pub port: u16,
    /// Path and query, as they are sent.
    pub path: String,
    /// The whole.
    pub url: Url,
    pub(super) addresses: AddressPolicy,
}

/// Why a text names no server that can be probed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TargetError {
    /// Neither a URL nor a host.
    #[error("it is neither an https URL nor a host")]
    Malformed,
    /// http, ws, or something else.
    #[error("{0} has no TLS handshake: name an https URL")]
    Scheme(String),
    /// User name and password stand in it.
    #[error("it has a user name or password, which a probe never sends")]
    Credentials,
}

impl Target {
    /// Reads `https://host[:port][/path]` or `host[:port]`.
    ///
    /// # Errors
    /// [`TargetError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let url = match text.split_once("://") {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => Url::parse(text),
            Some((scheme, _)) => return Err(TargetError::Scheme(scheme.to_owned())),
            // An address of IPv6 without brackets, which a person may well type.
            None if text.parse::<std::net::Ipv6Addr>().is_ok() => {
                Url::parse(&format!("https://[{text}]"))
            }
            None => Url::parse(&format!("https://{text}")),
        };
        Self::of(url.map_err(|_| TargetError::Malformed)?)
    }

    /// The server of a URL.
    ///
    /// # Errors
    /// [`TargetError`] where it is not https or holds credentials.
    pub fn of(url: Url) -> Result<Self, TargetError> {
        if url.scheme() != "https" {
            return Err(TargetError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::Credentials);
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(TargetError::Malformed),
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        Ok(Self {
            host,
            port: url.port_or_known_default().unwrap_or(443),
            path,
            url,
            addresses: AddressPolicy::Anywhere,
        })
    }

    /// Host and port as they stand in a `Host` header or behind CONNECT.
    #[must_use]
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn urls_and_hosts() {
        for (text, host, port, path) in [
            ("https://as.example/token", "as.example", 443, "/token"),
            (
                "HTTPS://AS.example:8443/a?b=c#d",
                "as.example",
                8443,
                "/a?b=c",
            ),
            ("as.example", "as.example", 443, "/"),
            ("as.example:8443", "as.example", 8443, "/"),
            ("as.example:8443/token", "as.example", 8443, "/token"),
            ("127.0.0.1:9", "127.0.0.1", 9, "/"),
            ("[::1]:9", "::1", 9, "/"),
            ("2001:db8::1", "2001:db8::1", 443, "/"),
            ("https://bücher.example", "xn--bcher-kva.example", 443, "/"),
        ] {
            let target = Target::parse(text).unwrap();
            let told = (target.host.as_str(), target.port, target.path.as_str());
            assert_eq!(told, (host, port, path), "{text}");
        }
        let ipv6 = Target::parse("[::1]:9").unwrap();
        assert_eq!(ipv6.authority(), "[::1]:9");
    }

    #[test]
    fn what_names_no_server() {
        let scheme = |name: &str| TargetError::Scheme(name.to_owned());
        for (text, error) in [
            ("http://as.example/", scheme("http")),
            ("wss://as.example/", scheme("wss")),
            ("https://a:b@as.example/", TargetError::Credentials),
            ("a@as.example", TargetError::Credentials),
            ("", TargetError::Malformed),
            ("https://", TargetError::Malformed),
            ("a b", TargetError::Malformed),
            ("as.example:99999", TargetError::Malformed),
        ] {
            assert_eq!(Target::parse(text), Err(error), "{text}");
        }
    }
}
