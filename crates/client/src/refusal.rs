//! A response that is not what was asked for, as an error: whose fault it is, and what the server said. Our own secrets are
//! taken out of its words.

use crate::endpoint::Endpoint;
use crate::error::ClientError;
use crate::http_date::unix_time;
use crate::redact::Redactor;
use crate::transport::Response;
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};
use std::time::Duration;

/// Clocks that are further apart than this are worth a warning, in seconds.
pub(crate) const NOTABLE_SKEW: i64 = 30;
/// As much of a body as is ever shown.
const EXCERPT: usize = 200;
/// A server that asks for a longer wait than this, in seconds, means "never".
const LONGEST_WAIT: u64 = 365 * 24 * 3600;

/// The response to an authenticated request, and what is known about the request.
pub(crate) struct ResponseContext<'a> {
    pub(crate) response: &'a Response,
    /// Which response, in messages.
    pub(crate) what: &'static str,
    /// Where the request went.
    pub(crate) endpoint: &'a Endpoint,
    /// How the client authenticated.
    pub(crate) method: AuthMethod,
    /// Takes the secrets of the request out of the server's words.
    pub(crate) redactor: &'a Redactor,
    /// When the request was sent, in seconds since 1970.
    pub(crate) sent_at: i64,
    /// When the response was read.
    pub(crate) now: i64,
}

impl ResponseContext<'_> {
    /// Server time minus ours, from the `Date` header (product rule: beyond 30 s it is said).
    pub(crate) fn skew(&self) -> Option<i64> {
        notable_skew(self.response.header("date"), self.now)
    }

    /// The error for a redirect, where it is one: none is followed with credentials.
    pub(crate) fn redirect(&self) -> Option<ClientError> {
        let status = self.response.status;
        (300..400).contains(&status).then(|| {
            let target = self.response.header("location");
            self.server(
                format!(
                    "HTTP {status}: it redirects, and no redirect is followed with credentials"
                ),
                target.map(|target| self.redactor.clean(target)),
            )
        })
    }

    /// The error for an OAuth error: a refusal, or a server that is failing or limiting.
    pub(crate) fn refused(&self, error: ErrorResponse) -> ClientError {
        let status = self.response.status;
        let clean = |text: &str| self.redactor.clean(text);
        let code = clean(error.error.as_str());
        if status >= 500 || status == 429 {
            let said = error.description.map(|text| clean(&text));
            return self.server(
                format!("HTTP {status} ({code})"),
                said.filter(|text| !text.is_empty()),
            );
        }
        ClientError::Refused {
            status,
            error: ErrorResponse {
                error: ErrorCode::from_name(&code),
                description: error.description.map(|text| clean(&text)),
                uri: error.uri.map(|text| clean(&text)),
            },
            method: self.method,
            skew: self.skew(),
        }
    }

    /// The error for a response that makes no sense, with the beginning of its body.
    pub(crate) fn malformed(&self, reason: &str) -> ClientError {
        let reason = self.redactor.clean(reason);
        self.server(reason, excerpt(self.response, self.redactor))
    }

    pub(crate) fn server(&self, reason: String, excerpt: Option<String>) -> ClientError {
        ClientError::Server {
            what: self.what,
            status: Some(self.response.status),
            reason,
            excerpt,
            retry_after: retry_after(self.response.header("retry-after"), self.now),
        }
    }
}

