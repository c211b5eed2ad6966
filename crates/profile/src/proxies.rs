//! The proxies that the environment names, or the profile.

use super::env;
use super::environment::Environment;
use super::origin::{Origin, Sourced};
use crate::error::Error;
use crate::profile::Profile;
use crate::tool::Tool;
use std::fmt;
use url::Url;

/// Which proxy is for what. `Debug` shows no password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The proxy for https.
    pub https: Option<Sourced<ProxyUrl>>,
    /// The proxy for http.
    pub http: Option<Sourced<ProxyUrl>>,
    /// For what the two above do not name.
    pub all: Option<Sourced<ProxyUrl>>,
    /// Hosts that are reached directly, as written: names, suffixes and addresses with commas between them.
    pub no_proxy: Option<Sourced<String>>,
}

/// The address of a proxy; name and password may be in it, so it is printed without them.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    /// The address with everything in it, for the HTTP client.
    pub const fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self
            .0
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        let host = self.0.host_str().unwrap_or_default();
        write!(f, "{}://{host}{port}", self.0.scheme())
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyUrl({self})")
    }
}

impl ProxyUrl {
    /// The address of a proxy as it stands in a file or on the command line, where a password has no place.
    ///
    /// # Errors
    /// Why it cannot be used; the value is not repeated.
    pub(crate) fn without_password(text: &str) -> Result<Self, String> {
        let url = parse(text).ok_or_else(|| EXPECTED.to_owned())?;
        match url.0.scheme() {
            "http" | "https" => {}
            other => return Err(format!("{other} proxies are not supported")),
        }
        if !url.0.username().is_empty() || url.0.password().is_some() {
            return Err(
                "a proxy with a name and password in it is taken only from HTTPS_PROXY, HTTP_PROXY and ALL_PROXY"
                    .to_owned(),
            );
        }
        Ok(url)
    }
}

impl Proxies {
    /// The proxies of a profile: its own, for every URL, or else those of the environment. `NO_PROXY` holds for both.
    #[must_use]
    pub fn of(tool: &Tool, profile: &Profile) -> Self {
        let environment = &tool.proxies;
        match &profile.proxy {
            None => environment.clone(),
            Some(proxy) => Self {
                https: Some(proxy.clone()),
                http: Some(proxy.clone()),
                all: None,
                no_proxy: environment.no_proxy.clone(),
            },
        }
    }

    /// Reads the variables: lower case first, as curl does.
    ///
    /// # Errors
    /// Exit 3 where a proxy is no URL, or one of a kind that is not spoken here; the value is not repeated.
    pub(super) fn read(environment: &Environment) -> Result<Self, Error> {
        // Inside a CGI program HTTP_PROXY is the `Proxy:` header of the request, which a stranger chooses.
        let cgi = environment.origin("REQUEST_METHOD").is_some();
        let upper_http = if cgi { None } else { Some(env::HTTP_PROXY) };
        Ok(Self {
            https: proxy(environment, "https_proxy", Some(env::HTTPS_PROXY))?,
            http: proxy(environment, "http_proxy", upper_http)?,
            all: proxy(environment, "all_proxy", Some(env::ALL_PROXY))?,
            no_proxy: either(environment, "no_proxy", Some(env::NO_PROXY))?,
        })
    }
}

fn either(
    environment: &Environment,
    lower: &str,
    upper: Option<&str>,
) -> Result<Option<Sourced<String>>, Error> {
    match (environment.text(lower)?, upper) {
        (None, Some(upper)) => environment.text(upper),
        (found, _) => Ok(found),
    }
}

fn proxy(
    environment: &Environment,
    lower: &str,
    upper: Option<&str>,
) -> Result<Option<Sourced<ProxyUrl>>, Error> {
    let Some(Sourced { value, origin }) = either(environment, lower, upper)? else {
        return Ok(None);
    };
    let url = parse(&value).ok_or_else(|| malformed(&origin))?;
    match url.0.scheme() {
        "http" | "https" => Ok(Some(Sourced::new(url, origin))),
        other => Err(unspoken(&origin, other)),
    }
}

/// A URL, or `host:port` as many write it.
fn parse(text: &str) -> Option<ProxyUrl> {
    let text = text.trim();
    let with_scheme = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    Url::parse(&with_scheme)
        .ok()
        .filter(Url::has_host)
        .map(ProxyUrl)
}

