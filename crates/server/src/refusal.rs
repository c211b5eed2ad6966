//! Why a request is refused: the public description, and the reason for the audit log.

use jeton_oauth::ErrorCode;
use std::borrow::Cow;

/// Why a request is refused. Only `routes::response` turns it into JSON.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// RFC 6749 section 5.2, RFC 8707 section 2.
    pub(crate) code: ErrorCode,
    /// `error_description`: may quote the request, is cleaned when it is written.
    pub(crate) description: Cow<'static, str>,
    /// The reason, for the audit log only; never quotes the request.
    pub(crate) why: Cow<'static, str>,
    /// Seconds after which the same request may succeed.
    pub(crate) retry_after: Option<u32>,
}

impl Refusal {
    /// A refusal whose reason is public.
    pub(crate) fn open(code: ErrorCode, why: &'static str) -> Self {
        Self {
            code,
            description: why.into(),
            why: why.into(),
            retry_after: None,
        }
    }

    /// A refusal that quotes the request in its description, but not in the log.
    pub(crate) fn quoting(code: ErrorCode, why: &'static str, quoted: &str) -> Self {
        let quoted: String = quoted.chars().take(100).collect();
        Self {
            description: format!("{why}: {quoted}").into(),
            ..Self::open(code, why)
        }
    }

    /// `invalid_client`, with the same description for every reason.
    pub(crate) fn client(why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: ErrorCode::InvalidClient,
            description: "client authentication failed".into(),
            why: why.into(),
            retry_after: None,
        }
    }

    /// The authority is overloaded.
    pub(crate) fn busy(why: &'static str, retry_after: u32) -> Self {
        Self {
            description: "try again later".into(),
            retry_after: Some(retry_after),
            ..Self::open(ErrorCode::TemporarilyUnavailable, why)
        }
    }

    /// The authority failed; the reason is for the log.
    pub(crate) fn broken(why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: ErrorCode::ServerError,
            description: "the authorization server failed".into(),
            why: why.into(),
            retry_after: None,
        }
    }
}
