//! The issuer identifier of an authorization server and where its metadata is (RFC 8414 2 and 3).

use std::{fmt, str::FromStr};
use thiserror::Error;
use url::{Host, Url};

/// An issuer identifier, kept as the very text that was given: it is compared byte by byte (RFC 8414 3.3).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issuer {
    text: String,
    url: Url,
}

/// Why a text is no issuer identifier.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum IssuerError {
    /// Not an absolute URL.
    #[error("the issuer is not an absolute URL")]
    NotAUrl,
    /// http to a host that is not this machine, or another scheme.
    #[error("the issuer must be https (http is for loopback alone)")]
    NotHttps,
    /// RFC 8414 2 allows neither.
    #[error("the issuer must have no query and no fragment")]
    QueryOrFragment,
    /// Credentials do not belong into an identifier.
    #[error("the issuer must have no user information")]
    UserInfo,
    /// Characters that would be changed on the way.
    #[error("the issuer has spaces or control characters in it")]
    Unclean,
}

impl Issuer {
    /// Reads an issuer: https, or http on loopback; no query, fragment or user information.
    ///
    /// # Errors
    /// [`IssuerError`] says which of these does not hold.
    pub fn parse(text: &str) -> Result<Self, IssuerError> {
        if text
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\')
        {
            return Err(IssuerError::Unclean);
        }
        let url = Url::parse(text).map_err(|_| IssuerError::NotAUrl)?;
        let host = url.host().ok_or(IssuerError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback_host(&host) => {}
            _ => return Err(IssuerError::NotHttps),
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(IssuerError::QueryOrFragment);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(IssuerError::UserInfo);
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    /// The identifier as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The identifier as a URL.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the server is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.url.host().is_some_and(|host| is_loopback_host(&host))
    }

    /// Where the metadata may be, in the order to try: the OAuth document with the path inserted, the OpenID
    /// document with the path inserted, the OpenID document appended; without a path the last two are one
    /// (RFC 8414 3.1 and 5, client requirement 6).
    #[must_use]
    pub fn well_known_urls(&self) -> Vec<Url> {
        const OAUTH: &str = "/.well-known/oauth-authorization-server";
        const OPENID: &str = "/.well-known/openid-configuration";
        let path = self.url.path().trim_end_matches('/').to_owned();
        let at = |path: String| {
            let mut url = self.url.clone();
            url.set_path(&path);
            url
        };
        let mut urls = vec![at(format!("{OAUTH}{path}")), at(format!("{OPENID}{path}"))];
        if !path.is_empty() {
            urls.push(at(format!("{path}{OPENID}")));
        }
        urls
    }
}

/// Whether a host names this machine: `localhost` (and names below it, RFC 6761 6.3), 127.0.0.0/8, `::1`.
#[must_use]
pub fn is_loopback_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => {
            ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback())
        }
    }
}

impl FromStr for Issuer {
    type Err = IssuerError;

    fn from_str(text: &str) -> Result<Self, IssuerError> {
        Self::parse(text)
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issuer({:?})", self.text)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn urls(issuer: &str) -> Vec<String> {
        let issuer = Issuer::parse(issuer).unwrap();
        issuer
            .well_known_urls()
            .into_iter()
            .map(String::from)
            .collect()
    }

    #[test]
    fn client_06_three_shapes_with_a_path_two_without() {
        assert_eq!(
            urls("https://as.example/t1"),
            [
                "https://as.example/.well-known/oauth-authorization-server/t1",
                "https://as.example/.well-known/openid-configuration/t1",
                "https://as.example/t1/.well-known/openid-configuration",
            ]
        );
        let root = [
            "https://as.example:8443/.well-known/oauth-authorization-server",
            "https://as.example:8443/.well-known/openid-configuration",
        ];
        assert_eq!(urls("https://as.example:8443"), root);
        assert_eq!(urls("https://as.example:8443/"), root);
        assert_eq!(
            urls("https://as.example/t1/"),
            urls("https://as.example/t1")
        );
    }

    #[test]
    fn client_07_the_text_is_kept_byte_by_byte() {
        let slash = Issuer::parse("https://as.example/").unwrap();
        assert_eq!(slash.as_str(), "https://as.example/");
        assert_ne!(slash, Issuer::parse("https://as.example").unwrap());
        assert_ne!(slash, Issuer::parse("HTTPS://as.example/").unwrap());
    }

    #[test]
    fn client_13_http_for_loopback_alone() {
        for good in [
            "http://127.0.0.1:8080",
            "http://[::1]:8080/t",
            "http://localhost",
            "http://a.localhost",
        ] {
            assert!(Issuer::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://as.example",
            "http://localhost.evil.example",
            "http://128.0.0.1",
            "ftp://127.0.0.1",
            "http://0.0.0.0",
        ] {
            assert_eq!(Issuer::parse(bad), Err(IssuerError::NotHttps), "{bad}");
        }
    }

    #[test]
    fn what_an_issuer_must_not_have() {
        assert_eq!(
            Issuer::parse("https://as.example?x"),
            Err(IssuerError::QueryOrFragment)
        );
        assert_eq!(
            Issuer::parse("https://as.example#x"),
            Err(IssuerError::QueryOrFragment)
        );
        assert_eq!(
            Issuer::parse("https://u:p@as.example"),
            Err(IssuerError::UserInfo)
        );
        assert_eq!(Issuer::parse("as.example"), Err(IssuerError::NotAUrl));
        assert_eq!(
            Issuer::parse(" https://as.example"),
            Err(IssuerError::Unclean)
        );
    }
}
