//! Finding the token endpoint: the server's metadata (RFC 8414), at each of its places in turn.

use crate::error::{ClientError, is_transient_status};
use crate::event::{Event, Observer};
use crate::http::{Answer, Http, Reach, names_private};
use jeton_oauth::{Issuer, Metadata};
use std::time::Duration;
use url::Url;

/// No document is waited for longer (5 s).
const LONGEST: Duration = Duration::from_secs(5);
/// Redirects that a document may be behind.
const HOPS: usize = 3;

/// What discovery finds out.
#[derive(Debug, Clone)]
pub(crate) struct Discovered {
    pub(crate) metadata: Metadata,
    /// Whether the issuer answered from a public address; its endpoints must then be public too.
    pub(crate) public: bool,
    /// The document as it came, for keeping.
    pub(crate) document: Vec<u8>,
    /// How long it may be kept, in seconds.
    pub(crate) max_age: i64,
}

/// Fetches and checks the metadata of an issuer.
///
/// # Errors
/// A network failure or a failing server at the first place that shows one; a wrong `issuer` at once (RFC 8414 3.3);
/// else, when no place has a document, what the last place had instead.
pub(crate) async fn discover(
    http: &Http,
    issuer: &Issuer,
    left: Duration,
    observer: &Observer,
) -> Result<Discovered, ClientError> {
    let limit = left.min(LONGEST);
    let mut last = None;
    for url in issuer.well_known_urls() {
        observer(&Event::Discovering { url: url.as_str() });
        let answer = follow(http, &url, issuer, limit).await?;
        if is_transient_status(answer.status) {
            return Err(failed(&answer, "it does not give its metadata"));
        }
        if answer.status != 200 {
            last = Some(
                ClientError::config(format!(
                    "no authorization server metadata at {issuer} (HTTP {})",
                    answer.status
                ))
                .with_hint(
                    "check the issuer; where the server publishes no metadata, set token_endpoint",
                ),
            );
            continue;
        }
        match Metadata::parse(&answer.body) {
            Ok(metadata) => return check(issuer, metadata, &answer),
            Err(error) => last = Some(failed(&answer, &error.to_string())),
        }
    }
    Err(last.unwrap_or_else(|| ClientError::config("the issuer has no place for metadata")))
}

/// Follows a few redirects: the request carries no credential, and the `issuer` inside is checked whatever the path.
async fn follow(
    http: &Http,
    url: &Url,
    issuer: &Issuer,
    limit: Duration,
) -> Result<Answer, ClientError> {
    let mut url = url.clone();
    let mut reach = Reach::Anywhere;
    for _ in 0..=HOPS {
        let answer = http.get(&url, reach, limit).await?;
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(answer);
        }
        let target = answer
            .header("location")
            .and_then(|location| url.join(location).ok())
            .filter(|target| is_allowed_scheme(target, issuer))
            .ok_or_else(|| failed(&answer, "it redirects to a place that is not https"))?;
        if answer.public_peer != Some(false) && !issuer.is_loopback() {
            reach = Reach::PublicOnly;
        }
        url = target;
    }
    Err(ClientError::config(format!(
        "the metadata of {issuer} is behind more than {HOPS} redirects"
    ))
    .with_hint("check the issuer; where the server publishes no metadata, set token_endpoint"))
}

fn check(issuer: &Issuer, metadata: Metadata, answer: &Answer) -> Result<Discovered, ClientError> {
    if metadata.issuer != issuer.as_str() {
        return Err(ClientError::config(format!(
            "the issuer is configured as {issuer}, and the server calls itself {}",
            metadata.issuer
        ))
        .with_hint(
            "the two must be equal byte by byte (RFC 8414 3.3), a slash at the end included",
        ));
    }
    let max_age = answer.header("cache-control").map_or(HOUR, kept_for);
    Ok(Discovered {
        public: answer.public_peer.unwrap_or_else(|| is_public_name(issuer))
            && !issuer.is_loopback(),
        metadata,
        document: answer.body.to_vec(),
        max_age,
    })
}

/// Behind a proxy the peer is not seen: an issuer counts as public there unless it is a private address itself.
fn is_public_name(issuer: &Issuer) -> bool {
    !issuer.well_known_urls().iter().any(names_private)
}

const HOUR: i64 = 3600;

