//! Documents of a server, fetched without credentials: its metadata, its key set. Bounded in size and time, behind a
//! few redirects at most, and kept for as long as the server allows.

use crate::cache::Cache;
use crate::clock::Clock;
use crate::error::ClientError;
use crate::event::Observer;
use crate::http::{Answer, Http, Meaning, Reach};
use std::time::Duration;
use url::Url;

/// No document is waited for longer (5 s).
pub(crate) const LONGEST: Duration = Duration::from_secs(5);
/// Redirects that a document may be behind.
const HOPS: usize = 3;
const HOUR: i64 = 3600;

/// What is needed to fetch a document and to keep it.
#[derive(Clone, Copy)]
pub(crate) struct Means<'a> {
    pub(crate) http: &'a Http,
    pub(crate) cache: &'a Cache,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) observer: &'a Observer,
}

/// Which document is wanted.
pub(crate) struct Wanted<'a> {
    /// Its name in messages: `the server's metadata`.
    pub(crate) what: &'static str,
    pub(crate) url: &'a Url,
    pub(crate) accept: &'static str,
    /// Whether whoever named the URL is on this machine, so that http on loopback is fine.
    pub(crate) loopback: bool,
    pub(crate) reach: Reach,
}

/// Fetches a document, following a few redirects: the request carries no credential.
///
/// # Errors
/// A network failure, a redirect to a place that is not https, too many of them. Any status is an answer.
pub(crate) async fn fetch(
    http: &Http,
    wanted: &Wanted<'_>,
    left: Duration,
) -> Result<Answer, ClientError> {
    let limit = left.min(LONGEST);
    let mut url = wanted.url.clone();
    let mut reach = wanted.reach;
    for _ in 0..=HOPS {
        let answer = http.get(&url, wanted.accept, reach, limit).await?;
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(answer);
        }
        let target = answer
            .header("location")
            .and_then(|location| url.join(location).ok())
            .filter(|target| is_allowed_scheme(target, wanted.loopback))
            .ok_or_else(|| {
                failed(
                    &answer,
                    wanted.what,
                    "it redirects to a place that is not https",
                )
            })?;
        if answer.public_peer != Some(false) && !wanted.loopback {
            reach = Reach::PublicOnly;
        }
        url = target;
    }
    Err(ClientError::config(format!(
        "{} at {} is behind more than {HOPS} redirects",
        wanted.what, wanted.url
    ))
    .with_hint("check the issuer; where the server publishes no metadata, set token_endpoint"))
}

/// https, or http from loopback to loopback.
pub(crate) fn is_allowed_scheme(url: &Url, loopback: bool) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => {
            loopback
                && url
                    .host()
                    .is_some_and(|host| jeton_oauth::is_loopback_host(&host))
        }
        _ => false,
    }
}

/// For how many seconds the answer may be kept: what `Cache-Control` grants, between a minute and a day; an hour where
/// it says nothing, 0 where it forbids it.
pub(crate) fn kept_for(answer: &Answer) -> i64 {
    answer.header("cache-control").map_or(HOUR, freshness)
}

fn freshness(cache_control: &str) -> i64 {
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

/// An answer that is not the document.
pub(crate) fn failed(answer: &Answer, what: &'static str, reason: &str) -> ClientError {
    let kind = answer.header("content-type").unwrap_or("no content type");
    let reason = if wants_certificate(answer) {
        "the server demands a client certificate, and public documents are fetched without one"
    } else {
        reason
    };
    ClientError::Server {
        what,
        status: Some(answer.status),
        reason: format!("{reason} (HTTP {}, {kind})", answer.status),
        excerpt: None,
        retry_after: None,
    }
}

/// Whether the server misses a certificate of the client: one that TLS should have brought.
pub(crate) fn wants_certificate(answer: &Answer) -> bool {
    let body = String::from_utf8_lossy(&answer.body);
    Meaning::of(answer.status, &body) == Meaning::Missing
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_document_is_kept() {
        assert_eq!(freshness(""), HOUR);
        assert_eq!(freshness("public, max-age=600"), 600);
        assert_eq!(freshness("max-age=1"), 60);
        assert_eq!(freshness("max-age=99999999999"), 24 * HOUR);
        assert_eq!(freshness("max-age=600, no-store"), 0);
    }

    #[test]
    fn client_13_endpoints_are_https_or_loopback() {
        let url = |text| Url::parse(text).unwrap();
        assert!(is_allowed_scheme(&url("https://as.example/token"), false));
        assert!(!is_allowed_scheme(&url("http://as.example/token"), false));
        assert!(!is_allowed_scheme(&url("http://127.0.0.1/token"), false));
        assert!(is_allowed_scheme(&url("http://127.0.0.1:9/token"), true));
        assert!(!is_allowed_scheme(&url("http://as.example/token"), true));
        assert!(!is_allowed_scheme(&url("file:///etc/passwd"), true));
    }
}
