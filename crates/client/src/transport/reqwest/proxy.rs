//! Which proxy a request goes through.

use crate::http_config::{HttpConfig, ProxySetting};
use crate::transport::SetupError;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use jeton_oauth::is_loopback_host;
use std::fmt;
use url::Url;
use zeroize::Zeroizing;

/// A proxy that requests go through. `Debug` shows no password.
pub struct HttpProxy {
    /// Where it is, without name and password.
    pub url: Url,
    authorization: Option<Zeroizing<String>>,
    /// As it is configured.
    configured: ProxySetting,
}

impl HttpProxy {
    /// Whether name and password are configured for it.
    #[must_use]
    pub const fn has_password(&self) -> bool {
        self.authorization.is_some()
    }

    /// The value of `Proxy-Authorization`, where name and password are configured.
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        self.authorization.as_ref().map(|value| value.as_str())
    }

    /// Where it is, without name and password, and where that is configured: `http://proxy:3128 (env HTTPS_PROXY)`.
    #[must_use]
    pub fn place(&self) -> String {
        let url = self.url.as_str().trim_end_matches('/');
        format!("{url} ({})", self.configured.origin)
    }

    /// The same for the HTTP library, whose client sends nothing else through it.
    pub(super) fn for_reqwest(&self) -> Result<reqwest::Proxy, SetupError> {
        reqwest::Proxy::all(self.configured.expose()).map_err(|_| unusable())
    }
}

impl fmt::Debug for HttpProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpProxy({})", self.url)
    }
}

/// The proxy for requests to `target`; `None` where they go to the server itself, as those to loopback always do: no proxy
/// reaches this machine, and a request there may be plain HTTP with a credential in it (client requirement 12).
///
/// # Errors
/// [`SetupError`] where the proxy is neither http nor https.
pub fn proxy_for(config: &HttpConfig, target: &Url) -> Result<Option<HttpProxy>, SetupError> {
    let proxies = &config.proxies;
    if target.host().is_some_and(|host| is_loopback_host(&host)) {
        return Ok(None);
    }
    let configured = match target.scheme() {
        "https" => &proxies.https,
        _ => &proxies.http,
    };
    let Some(setting) = configured else {
        return Ok(None);
    };
    let configured = setting.expose();
    let mut url = Url::parse(configured).map_err(|_| unusable())?;
    let _ = (url.set_username(""), url.set_password(None));
    if !matches!(url.scheme(), "http" | "https") {
        return Err(unusable());
    }
    let matcher = Matcher::builder()
        .all(configured)
        .no(proxies.no_proxy.clone().unwrap_or_default())
        .build();
    let Ok(target) = target.as_str().parse() else {
        return Ok(None);
    };
    Ok(matcher.intercept(&target).map(|intercept| HttpProxy {
        url,
        authorization: authorization(&intercept),
        configured: setting.clone(),
    }))
}

fn authorization(intercept: &Intercept) -> Option<Zeroizing<String>> {
    let value = intercept.basic_auth()?.to_str().ok()?;
    Some(value.to_owned().into())
}

fn unusable() -> SetupError {
    SetupError::new("jeton cannot use this kind of proxy")
        .with_hint("it speaks to proxies whose URL begins with http:// or https://")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::proxy_for;
    use crate::http_config::{HttpConfig, Proxies, ProxySetting};
    use url::Url;

    fn found(no_proxy: &str, target: &str) -> Option<(String, Option<String>)> {
        let config = HttpConfig {
            proxies: Proxies {
                https: Some(ProxySetting::new(
                    "http://me:canary@proxy.example:3128",
                    "env HTTPS_PROXY",
                )),
                http: None,
                no_proxy: Some(no_proxy.to_owned()),
            },
            ..HttpConfig::default()
        };
        let proxy = proxy_for(&config, &Url::parse(target).unwrap()).unwrap()?;
        assert!(!format!("{proxy:?}").contains("canary"), "{proxy:?}");
        assert!(proxy.has_password());
        let place = "http://proxy.example:3128 (env HTTPS_PROXY)";
        assert_eq!(proxy.place(), place);
        let authorization = proxy.authorization().map(str::to_owned);
        Some((proxy.url.to_string(), authorization))
    }

    #[test]
    fn by_scheme_and_by_exception() {
        let proxy = Some((
            "http://proxy.example:3128/".to_owned(),
            Some("Basic bWU6Y2FuYXJ5".to_owned()),
        ));
        assert_eq!(found("", "https://as.example/token"), proxy);
        assert_eq!(found("", "http://127.0.0.1:8080/"), None);
        assert_eq!(found("as.example", "https://as.example/"), None);
        assert_eq!(found(".example", "https://as.example/"), None);
        assert_eq!(found("10.0.0.0/8", "https://10.1.2.3/"), None);
        assert_eq!(found("10.0.0.0/8", "https://11.1.2.3/"), proxy);
        assert_eq!(found("*", "https://as.example/"), None);
    }

    #[test]
    fn client_12_none_is_for_loopback() {
        let proxy = Some(ProxySetting::new(
            "http://proxy.example:3128",
            "env ALL_PROXY",
        ));
        let config = HttpConfig {
            proxies: Proxies {
                https: proxy.clone(),
                http: proxy,
                no_proxy: None,
            },
            ..HttpConfig::default()
        };
        let found = |host: &str| {
            ["http", "https"].map(|scheme| {
                let target = Url::parse(&format!("{scheme}://{host}/token")).unwrap();
                proxy_for(&config, &target).unwrap().is_some()
            })
        };
        for host in [
            "127.0.0.1",
            "127.255.255.254:8080",
            "2130706433",
            "[::1]",
            "[::ffff:127.0.0.1]:8443",
            "localhost",
            "LocalHost.",
            "auth.localhost",
            "auth.localhost.",
        ] {
            assert_eq!(found(host), [false, false], "{host}");
        }
        for host in ["notlocalhost", "localhost.example", "128.0.0.1", "[::2]"] {
            assert_eq!(found(host), [true, true], "{host}");
        }
    }

    #[test]
    fn a_proxy_of_another_kind_is_refused() {
        let config = HttpConfig {
            proxies: Proxies {
                https: Some(ProxySetting::new("socks5://proxy.example:1080", "here")),
                ..Proxies::default()
            },
            ..HttpConfig::default()
        };
        assert!(proxy_for(&config, &Url::parse("https://as.example").unwrap()).is_err());
    }
}