/// The freshness that `Cache-Control` grants, between a minute and a day; an hour where it says nothing.
fn kept_for(cache_control: &str) -> i64 {
    let directives = cache_control.split(',').map(str::trim);
    let mut kept = HOUR;
    for directive in directives {
        let directive = directive.to_ascii_lowercase();
        if directive == "no-store" || directive == "no-cache" {
            return 0;
        }
        if let Some(seconds) = directive.strip_prefix("max-age=") {
            kept = seconds
                .parse()
                .map_or(HOUR, |seconds: i64| seconds.clamp(60, 24 * HOUR));
        }
    }
    kept
}

const OWN_ENDPOINT: &str =
    "tell the server's operator; if you know its token endpoint, set token_endpoint in the profile";

impl Discovered {
    /// Reads a document that was kept.
    pub(crate) fn from_kept(issuer: &Issuer, document: Vec<u8>, public: bool) -> Option<Self> {
        let metadata = Metadata::parse(&document).ok()?;
        (metadata.issuer == issuer.as_str()).then_some(Self {
            metadata,
            public,
            document,
            max_age: 0,
        })
    }

    /// The token endpoint.
    ///
    /// # Errors
    /// [`ClientError::Config`] where the document names none, or one that is neither https nor on loopback.
    pub(crate) fn token_endpoint(&self, issuer: &Issuer) -> Result<Url, ClientError> {
        let text = self.metadata.token_endpoint.as_deref().ok_or_else(|| {
            ClientError::config(format!("the metadata of {issuer} names no token_endpoint"))
                .with_hint(OWN_ENDPOINT)
        })?;
        Url::parse(text)
            .ok()
            .filter(|url| is_allowed_scheme(url, issuer))
            .ok_or_else(|| {
                ClientError::config(format!(
                    "the metadata of {issuer} names the token endpoint {text}, which is not https"
                ))
                .with_hint(OWN_ENDPOINT)
            })
    }

    /// Where the endpoints of this server may be.
    pub(crate) const fn reach(&self) -> Reach {
        if self.public {
            Reach::PublicOnly
        } else {
            Reach::Anywhere
        }
    }
}

/// https, or http from loopback to loopback.
fn is_allowed_scheme(url: &Url, issuer: &Issuer) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => {
            issuer.is_loopback()
                && url
                    .host()
                    .is_some_and(|host| jeton_oauth::is_loopback_host(&host))
        }
        _ => false,
    }
}

fn failed(answer: &Answer, reason: &str) -> ClientError {
    let kind = answer.header("content-type").unwrap_or("no content type");
    ClientError::Server {
        what: "the server's metadata",
        status: Some(answer.status),
        reason: format!("{reason} (HTTP {}, {kind})", answer.status),
        excerpt: None,
        retry_after: None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_document_is_kept() {
        assert_eq!(kept_for(""), HOUR);
        assert_eq!(kept_for("public, max-age=600"), 600);
        assert_eq!(kept_for("max-age=1"), 60);
        assert_eq!(kept_for("max-age=99999999999"), 24 * HOUR);
        assert_eq!(kept_for("max-age=600, no-store"), 0);
    }

    /// Client requirement 10, behind a proxy, where nobody sees the peer.
    #[test]
    fn client_10_a_private_issuer_may_name_private_endpoints() {
        for (issuer, public) in [
            ("https://as.example", true),
            ("https://1.1.1.1", true),
            ("https://10.0.0.5/realm", false),
            ("https://[fd00::1]", false),
        ] {
            let issuer = Issuer::parse(issuer).unwrap();
            let metadata = Metadata {
                issuer: issuer.as_str().to_owned(),
                ..Metadata::default()
            };
            let answer = Answer {
                status: 200,
                headers: reqwest::header::HeaderMap::new(),
                body: Vec::new().into(),
                public_peer: None,
            };
            let found = check(&issuer, metadata, &answer).unwrap();
            assert_eq!(found.public, public, "{issuer}");
        }
    }

    #[test]
    fn client_13_endpoints_are_https_or_loopback() {
        let public = Issuer::parse("https://as.example").unwrap();
        let local = Issuer::parse("http://127.0.0.1:8080").unwrap();
        let url = |text| Url::parse(text).unwrap();
        assert!(is_allowed_scheme(&url("https://as.example/token"), &public));
        assert!(!is_allowed_scheme(&url("http://as.example/token"), &public));
        assert!(!is_allowed_scheme(&url("http://127.0.0.1/token"), &public));
        assert!(is_allowed_scheme(&url("http://127.0.0.1:9/token"), &local));
        assert!(!is_allowed_scheme(&url("http://as.example/token"), &local));
    }
}
