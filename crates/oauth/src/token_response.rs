//! The answer of the token endpoint (RFC 6749 5.1 and 5.2), read as tolerantly as real servers need and no more.

use crate::{AccessToken, ErrorResponse, json};
use serde_json::{Map, Value};
use thiserror::Error;
use zeroize::Zeroizing;

/// No `expires_in` above a year is believed.
const LONGEST: i64 = 365 * 24 * 3600;

/// A successful answer.
#[derive(Debug, Clone)]
pub struct TokenResponse {
    /// `access_token`: visible ASCII, so that it can stand in a header.
    pub access_token: AccessToken,
    /// `token_type` as it came; compare without case.
    pub token_type: String,
    /// `expires_in` in seconds; `None` is unknown, never "for ever".
    pub expires_in: Option<i64>,
    /// `scope`; `None` means as requested. An array of strings is joined by spaces.
    pub scope: Option<String>,
    /// Members that this type does not know, without those that are tokens of their own.
    pub extra: Map<String, Value>,
    /// What was odd about the answer.
    pub notes: Vec<Note>,
}

/// An oddity that does not stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// `expires_in` was above a year and has been cut to one.
    ExpiresInClamped,
    /// `expires_in` was negative: the token counts as expired.
    ExpiresInNegative,
    /// `expires_in` was neither a number nor a numeric string and counts as unknown.
    ExpiresInUnreadable,
}

impl Note {
    /// The oddity in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ExpiresInClamped => {
                "the server's expires_in is above a year and was cut to one year"
            }
            Self::ExpiresInNegative => {
                "the server's expires_in is negative: the token counts as expired"
            }
            Self::ExpiresInUnreadable => {
                "the server's expires_in is not a number and counts as unknown"
            }
        }
    }
}

/// An answer that holds no token.
#[derive(Debug, Error)]
pub enum AnswerError {
    /// An OAuth error, with whatever status it came (some servers send one with 200).
    #[error("{}", .0.error)]
    Refused(ErrorResponse),
    /// Not an OAuth answer: a page of a proxy, an empty body, a cut-off document.
    #[error("{reason}")]
    NotOAuth {
        /// What is wrong with it, in words; it never quotes the body.
        reason: String,
    },
}

fn not_oauth<T>(reason: impl Into<String>) -> Result<T, AnswerError> {
    Err(AnswerError::NotOAuth {
        reason: reason.into(),
    })
}

impl TokenResponse {
    /// Reads an answer: JSON, or a form where the content type or the text says so.
    ///
    /// # Errors
    /// [`AnswerError::Refused`] for an OAuth error whatever the status, [`AnswerError::NotOAuth`] for anything that
    /// is neither an error nor a token.
    pub fn parse(
        status: u16,
        content_type: Option<&str>,
        body: &[u8],
    ) -> Result<Self, AnswerError> {
        let success = (200..300).contains(&status);
        let object = match read_object(content_type, body) {
            Ok(object) => object,
            Err(reason) if success => return not_oauth(reason),
            Err(_) => return not_oauth(format!("HTTP {status} without an OAuth error in it")),
        };
        if let Some(error) = ErrorResponse::from_object(&object) {
            return Err(AnswerError::Refused(error));
        }
        if !success {
            return not_oauth(format!("HTTP {status} without an OAuth error in it"));
        }
        Self::from_object(object)
    }

