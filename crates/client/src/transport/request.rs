//! A request as a transport sends it.

use http::HeaderMap;
use std::fmt;
use url::Url;
use zeroize::Zeroizing;

/// The methods that this library uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// For public documents; carries no credential.
    Get,
    /// For forms; carries a credential.
    Post,
}

impl Method {
    /// The method on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// One request.
pub struct Request {
    /// The method.
    pub method: Method,
    /// https, or http on loopback.
    pub url: Url,
    /// The headers; values that must not be shown are marked as sensitive.
    pub headers: HeaderMap,
    /// The body, empty for a `GET`. Zeroed on drop.
    pub body: Zeroizing<Vec<u8>>,
}

/// Headers that are marked as sensitive are hidden, and so is the body.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url.as_str())
            .field("headers", &self.headers)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn client_01_debug_shows_no_secret() {
        let mut authorization = HeaderValue::from_static("Basic canary");
        authorization.set_sensitive(true);
        let request = Request {
            method: Method::Post,
            url: Url::parse("https://as.example/token").unwrap(),
            headers: HeaderMap::from_iter([(http::header::AUTHORIZATION, authorization)]),
            body: Zeroizing::new(b"client_secret=canary".to_vec()),
        };
        let shown = format!("{request:?}");
        assert!(shown.contains("https://as.example/token"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
