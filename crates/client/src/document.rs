//! Documents of a server, fetched without credentials: its metadata, its key set. Bounded in size and time, behind a
//! few redirects at most, and kept for as long as the server allows.

use crate::certificate_complaint::Meaning;
use crate::context::FetchContext;
use crate::error::ClientError;
use crate::transport::{AddressPolicy, MAX_BODY, Method, Request, Response, Rules, is_public};
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue};
use std::time::{Duration, Instant};
use url::Url;
use zeroize::Zeroizing;

/// No document is waited for longer, redirects included (5 s).
pub const LONGEST: Duration = Duration::from_secs(5);
/// Redirects that a document may be behind.
const HOPS: usize = 3;
const HOUR: i64 = 3600;
/// As much of a foreign URL as is shown, in characters.
const SHOWN_URL: usize = 200;

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
    /// Which addresses may be connected to. Redirects of a public server lead to public addresses only.
    pub addresses: AddressPolicy,
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
#[derive(Debug)]
pub struct Document {
    what: &'static str,
    response: Response,
    /// Where it was asked for.
    asked: Url,
    public: bool,
    /// The redirects, in their order.
    pub hops: Vec<Hop>,
}

impl Document {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.response.status
    }

    /// The first header of this name, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.header(name)
    }

    /// The body, at most 1 MiB of it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.response.body
    }

    /// Whether a public server had a part in it: the one that delivered it, or one that redirected to it. What it names must then
    /// be public too.
    pub(crate) const fn is_public(&self) -> bool {
        self.public
    }

    /// That this is not the document, and why.
    #[must_use]
    pub fn failure(&self, reason: &str) -> ClientError {
        let error = failure(self.what, &self.response, reason);
        match self.hops.is_empty() {
            true => error,
            false => error.after_redirect(&self.asked),
        }
    }

    /// Whether the server misses a certificate of the client: one that TLS should have brought.
    pub(crate) fn wants_certificate(&self) -> bool {
        wants_certificate(&self.response)
    }

    /// For how many seconds the document may be kept: what `Cache-Control` grants, between a minute and a day; an hour where
    /// it says nothing, 0 where it forbids it.
    pub(crate) fn max_age(&self) -> i64 {
        self.header("cache-control").map_or(HOUR, freshness)
    }
}

/// Fetches a document, following a few redirects: the request carries no credential. Nothing is repeated and nothing is kept.
///
/// # Errors
/// A network failure, more than 1 MiB, a redirect to a place that is not https, too many of them, and no response by
/// `deadline` or within [`LONGEST`]. Any other response is a [`Document`].
pub(crate) async fn fetch(
    context: &FetchContext<'_>,
    wanted: &Wanted<'_>,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let document = follow(context, wanted, deadline).await?;
    if is_redirect(document.status()) {
        return Err(ClientError::config(format!(
            "{} at {} is behind more than {HOPS} redirects",
            wanted.what, wanted.url
        ))
        .with_hint(
            "check the issuer; where the server publishes no metadata, set token_endpoint",
        ));
    }
    Ok(document)
}

/// The same for whoever looks at how a document is delivered: too many redirects are the server's failure.
///
/// # Errors
/// [`ClientError::Network`], and [`ClientError::Server`] for more than 1 MiB, too many redirects or one to a place that is
/// not https.
pub async fn fetch_once(
    context: &FetchContext<'_>,
    wanted: &Wanted<'_>,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let document = follow(context, wanted, deadline).await?;
    if is_redirect(document.status()) {
        return Err(document.failure("it is behind more than 3 redirects"));
    }
    Ok(document)
}

const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Follows redirects. Where there are too many, the last response is one of them.
async fn follow(
    context: &FetchContext<'_>,
    wanted: &Wanted<'_>,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let mut rules = Rules {
        addresses: wanted.addresses,
        max_body: MAX_BODY,
        deadline: deadline.min(context.deadline(LONGEST)),
        certificate: None,
    };
    let mut request = Request {
        method: Method::Get,
        url: wanted.url.clone(),
        headers: HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(wanted.accept))]),
        body: Zeroizing::default(),
    };
    let mut hops = Vec::new();
    let mut public = false;
    loop {
        let response = match context.send(&request, &rules).await {
            Err(error) if !hops.is_empty() => return Err(error.after_redirect(wanted.url)),
            result => result?,
        };
        public |= !wanted.loopback && is_public(&request.url, response.peer);
        let next = if is_redirect(response.status) {
            Some(target(wanted, &request.url, &response)?)
        } else {
            None
        };
        let Some(next) = next.filter(|_| hops.len() < HOPS) else {
            return Ok(Document {
                what: wanted.what,
                response,
                asked: wanted.url.clone(),
                public,
                hops,
            });
        };
        if public {
            rules.addresses = AddressPolicy::PublicOnly;
        }
        hops.push(Hop {
            status: response.status,
            to: next.clone(),
        });
        request.url = next;
    }
}

/// Where a redirect leads.
fn target(wanted: &Wanted<'_>, from: &Url, response: &Response) -> Result<Url, ClientError> {
    let refused = |reason: String| failure(wanted.what, response, &reason);
    let location = response.header("location");
    let target = location
        .and_then(|location| from.join(location).ok())
        .ok_or_else(|| refused(format!("{from} redirects to no URL")))?;
    if is_allowed_scheme(&target, wanted.loopback) {
        return Ok(target);
    }
    // A URL that was parsed has no character that a terminal would obey; it may be long.
    let shown: String = target.as_str().chars().take(SHOWN_URL).collect();
    Err(refused(format!(
        "{from} redirects to {shown}, which is not https"
    )))
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

/// A response that is not the document.
fn failure(what: &'static str, response: &Response, reason: &str) -> ClientError {
    let kind = response.header("content-type").unwrap_or("no content type");
    let reason = if wants_certificate(response) {
        "the server demands a client certificate, and public documents are fetched without one"
    } else {
        reason
    };
    ClientError::Server {
        what,
        status: Some(response.status),
        reason: format!("{reason} (HTTP {}, {kind})", response.status),
        excerpt: None,
        retry_after: None,
    }
}

fn wants_certificate(response: &Response) -> bool {
    let body = String::from_utf8_lossy(&response.body);
    Meaning::of(response.status, &body) == Meaning::Missing
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
