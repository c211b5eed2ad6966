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
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Its name in messages: `the server's metadata`.
    pub what: &'static str,
    /// Where it is.
    pub url: &'a Url,
    /// The `Accept` header.
    pub accept: &'static str,
    /// Whether whoever named the URL is on this machine, so that http on loopback is fine.
    pub loopback: bool,
    /// Which addresses may be connected to. Redirects of a public server lead to public addresses alone.
    pub reach: Reach,
}

/// A redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The HTTP status.
    pub status: u16,
    /// Where it leads: foreign text.
    pub to: Url,
}

/// A response of any status, with the redirects that led to it. Its texts are foreign.
pub struct Document {
    wanted: &'static str,
    answer: Answer,
    /// The redirects, in their order.
    pub hops: Vec<Hop>,
}

impl Document {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.answer.status
    }

    /// The first header of this name, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer.header(name)
    }

    /// The body, at most 1 MiB of it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.answer.body
    }

    /// That this is not the document, and why.
    #[must_use]
    pub fn failure(&self, reason: &str) -> ClientError {
        failed(&self.answer, self.wanted, reason)
    }
}

/// Fetches a document now, without a cache and without retries, within `limit` for all redirects together.
///
/// # Errors
/// A network failure, more than 1 MiB, a redirect to a place that is not https, too many of them.
pub async fn fetch_once(
    http: &Http,
    wanted: &Wanted<'_>,
    clock: &dyn Clock,
    limit: Duration,
) -> Result<Document, ClientError> {
    let started = clock.instant();
    let left = || limit.saturating_sub(clock.instant().duration_since(started));
    let document = follow(http, wanted, left).await?;
    if is_redirect(document.status()) {
        return Err(document.failure("it is behind more than 3 redirects"));
    }
    Ok(document)
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
    let document = follow(http, wanted, || limit).await?;
    if is_redirect(document.status()) {
        return Err(ClientError::config(format!(
            "{} at {} is behind more than {HOPS} redirects",
            wanted.what, wanted.url
        ))
        .with_hint(
            "check the issuer; where the server publishes no metadata, set token_endpoint",
        ));
    }
    Ok(document.answer)
}

const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Follows redirects, each of them within `left`. Where there are too many, the last response is one of them.
async fn follow(
    http: &Http,
    wanted: &Wanted<'_>,
    left: impl Fn() -> Duration,
) -> Result<Document, ClientError> {
    let mut url = wanted.url.clone();
    let mut reach = wanted.reach;
    let mut hops = Vec::new();
    loop {
        let answer = http.get(&url, wanted.accept, reach, left()).await?;
        if !is_redirect(answer.status) {
            return Ok(Document {
                wanted: wanted.what,
                answer,
                hops,
            });
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
        if hops.len() == HOPS {
            return Ok(Document {
                wanted: wanted.what,
                answer,
                hops,
            });
        }
        if answer.public_peer != Some(false) && !wanted.loopback {
            reach = Reach::PublicOnly;
        }
        hops.push(Hop {
            status: answer.status,
            to: target.clone(),
        });
        url = target;
    }
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
