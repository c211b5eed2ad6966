//! The error answer (RFC 6749 5.2, RFC 8707 2, RFC 9449 5, RFC 7009 2.2.1).

use serde_json::{Map, Value};
use std::fmt;

/// The value of `error`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the standard's own")]
pub enum ErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    InvalidScope,
    InvalidTarget,
    InvalidDpopProof,
    UseDpopNonce,
    UnsupportedTokenType,
    TemporarilyUnavailable,
    ServerError,
    SlowDown,
    /// Any other code, as it came.
    Other(String),
}

impl ErrorCode {
    const KNOWN: [(&'static str, Self); 13] = [
        ("invalid_request", Self::InvalidRequest),
        ("invalid_client", Self::InvalidClient),
        ("invalid_grant", Self::InvalidGrant),
        ("unauthorized_client", Self::UnauthorizedClient),
        ("unsupported_grant_type", Self::UnsupportedGrantType),
        ("invalid_scope", Self::InvalidScope),
        ("invalid_target", Self::InvalidTarget),
        ("invalid_dpop_proof", Self::InvalidDpopProof),
        ("use_dpop_nonce", Self::UseDpopNonce),
        ("unsupported_token_type", Self::UnsupportedTokenType),
        ("temporarily_unavailable", Self::TemporarilyUnavailable),
        ("server_error", Self::ServerError),
        ("slow_down", Self::SlowDown),
    ];

    /// The code as it stands in an answer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if let Self::Other(code) = self {
            return code;
        }
        Self::KNOWN
            .iter()
            .find(|(_, code)| code == self)
            .map_or("", |(name, _)| name)
    }

    /// Reads a code; one that is not known is kept as it is.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|(known, _)| *known == name)
            .map_or_else(|| Self::Other(name.to_owned()), |(_, code)| code)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error answer. When read, the texts are foreign: clean them before a terminal sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorResponse {
    /// `error`.
    pub error: ErrorCode,
    /// `error_description`: for the developer of the client.
    pub description: Option<String>,
    /// `error_uri`.
    pub uri: Option<String>,
}

impl ErrorResponse {
    /// An answer with a description.
    pub fn new(error: ErrorCode, description: impl Into<String>) -> Self {
        Self {
            error,
            description: Some(description.into()),
            uri: None,
        }
    }

    /// Reads the members of an answer; `None` where there is no `error`.
    ///
    /// Some servers send an object as `error`; its `code`, `type` or `status` is taken as the code and its `message`
    /// as the description.
    #[must_use]
    pub fn from_object(object: &Map<String, Value>) -> Option<Self> {
        let text = |object: &Map<String, Value>, name: &str| {
            object.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        match object.get("error")? {
            Value::String(code) if !code.is_empty() => Some(Self {
                error: ErrorCode::from_name(code),
                description: text(object, "error_description"),
                uri: text(object, "error_uri"),
            }),
            Value::Object(inner) => Some(Self {
                error: ["code", "type", "status"]
                    .iter()
                    .find_map(|name| text(inner, name))
                    .map_or_else(
                        || ErrorCode::Other("error".to_owned()),
                        |code| ErrorCode::from_name(&code),
                    ),
                description: text(inner, "message").or_else(|| text(object, "error_description")),
                uri: text(object, "error_uri"),
            }),
            _ => None,
        }
    }

    /// The answer as JSON; texts are brought into the subset of RFC 6749 5.2 (server requirement 9).
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = Map::new();
        object.insert("error".into(), printable(self.error.as_str()).into());
        if let Some(description) = &self.description {
            object.insert("error_description".into(), printable(description).into());
        }
        if let Some(uri) = &self.uri {
            object.insert("error_uri".into(), printable(uri).into());
        }
        Value::Object(object).to_string()
    }
}

/// Printable ASCII without `"` and `\`; anything else becomes a question mark, quotes become apostrophes.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' => '\'',
            '\\' => '/',
            ' '..='~' => c,
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for (name, code) in ErrorCode::KNOWN {
            assert_eq!(ErrorCode::from_name(name), code);
            assert_eq!(code.as_str(), name);
        }
        assert_eq!(ErrorCode::from_name("odd").as_str(), "odd");
    }

    #[test]
    fn server_09_reflected_input_is_cleaned() {
        let json =
            ErrorResponse::new(ErrorCode::InvalidScope, "no \"x\\\u{1b}[31m\u{202e}ä\"").to_json();
        assert_eq!(
            json,
            r#"{"error":"invalid_scope","error_description":"no 'x/?[31m??'"}"#
        );
    }

    #[test]
    fn client_53_error_as_an_object() {
        let object = crate::json::parse_object(
            br#"{"error":{"code":"invalid_client","message":"who are you"}}"#,
        )
        .unwrap();
        let error = ErrorResponse::from_object(&object).unwrap();
        assert_eq!(error.error, ErrorCode::InvalidClient);
        assert_eq!(error.description.as_deref(), Some("who are you"));
        let none = crate::json::parse_object(br#"{"error":null,"access_token":"x"}"#).unwrap();
        assert_eq!(ErrorResponse::from_object(&none), None);
    }
}