const EXPECTED: &str = "expected the URL of a proxy, such as http://proxy.example.com:3128";

fn malformed(origin: &Origin) -> Error {
    Error::config(format!("{origin}: {EXPECTED}"))
}

fn unspoken(origin: &Origin, scheme: &str) -> Error {
    Error::config(format!("{origin}: {scheme} proxies are not supported")).hint(
        "give an HTTP proxy, http://… or https://…, or list hosts without a proxy in NO_PROXY",
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Proxies;
    use crate::ErrorKind;
    use crate::testing::{Home, environment};

    #[test]
    fn the_flag_wins_over_the_file_and_that_over_the_environment() {
        let home = Home::new("[defaults]\nproxy = 'http://file:1'\n[profiles.p]\n");
        let mut inputs = home.inputs(&[("HTTPS_PROXY", "http://env:2"), ("NO_PROXY", "x")]);
        let proxy = |inputs: &crate::Inputs| {
            let settings = crate::Settings::load(inputs).unwrap();
            let profile = settings.select().unwrap();
            let proxies = Proxies::of(&settings.tool, &profile);
            assert_eq!(proxies.no_proxy.unwrap().value, "x");
            proxies.https.unwrap().value.to_string()
        };
        assert_eq!(proxy(&inputs), "http://file:1");
        inputs.overrides.set("--proxy", ["flag:3128"]);
        assert_eq!(proxy(&inputs), "http://flag:3128");
    }

    /// Security, client 2.
    #[test]
    fn a_password_has_no_place_in_a_flag_or_file() {
        let home = Home::new("[profiles.p]\n");
        let mut inputs = home.inputs(&[]);
        inputs
            .overrides
            .set("--proxy", ["http://me:canary@proxy:3128"]);
        let settings = crate::Settings::load(&inputs).unwrap();
        let error = settings.select().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Usage);
        assert!(error.message.contains("HTTPS_PROXY"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
        let home = Home::new("[profiles.p]\nproxy = 'http://me:canary@proxy:3128'\n");
        let error = home.load(&[]).unwrap_err();
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn lower_case_wins_and_passwords_are_not_shown() {
        let proxies = Proxies::read(&environment(&[
            ("https_proxy", "http://me:canary@lower:3128"),
            ("HTTPS_PROXY", "http://upper:3128"),
            ("HTTP_PROXY", "plain:8080"),
            ("NO_PROXY", "localhost,.internal"),
        ]))
        .unwrap();
        let https = proxies.https.clone().unwrap();
        assert_eq!(https.value.to_string(), "http://lower:3128");
        assert_eq!(https.value.expose().password(), Some("canary"));
        assert_eq!(https.origin.to_string(), "env https_proxy");
        assert_eq!(
            proxies.http.clone().unwrap().value.to_string(),
            "http://plain:8080"
        );
        assert_eq!(
            proxies.no_proxy.clone().unwrap().value,
            "localhost,.internal"
        );
        assert!(!format!("{proxies:?}").contains("canary"));
    }

    #[test]
    fn a_cgi_program_does_not_take_its_proxy_from_a_header() {
        let proxies = Proxies::read(&environment(&[
            ("REQUEST_METHOD", "GET"),
            ("HTTP_PROXY", "http://evil:1"),
        ]))
        .unwrap();
        assert!(proxies.http.is_none());
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        let error =
            Proxies::read(&environment(&[("ALL_PROXY", "http://me:canary@:x")])).unwrap_err();
        assert!(error.message.starts_with("env ALL_PROXY: "), "{error}");
        assert!(!error.message.contains("canary"));
    }

    #[test]
    fn a_proxy_of_another_kind_is_refused_and_not_tried() {
        for scheme in ["socks5", "socks5h", "socks4", "SOCKS5", "ftp"] {
            let url = format!("{scheme}://me:canary@proxy:1080");
            let error = Proxies::read(&environment(&[("ALL_PROXY", &url)])).unwrap_err();
            let scheme = scheme.to_lowercase();
            assert!(
                error
                    .message
                    .ends_with(&format!("{scheme} proxies are not supported")),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("canary"));
        }
        assert!(Proxies::read(&environment(&[("ALL_PROXY", "HTTP://proxy")])).is_ok());
    }
}
