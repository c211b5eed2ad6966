//! Which proxy a request goes through, by the rules of the HTTP client.

use hyper_util::client::proxy::matcher::Matcher;
use jeton_client::{ClientError, HttpConfig};
use std::fmt;
use url::Url;
use zeroize::Zeroizing;

/// A proxy that requests go through. `Debug` shows no password.
pub struct Via {
    /// Where it is, without name and password.
    pub url: Url,
    /// `Proxy-Authorization`, where name and password are configured.
    pub(super) authorization: Option<Zeroizing<String>>,
}

impl Via {
    /// Whether name and password are configured for it.
    #[must_use]
    pub const fn has_password(&self) -> bool {
        self.authorization.is_some()
    }
}

impl fmt::Debug for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Via({})", self.url)
    }
}

/// The proxy for requests to `target`; `None` where they go to the server itself.
///
/// # Errors
/// [`ClientError::Config`] where the proxy is none that the HTTP client speaks to.
pub fn route(config: &HttpConfig, target: &Url) -> Result<Option<Via>, ClientError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let proxies = &config.proxies;
    let configured = match target.scheme() {
        "https" => &proxies.https,
        _ => &proxies.http,
    };
    let Some(configured) = configured else {
        return Ok(None);
    };
    let unusable = || {
        ClientError::config("the proxy is none that jeton can use")
            .with_hint("it speaks to proxies whose URL begins with http:// or https://")
    };
    let mut url = Url::parse(configured).map_err(|_| unusable())?;
    let _ = (url.set_username(""), url.set_password(None));
    if !matches!(url.scheme(), "http" | "https") {
        return Err(unusable());
    }
    let matcher = Matcher::builder()
        .https(text(&proxies.https))
        .http(text(&proxies.http))
        .no(text(&proxies.no_proxy))
        .build();
    let Ok(uri) = target.as_str().parse() else {
        return Ok(None);
    };
    Ok(matcher.intercept(&uri).map(|intercept| Via {
        url,
        authorization: intercept
            .basic_auth()
            .and_then(|value| value.to_str().ok())
            .map(|value| Zeroizing::new(value.to_owned())),
    }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::route;
    use jeton_client::{HttpConfig, Proxies};
    use url::Url;

    fn via(no_proxy: &str, target: &str) -> Option<(String, bool)> {
        let config = HttpConfig {
            proxies: Proxies {
                https: Some("http://me:canary@proxy.example:3128".to_owned()),
                http: None,
                no_proxy: Some(no_proxy.to_owned()),
            },
            ..HttpConfig::default()
        };
        let via = route(&config, &Url::parse(target).unwrap()).unwrap()?;
        assert!(!format!("{via:?}").contains("canary"), "{via:?}");
        Some((via.url.to_string(), via.has_password()))
    }

    #[test]
    fn by_scheme_and_by_exception() {
        let proxy = Some(("http://proxy.example:3128/".to_owned(), true));
        assert_eq!(via("", "https://as.example/token"), proxy);
        assert_eq!(via("", "http://127.0.0.1:8080/"), None);
        assert_eq!(via("as.example", "https://as.example/"), None);
        assert_eq!(via(".example", "https://as.example/"), None);
        assert_eq!(via("10.0.0.0/8", "https://10.1.2.3/"), None);
        assert_eq!(via("10.0.0.0/8", "https://11.1.2.3/"), proxy);
        assert_eq!(via("*", "https://as.example/"), None);
    }

    #[test]
    fn a_proxy_of_another_kind_is_refused() {
        let config = HttpConfig {
            proxies: Proxies {
                https: Some("socks5://proxy.example:1080".to_owned()),
                ..Proxies::default()
            },
            ..HttpConfig::default()
        };
        assert!(route(&config, &Url::parse("https://as.example").unwrap()).is_err());
    }
}
