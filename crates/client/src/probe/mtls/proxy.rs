//! Whether a proxy stands in between, by the same rules as for every other request.

use super::Target;
use crate::error::ClientError;
use crate::http::Proxies;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;
use std::fmt;

/// How the server is reached.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// By a connection of our own.
    Direct,
    /// Through a proxy that takes CONNECT.
    Proxy {
        /// Its host.
        host: String,
        /// Its port.
        port: u16,
        /// What it is authenticated to with; never to the server.
        auth: Option<HeaderValue>,
    },
    /// By a connection of our own, though a proxy of this kind is configured.
    DirectInsteadOf(String),
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => f.write_str("Direct"),
            Self::Proxy { host, port, .. } => write!(f, "Proxy({host}:{port})"),
            Self::DirectInsteadOf(kind) => write!(f, "DirectInsteadOf({kind})"),
        }
    }
}

/// The way to a server.
pub(super) fn way(target: &Target, proxies: &Proxies) -> Result<Way, ClientError> {
    let Some(proxy) = &proxies.https else {
        return Ok(Way::Direct);
    };
    let mut matcher = Matcher::builder().https(proxy.clone());
    if let Some(list) = &proxies.no_proxy {
        matcher = matcher.no(list.clone());
    }
    let uri: Uri = format!("https://{}/", target.authority())
        .parse()
        .map_err(|_| ClientError::config("the server's address is not a URL"))?;
    let Some(found) = matcher.build().intercept(&uri) else {
        return Ok(Way::Direct);
    };
    let uri = found.uri();
    let scheme = uri.scheme_str().unwrap_or_default();
    match uri.host() {
        Some(host) if scheme == "http" => Ok(Way::Proxy {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(80),
            auth: found.basic_auth().cloned(),
        }),
        Some(_) => Ok(Way::DirectInsteadOf(scheme.to_owned())),
        None => Err(ClientError::config("the proxy's address is not a URL")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(proxy: &str, except: Option<&str>) -> Way {
        let proxies = Proxies {
            https: Some(proxy.to_owned()),
            http: None,
            no_proxy: except.map(str::to_owned),
        };
        way(&Target::parse("as.example:8443").unwrap(), &proxies).unwrap()
    }

    #[test]
    fn proxies_and_their_exceptions() {
        let Way::Proxy { host, port, auth } = of("http://user:canary@proxy.example:3128", None)
        else {
            panic!("no proxy")
        };
        assert_eq!((host.as_str(), port), ("proxy.example", 3128));
        assert!(auth.is_some_and(|auth| auth.is_sensitive()));
        assert_eq!(
            of("http://proxy.example:3128", Some("example")),
            Way::Direct
        );
        assert_eq!(of("http://proxy.example:3128", Some("*")), Way::Direct);
        let other = Way::DirectInsteadOf("https".to_owned());
        assert_eq!(of("https://proxy.example", None), other);
        let target = Target::parse("as.example").unwrap();
        assert_eq!(way(&target, &Proxies::default()).unwrap(), Way::Direct);
    }

    #[test]
    fn security_client_1_debug_shows_no_password() {
        let way = of("http://user:canary@proxy.example:3128", None);
        assert_eq!(format!("{way:?}"), "Proxy(proxy.example:3128)");
    }
}