    fn from_object(mut object: Map<String, Value>) -> Result<Self, AnswerError> {
        let access_token = match object.remove("access_token") {
            Some(Value::String(token)) if token.is_empty() => {
                return not_oauth("access_token is empty");
            }
            Some(Value::String(token)) => AccessToken::new(token),
            Some(_) => return not_oauth("access_token is not a string"),
            None => return not_oauth("there is no access_token in it"),
        };
        if !access_token.expose().bytes().all(|b| b.is_ascii_graphic()) {
            return not_oauth("access_token has characters that cannot stand in a header");
        }
        let token_type = match object.remove("token_type") {
            Some(Value::String(kind)) if !kind.is_empty() => kind,
            Some(_) => return not_oauth("token_type is not a string"),
            None => return not_oauth("there is no token_type in it"),
        };
        let mut notes = Vec::new();
        let expires_in = read_expires_in(object.remove("expires_in"), &mut notes);
        let scope = match object.remove("scope") {
            Some(Value::String(scope)) => Some(scope),
            Some(Value::Array(values)) => Some(
                values
                    .iter()
                    .filter_map(Value::as_str)
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            _ => None,
        };
        for other_token in ["refresh_token", "id_token"] {
            if let Some(Value::String(token)) = object.remove(other_token) {
                drop(Zeroizing::new(token));
            }
        }
        Ok(Self {
            access_token,
            token_type,
            expires_in,
            scope,
            extra: object,
            notes,
        })
    }
}

/// The body as an object of members; the reason where it is none.
fn read_object(content_type: Option<&str>, body: &[u8]) -> Result<Map<String, Value>, String> {
    let essence = content_type
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err("the body is empty".to_owned());
    }
    let is_json = essence.ends_with("json");
    if !is_json
        && let Ok(text) = std::str::from_utf8(body)
        && looks_like_form(&essence, text)
        && let Ok(form) = crate::form::parse_strict(text.trim().as_bytes())
    {
        return Ok(form
            .names()
            .filter_map(|name| Some((name.to_owned(), form.get(name)?.into())))
            .collect());
    }
    json::parse_object(body).map_err(|error| {
        if is_json || essence.is_empty() {
            format!("the body is not valid JSON ({})", describe(&error))
        } else {
            format!("the body is {essence}, not JSON")
        }
    })
}

/// Some servers answer with a form, and some of those call it text.
fn looks_like_form(essence: &str, text: &str) -> bool {
    match essence {
        "application/x-www-form-urlencoded" => true,
        "text/plain" | "" => ["access_token=", "error=", "token_type="]
            .iter()
            .any(|start| text.trim_start().starts_with(start)),
        _ => false,
    }
}

/// What is wrong with it and where, without a value of it.
fn describe(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        // The strict reader's own words, which name members and never values.
        serde_json::error::Category::Data => return error.to_string(),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "syntax error",
    };
    format!("{what} at line {} column {}", error.line(), error.column())
}

