//! A no: what the client is told, and what the audit log is told.

use jeton_oauth::ErrorCode;
use std::borrow::Cow;

/// Why a request gets no token. Becomes JSON in `routes::answer` and nowhere else.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// RFC 6749 section 5.2, RFC 8707 section 2.
    pub(crate) code: ErrorCode,
    /// `error_description`: may quote the request, is cleaned when it is written.
    pub(crate) told: Cow<'static, str>,
    /// The real reason, for the audit log alone; never quotes what was sent.
    pub(crate) why: Cow<'static, str>,
    /// Seconds after which the same request may succeed.
    pub(crate) retry_after: Option<u32>,
}

impl Refusal {
    /// One that the client may know everything about.
    pub(crate) fn open(code: ErrorCode, why: &'static str) -> Self {
        Self {
            code,
            told: why.into(),
            why: why.into(),
            retry_after: None,
        }
    }

    /// One that quotes the request to the client, but not to the log.
    pub(crate) fn quoting(code: ErrorCode, why: &'static str, quoted: &str) -> Self {
        let quoted: String = quoted.chars().take(100).collect();
        Self {
            told: format!("{why}: {quoted}").into(),
            ..Self::open(code, why)
        }
    }

    /// `invalid_client`, always in the same words: which of the reasons it was stays here.
    pub(crate) fn client(why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: ErrorCode::InvalidClient,
            told: "client authentication failed".into(),
            why: why.into(),
            retry_after: None,
        }
    }

    /// Too much is asked of this authority at once.
    pub(crate) fn busy(why: &'static str, retry_after: u32) -> Self {
        Self {
            told: "try again later".into(),
            retry_after: Some(retry_after),
            ..Self::open(ErrorCode::TemporarilyUnavailable, why)
        }
    }

    /// Something broke here; what, is for the log.
    pub(crate) fn broken(why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: ErrorCode::ServerError,
            told: "the authorization server failed".into(),
            why: why.into(),
            retry_after: None,
        }
    }
}