/// The beginning of a body that cannot hold a token; HTML is brought down to its text.
///
/// After a good status a body is taken to hold one, in whatever form, unless it is a page; and so is one that is no
/// text, such as UTF-16. Secrets are taken out before anything is cut, as half a secret would not be recognised.
fn excerpt(response: &Response, redactor: &Redactor) -> Option<String> {
    let is_page = || {
        response.header("content-type").is_some_and(|kind| {
            kind.trim_start()
                .to_ascii_lowercase()
                .starts_with("text/html")
        })
    };
    if response.body.contains(&0) || (response.status < 300 && !is_page()) {
        return None;
    }
    let text = redactor.clean(&String::from_utf8_lossy(&response.body));
    if text.to_ascii_lowercase().contains("token") {
        return None;
    }
    let mut out = String::new();
    let mut inside_tag = false;
    for c in text.chars() {
        match c {
            '<' => inside_tag = true,
            '>' if inside_tag => {
                inside_tag = false;
                out.push(' ');
            }
            c if !inside_tag => out.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let text: String = words.join(" ").chars().take(EXCERPT).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// Server time minus ours, from the `Date` header (product rule: beyond 30 s it is said).
fn notable_skew(date: Option<&str>, now: i64) -> Option<i64> {
    let server = unix_time(date?)?;
    Some(server - now).filter(|skew| skew.abs() > NOTABLE_SKEW)
}

/// `Retry-After` as seconds or as a date (RFC 9110 10.2.3).
fn retry_after(value: Option<&str>, now: i64) -> Option<Duration> {
    let value = value?.trim();
    let seconds = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too long to read is no reason to ask again at once.
        value.parse().unwrap_or(u64::MAX)
    } else {
        u64::try_from(unix_time(value)? - now).ok()?
    };
    Some(Duration::from_secs(seconds.min(LONGEST_WAIT)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::CONTENT_TYPE;
    use http::{HeaderMap, HeaderValue};
    use zeroize::Zeroizing;

    fn response(status: u16, content_type: &'static str, body: &str) -> Response {
        let content_type = (CONTENT_TYPE, HeaderValue::from_static(content_type));
        Response {
            status,
            headers: HeaderMap::from_iter([content_type]),
            body: Zeroizing::new(body.as_bytes().to_vec()),
            peer: None,
        }
    }

    #[test]
    fn the_skew_of_a_date_header() {
        let date = Some("Sat, 21 Nov 2026 01:20:33 GMT");
        let at = 1_795_224_033;
        assert_eq!(notable_skew(date, at), None);
        assert_eq!(notable_skew(date, at + 30), None);
        assert_eq!(notable_skew(date, at + 31), Some(-31));
        assert_eq!(notable_skew(date, at - 3600), Some(3600));
        assert_eq!(notable_skew(Some("yesterday"), at), None);
    }

    #[test]
    fn client_54_retry_after_as_seconds_and_as_date() {
        assert_eq!(retry_after(Some("3"), 0), Some(Duration::from_secs(3)));
        let date = Some("Sat, 21 Nov 2026 01:20:33 GMT");
        assert_eq!(
            retry_after(date, 1_795_224_030),
            Some(Duration::from_secs(3))
        );
        assert_eq!(retry_after(date, 1_795_224_040), None);
        assert_eq!(retry_after(Some("-1"), 0), None);
        assert_eq!(retry_after(Some("soon"), 0), None);
        assert_eq!(retry_after(Some(""), 0), None);
        let endless = retry_after(Some("99999999999999999999999"), 0);
        assert_eq!(endless, Some(Duration::from_secs(LONGEST_WAIT)));
    }

    #[test]
    fn an_excerpt_is_text_and_never_of_a_body_that_may_hold_a_token() {
        let clean = |body: &str| excerpt(&response(502, "text/html", body), &Redactor::default());
        assert_eq!(
            clean("<html><head><title>502 Bad Gateway</title></head></html>").as_deref(),
            Some("502 Bad Gateway")
        );
        assert_eq!(clean(r#"{"access_token":"canary"#), None);
        assert_eq!(clean(""), None);
        assert!(clean(&"x".repeat(10_000)).is_some_and(|text| text.len() == EXCERPT));
        assert_eq!(clean(r#"{"AccessToken":"canary"}"#), None);
    }

    #[test]
    fn a_good_status_is_excerpted_for_a_page_only() {
        let of = |kind, body: &str| excerpt(&response(200, kind, body), &Redactor::default());
        assert_eq!(of("application/json", r#"{"result":"canary"}"#), None);
        assert_eq!(
            of("Text/HTML; charset=utf-8", "<p>Log in").as_deref(),
            Some("Log in")
        );
        let wide: String = r#"{"access_token":"canary"}"#.chars().flat_map(|c| [c, '\0']).collect();
        assert_eq!(of("text/html", &wide), None);
    }

    /// Security, client 1: a cut through a secret must not leave its beginning.
    #[test]
    fn an_excerpt_cuts_no_secret_in_two() {
        let mut redactor = Redactor::default();
        redactor.add("canary-0123456789");
        for at in EXCERPT - 20..EXCERPT {
            let body = format!("{}canary-0123456789 and more", "x".repeat(at));
            let text = excerpt(&response(400, "text/plain", &body), &redactor);
            assert!(text.is_some_and(|text| !text.contains("can")), "{at}");
        }
        let marked = excerpt(
            &response(400, "text/html", "<b>was canary-0123456789</b>"),
            &redactor,
        );
        assert_eq!(marked.as_deref(), Some("was [redacted]"));
    }
}