/// A number or a numeric string; fractions are cut off.
fn read_expires_in(value: Option<Value>, notes: &mut Vec<Note>) -> Option<i64> {
    let number = match value {
        None | Some(Value::Null) => return None,
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse::<f64>().ok(),
        Some(_) => None,
    };
    let Some(seconds) = number.filter(|seconds| !seconds.is_nan()) else {
        notes.push(Note::ExpiresInUnreadable);
        return None;
    };
    if seconds < 0.0 {
        notes.push(Note::ExpiresInNegative);
        return Some(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a year in seconds is exact")]
    if seconds > LONGEST as f64 {
        notes.push(Note::ExpiresInClamped);
        return Some(LONGEST);
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and a year")]
    Some(seconds as i64)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::ErrorCode;
    use proptest::prelude::*;

    const JSON: Option<&str> = Some("application/json;charset=UTF-8");

    fn expires_in(value: &str) -> (Option<i64>, Vec<Note>) {
        let body = format!(r#"{{"access_token":"t","token_type":"Bearer","expires_in":{value}}}"#);
        let answer = TokenResponse::parse(200, JSON, body.as_bytes()).unwrap();
        (answer.expires_in, answer.notes)
    }

    #[test]
    fn client_49_token_and_type_are_needed() {
        let ok = TokenResponse::parse(200, JSON, br#"{"access_token":"t","token_type":"bEaReR"}"#);
        assert_eq!(ok.unwrap().token_type, "bEaReR");
        for bad in [
            r#"{"token_type":"Bearer"}"#,
            r#"{"access_token":"t"}"#,
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":7,"token_type":"Bearer"}"#,
            r#"{"access_token":"a\nb","token_type":"Bearer"}"#,
            r#"{"access_token":"t","token_type":null}"#,
            r#"{"access_token":"t","access_token":"u","token_type":"Bearer"}"#,
            "[]",
            "null",
            "",
        ] {
            let error = TokenResponse::parse(200, JSON, bad.as_bytes()).unwrap_err();
            assert!(matches!(error, AnswerError::NotOAuth { .. }), "{bad}");
        }
    }

    #[test]
    fn client_50_expires_in() {
        assert_eq!(expires_in("3600"), (Some(3600), vec![]));
        assert_eq!(expires_in("\"3600\""), (Some(3600), vec![]));
        assert_eq!(expires_in("3599.9"), (Some(3599), vec![]));
        assert_eq!(expires_in("null"), (None, vec![]));
        assert_eq!(expires_in("-1"), (Some(0), vec![Note::ExpiresInNegative]));
        assert_eq!(
            expires_in("1e12"),
            (Some(LONGEST), vec![Note::ExpiresInClamped])
        );
        assert_eq!(
            expires_in("\"soon\""),
            (None, vec![Note::ExpiresInUnreadable])
        );
        assert_eq!(expires_in("true"), (None, vec![Note::ExpiresInUnreadable]));
        let none = br#"{"access_token":"t","token_type":"Bearer"}"#;
        assert_eq!(
            TokenResponse::parse(200, JSON, none).unwrap().expires_in,
            None
        );
    }

    #[test]
    fn client_51_scope_as_string_and_array() {
        let body = br#"{"access_token":"t","token_type":"Bearer","scope":["a","b"]}"#;
        let answer = TokenResponse::parse(200, JSON, body).unwrap();
        assert_eq!(answer.scope.as_deref(), Some("a b"));
    }

    #[test]
    fn client_52_unknown_members_are_kept_and_other_tokens_are_not() {
        let body = br#"{"access_token":"t","token_type":"Bearer","instance_url":"u","refresh_token":"canary","id_token":"canary"}"#;
        let answer = TokenResponse::parse(200, JSON, body).unwrap();
        assert_eq!(answer.extra.get("instance_url").unwrap(), "u");
        assert!(!format!("{answer:?}").contains("canary"));
    }

    #[test]
    fn client_53_errors_in_every_dress() {
        let refused =
            |status, kind, body: &str| match TokenResponse::parse(status, kind, body.as_bytes()) {
                Err(AnswerError::Refused(error)) => (error.error, error.description),
                other => panic!("{other:?}"),
            };
        let json = r#"{"error":"invalid_client","error_description":"no"}"#;
        let expected = (ErrorCode::InvalidClient, Some("no".to_owned()));
        assert_eq!(refused(401, JSON, json), expected);
        assert_eq!(refused(200, JSON, json), expected);
        assert_eq!(refused(400, None, json), expected);
        assert_eq!(refused(400, Some("text/html"), json), expected);
        let form = "error=invalid_client&error_description=no";
        assert_eq!(
            refused(400, Some("application/x-www-form-urlencoded"), form),
            expected
        );
        assert_eq!(refused(400, Some("text/plain"), form), expected);
    }

    #[test]
    fn client_53_a_form_can_hold_a_token_too() {
        let body = b"access_token=t&token_type=bearer&expires_in=60";
        let answer = TokenResponse::parse(200, Some("text/plain"), body).unwrap();
        assert_eq!(answer.access_token.expose(), "t");
        assert_eq!(answer.expires_in, Some(60));
    }

    #[test]
    fn a_page_and_a_cut_off_document_say_what_they_are_and_quote_nothing() {
        let reason =
            |status, kind, body: &str| match TokenResponse::parse(status, kind, body.as_bytes()) {
                Err(AnswerError::NotOAuth { reason }) => reason,
                other => panic!("{other:?}"),
            };
        assert_eq!(
            reason(200, Some("text/html"), "<html>canary"),
            "the body is text/html, not JSON"
        );
        assert_eq!(
            reason(502, Some("text/html"), "<html>"),
            "HTTP 502 without an OAuth error in it"
        );
        let cut = reason(200, JSON, r#"{"access_token":"canary"#);
        assert!(cut.contains("ends too early"), "{cut}");
        assert!(!cut.contains("canary"), "{cut}");
    }

    proptest! {
        #[test]
        fn never_panics(status in 100u16..600, kind in "\\PC{0,20}", body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = TokenResponse::parse(status, Some(&kind), &body);
        }
    }
}
