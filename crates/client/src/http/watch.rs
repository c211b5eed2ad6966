//! Answers as they go by, for whoever looks into why something fails.

use super::Answer;
use url::Url;

/// Takes answers. It must not block.
pub type Watcher = dyn Fn(&Exchange<'_>) + Send + Sync;

/// An answer. Its texts are foreign.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where it was asked for.
    pub url: &'a Url,
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub kind: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
    /// `Location`; not of an answer to a credential, which may be echoed in it.
    pub location: Option<&'a str>,
    /// The body of what was asked for without a credential. The answer to a credential may hold a token, and is not
    /// shown.
    pub document: Option<&'a [u8]>,
}

impl<'a> Exchange<'a> {
    pub(super) fn document(url: &'a Url, answer: &'a Answer) -> Self {
        Self {
            method: "GET",
            location: answer.header("location"),
            document: Some(&answer.body),
            ..Self::sealed(url, answer)
        }
    }

    pub(super) fn sealed(url: &'a Url, answer: &'a Answer) -> Self {
        Self {
            method: "POST",
            url,
            status: answer.status,
            kind: answer.header("content-type"),
            date: answer.header("date"),
            location: None,
            document: None,
        }
    }
}

impl Exchange<'_> {
    /// When the server says it answered, in seconds since 1970.
    #[must_use]
    pub fn time(&self) -> Option<i64> {
        crate::refusal::unix_time(self.date?)
    }
}
