//! An answer that is not what was asked for, as an error: whose fault it is, and what the server said of it. Our own
//! secrets are taken out of its words.

use crate::error::ClientError;
use crate::http::Answer;
use crate::redact::Redactor;
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};
use std::time::{Duration, UNIX_EPOCH};

/// Clocks that are further apart than this are worth a warning, in seconds.
const NOTABLE_SKEW: i64 = 30;
/// As much of a body as is ever shown.
const EXCERPT: usize = 200;

/// An answer to an authenticated request, and what is known about the request.
pub(crate) struct Told<'a> {
    pub(crate) answer: &'a Answer,
    /// Which answer, in messages.
    pub(crate) what: &'static str,
    pub(crate) method: AuthMethod,
    pub(crate) redactor: &'a Redactor,
    pub(crate) now: i64,
}

impl Told<'_> {
    /// Server time minus ours, from the `Date` header (product rule: beyond 30 s it is said).
    pub(crate) fn skew(&self) -> Option<i64> {
        notable_skew(self.answer.header("date"), self.now)
    }

    /// The error for a redirect, where it is one: none is followed with credentials.
    pub(crate) fn redirect(&self) -> Option<ClientError> {
        let status = self.answer.status;
        (300..400).contains(&status).then(|| {
            let target = self.answer.header("location");
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
        let status = self.answer.status;
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

    /// The error for an answer that makes no sense, with the beginning of its body.
    pub(crate) fn nonsense(&self, reason: String) -> ClientError {
        self.server(reason, excerpt(&self.answer.body, self.redactor))
    }

    pub(crate) fn server(&self, reason: String, excerpt: Option<String>) -> ClientError {
        ClientError::Server {
            what: self.what,
            status: Some(self.answer.status),
            reason,
            excerpt,
            retry_after: retry_after(self.answer.header("retry-after"), self.now),
        }
    }
}

/// The beginning of a body that cannot hold a token; HTML is brought down to its text.
fn excerpt(body: &[u8], redactor: &Redactor) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    if text.contains("token") {
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
    Some(redactor.clean(&text)).filter(|text| !text.is_empty())
}

fn notable_skew(date: Option<&str>, now: i64) -> Option<i64> {
    let server = unix_time(date?)?;
    Some(server - now).filter(|skew| skew.abs() > NOTABLE_SKEW)
}

/// `Retry-After` as seconds or as a date (RFC 9110 10.2.3).
fn retry_after(value: Option<&str>, now: i64) -> Option<Duration> {
    let value = value?.trim();
    let seconds = value
        .parse::<i64>()
        .ok()
        .or_else(|| unix_time(value).map(|at| at - now))?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

fn unix_time(http_date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(http_date).ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }

    #[test]
    fn an_excerpt_is_text_and_never_of_a_body_that_may_hold_a_token() {
        let clean = |body: &str| excerpt(body.as_bytes(), &Redactor::default());
        assert_eq!(
            clean("<html><head><title>502 Bad Gateway</title></head></html>").as_deref(),
            Some("502 Bad Gateway")
        );
        assert_eq!(clean(r#"{"access_token":"canary"#), None);
        assert_eq!(clean(""), None);
        assert!(clean(&"x".repeat(10_000)).is_some_and(|text| text.len() == EXCERPT));
    }
}
