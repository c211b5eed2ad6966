//! Takes our own secrets out of what a server says: some echo the request in their errors.

use crate::params::Params;
use jeton_oauth::{form, json};
use serde_json::{Map, Value};
use std::cmp::Reverse;
use zeroize::Zeroizing;

/// As much of an answer as is ever shown, in characters.
const LONGEST: usize = 2000;
const SHOWN: &str = "[redacted]";
/// The members of an answer whose texts are no secret (RFC 6749 5.1 and 5.2, RFC 8693 2.2.1).
const PLAIN: [&str; 7] = [
    "token_type",
    "issued_token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "error_uri",
];
/// Below this a secret is replaced as a whole word only by accident; the text is then dropped altogether.
const SHORTEST: usize = 4;

/// The secrets of one request, in the forms in which they went out: the longest first, since one may be a part of another.
#[derive(Default)]
pub(crate) struct Redactor(Vec<Zeroizing<String>>);

impl Redactor {
    /// Adds a secret as it is, form-encoded, and as JSON writes it: not every page that quotes JSON is JSON.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        let quoted = Zeroizing::new(Value::from(secret).to_string());
        let escaped = Zeroizing::new(quoted[1..quoted.len() - 1].to_owned());
        for form in [form::encode_component(secret), escaped] {
            if form.as_str() != secret {
                self.0.push(form);
            }
        }
        self.0.push(Zeroizing::new(secret.to_owned()));
        self.0.sort_by_key(|secret| Reverse(secret.len()));
    }

    /// The parameters of a request as a person reads them.
    pub(crate) fn form(&self, params: &Params) -> String {
        let pairs = params
            .iter()
            .map(|(name, value)| format!("{name}={}", self.clean(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// An answer as a person reads it: the members that RFC 6749 describes, but the token, and numbers; of any other
    /// member its name, and of anything but a JSON object its length alone, since nobody knows what is in it.
    pub(crate) fn body(&self, body: &[u8]) -> String {
        let Ok(members) = json::parse_object(body) else {
            return format!("{} bytes, not a JSON object", body.len());
        };
        // Before they are written as JSON, where a quote within a secret would be escaped.
        let members = members.into_iter().map(|(name, value)| {
            let value = match value {
                Value::String(text) if PLAIN.contains(&name.as_str()) => self.clean(&text).into(),
                Value::String(_) | Value::Array(_) | Value::Object(_) => SHOWN.into(),
                harmless => harmless,
            };
            (self.clean(&name), value)
        });
        let text: String = Value::Object(members.collect::<Map<_, _>>()).to_string();
        self.clean(&text).chars().take(LONGEST).collect()
    }

    /// The text without our secrets and without anything that looks like a JWT.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            if !text.contains(secret.as_str()) {
                continue;
            }
            if secret.len() < SHORTEST {
                return SHOWN.to_owned();
            }
            text = text.replace(secret.as_str(), SHOWN);
        }
        without_jwts(&text)
    }
}

fn without_jwts(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let end = rest[at..]
            .find(|c| !is_token(c))
            .map_or(rest.len(), |len| at + len);
        out.push_str(&rest[..at]);
        out.push_str(if end - at >= 24 {
            SHOWN
        } else {
            &rest[at..end]
        });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_echo_is_taken_out_in_every_form() {
        let mut redactor = Redactor::default();
        redactor.add("p&ss word");
        assert_eq!(
            redactor.clean("wrong secret p&ss word (p%26ss+word)"),
            "wrong secret [redacted] ([redacted])"
        );
        redactor.add("abc");
        assert_eq!(redactor.clean("the abc of it"), "[redacted]");
    }

    #[test]
    fn an_answer_is_shown_without_its_tokens() {
        let redactor = Redactor::default();
        let body = br#"{"access_token":"canary","token_type":"Bearer","refresh_token":"canary"}"#;
        let shown = redactor.body(body);
        assert!(
            !shown.contains("canary") && shown.contains("Bearer"),
            "{shown}"
        );
        assert_eq!(redactor.body(b"canary"), "6 bytes, not a JSON object");
        assert_eq!(
            redactor.body(br#"{"access_token":"canary"#),
            "23 bytes, not a JSON object"
        );
    }

    /// Security, client 1: a token under any name and at any depth, a secret in any spelling.
    #[test]
    fn of_an_answer_only_what_is_known_to_be_harmless_is_shown() {
        let mut redactor = Redactor::default();
        redactor.add("canary\"\\x");
        for body in [
            r#"{"accessToken":"canary","Access_Token":"canary","jwt":"canary"}"#,
            r#"{"data":{"access_token":"canary"},"tokens":["canary"]}"#,
            r#"{"error":"invalid_client","error_description":"not canary\"\\x"}"#,
            r#"{"canary\"\\x":1}"#,
        ] {
            let shown = redactor.body(body.as_bytes());
            assert!(
                !shown.contains("canary") && shown.contains(SHOWN),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_page_that_quotes_json_repeats_no_secret() {
        let mut redactor = Redactor::default();
        redactor.add("a\"canary\"");
        assert_eq!(
            redactor.clean(r#"<p>{"secret":"a\"canary\""}</p>"#),
            r#"<p>{"secret":"[redacted]"}</p>"#
        );
    }

    #[test]
    fn a_secret_that_is_part_of_another_leaves_nothing_of_it() {
        let mut redactor = Redactor::default();
        redactor.add("canary");
        redactor.add("canary-and-its-end");
        assert_eq!(
            redactor.clean("canary-and-its-end, canary"),
            "[redacted], [redacted]"
        );
    }

    #[test]
    fn what_looks_like_a_jwt_is_taken_out() {
        let redactor = Redactor::default();
        let text = redactor.clean("bad assertion 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.sig' (eyJ)");
        assert_eq!(text, "bad assertion '[redacted]' (eyJ)");
    }
}
