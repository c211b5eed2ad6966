//! `-o json` of `token get`, and one field of it.

use super::pretty_json;
use crate::error::Result;
use crate::output::clean::clean;
use crate::output::time::rfc3339;
use crate::output::token::{Shown, TokenView};
use clap::ValueEnum;
use serde::Serialize;
use zeroize::Zeroizing;

/// Exactly these keys, in this order, each always there.
#[derive(Serialize)]
struct Document<'a> {
    profile: &'a str,
    issuer: Option<&'a str>,
    /// Masked unless `--reveal` is given.
    access_token: &'a str,
    masked: bool,
    token_type: &'a str,
    /// Space-separated; null when neither the server nor the request named one.
    scope: Option<&'a str>,
    audience: &'a [String],
    /// RFC 3339, UTC; null when unknown.
    expires_at: Option<String>,
    /// Seconds; negative when it has ended, null when unknown.
    expires_in: Option<i64>,
    /// `server` or `cache`.
    source: &'a str,
    warnings: &'a [String],
}

/// `--field`: a key of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Field {
    Profile,
    Issuer,
    AccessToken,
    Masked,
    TokenType,
    Scope,
    Audience,
    ExpiresAt,
    ExpiresIn,
    Source,
    Warnings,
}

impl TokenView<'_> {
    /// The JSON object of `-o json`.
    ///
    /// # Errors
    ///
    /// Only by a bug.
    pub(crate) fn json(&self) -> Result<Zeroizing<String>> {
        let visible = self.visible();
        let document = Document {
            profile: self.profile,
            issuer: self.issuer,
            access_token: &visible,
            masked: self.shown == Shown::Masked,
            token_type: self.token_type,
            scope: self.scope,
            audience: self.audience,
            expires_at: self.expires_at.and_then(rfc3339),
            expires_in: self.expires_in(),
            source: self.source,
            warnings: self.warnings,
        };
        pretty_json(&document)
    }

    /// One field of the JSON object, ended by a line break: a text without quotes, a list with one element a line, nothing
    /// for null. Foreign text is cleaned.
    ///
    /// # Errors
    ///
    /// Where a revealed token cannot be one line; see [`Self::raw`].
    pub(crate) fn field(&self, field: Field) -> Result<Zeroizing<String>> {
        let text = |text: Option<&str>| text.map(|text| clean(text).into_owned());
        let lines = |list: &[String]| {
            let lines = list.iter().map(|line| clean(line).into_owned());
            Some(lines.collect::<Vec<_>>().join("\n"))
        };
        let value = match field {
            Field::AccessToken if self.shown == Shown::Revealed => return self.raw(),
            Field::AccessToken => text(Some(&self.visible())),
            Field::Masked => Some((self.shown == Shown::Masked).to_string()),
            Field::Profile => text(Some(self.profile)),
            Field::Issuer => text(self.issuer),
            Field::TokenType => text(Some(self.token_type)),
            Field::Scope => text(self.scope),
            Field::Audience => lines(self.audience),
            Field::ExpiresAt => self.expires_at.and_then(rfc3339),
            Field::ExpiresIn => self.expires_in().map(|seconds| seconds.to_string()),
            Field::Source => text(Some(self.source)),
            Field::Warnings => lines(self.warnings),
        };
        let mut line = Zeroizing::new(value.unwrap_or_default());
        line.push('\n');
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Field;
    use crate::output::token::tests::{TOKEN, with_view};
    use crate::output::token::{Shown, TokenView};
    use clap::ValueEnum;

    #[test]
    fn json_has_fixed_keys_in_fixed_order() {
        let text = with_view(Shown::Masked, |view| view.json().unwrap());
        insta::assert_snapshot!(text.as_str(), @r#"
        {
          "profile": "billing",
          "issuer": "https://auth.example.com",
          "access_token": "eyJhbG……3D7Q",
          "masked": true,
          "token_type": "Bearer",
          "scope": "api.read",
          "audience": [
            "https://api.example.com"
          ],
          "expires_at": "2026-11-21T00:30:33Z",
          "expires_in": 598,
          "source": "server",
          "warnings": []
        }
        "#);
        let unknown = with_view(Shown::Revealed, |view| {
            let view = TokenView {
                expires_at: None,
                scope: None,
                issuer: None,
                ..view
            };
            view.json().unwrap().to_string()
        });
        for key in ["issuer", "scope", "expires_at", "expires_in"] {
            assert!(unknown.contains(&format!("\"{key}\": null")), "{unknown}");
        }
        assert!(unknown.contains(TOKEN) && unknown.contains("\"masked\": false"));
    }

    /// Every key of the document is a field, by the same name.
    #[test]
    fn each_field_says_what_the_document_says() {
        let document = with_view(Shown::Masked, |view| view.json().unwrap());
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        let keys: Vec<_> = document.as_object().unwrap().keys().cloned().collect();
        let fields = Field::value_variants();
        assert_eq!(keys.len(), fields.len());
        for field in fields {
            let name = field.to_possible_value().unwrap().get_name().to_owned();
            let shown = with_view(Shown::Masked, |view| view.field(*field).unwrap());
            let shown = shown.strip_suffix('\n').unwrap().to_owned();
            let expected = match &document[&name] {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Array(list) => {
                    list.iter().filter_map(|text| text.as_str()).collect()
                }
                other => other.to_string(),
            };
            assert_eq!(shown, expected, "{name}");
        }
    }

    #[test]
    fn a_field_is_revealed_harmless_and_empty_where_unknown() {
        let token = with_view(Shown::Revealed, |view| {
            view.field(Field::AccessToken).unwrap()
        });
        assert_eq!(*token, format!("{TOKEN}\n"));
        with_view(Shown::Masked, |view| {
            let view = TokenView {
                scope: Some("::set-output name=x::\n\u{1b}[2J"),
                expires_at: None,
                ..view
            };
            assert_eq!(
                *view.field(Field::Scope).unwrap(),
                ": :set-output name=x: : \n"
            );
            assert_eq!(*view.field(Field::ExpiresIn).unwrap(), "\n");
        });
    }
}
