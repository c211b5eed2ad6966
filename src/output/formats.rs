//! The machine-readable forms of a token. Their keys are part of the stable interface.

mod exec_credential;
mod json;

pub(crate) use exec_credential::ApiVersion;
pub(crate) use json::Field;

use super::clean::{escape_json, is_ci_command};
use super::time::rfc3339;
use super::token::TokenView;
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::ValueEnum;
use serde::Serialize;
use zeroize::Zeroizing;

/// `-o` of `token get`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TokenFormat {
    /// A table for people; the token is masked
    Panel,
    /// A JSON object with fixed keys; the token is masked
    Json,
    /// Only the token, on one line
    Raw,
    /// `Authorization: Bearer …`, on one line
    Header,
    /// The ExecCredential object that kubectl expects of a credential plugin
    ExecCredential,
    /// JSON for wrappers: type, token, header, `expires_at`
    Credential,
    /// The `users:` entry of a kubeconfig that gets its tokens from this command line; no token is requested
    KubeconfigUser,
}

/// `-o` of the commands that show something and hand out no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// Text for people
    Panel,
    /// JSON for machines
    Json,
}

/// `-o credential`, version 1: what a wrapper needs for one request.
#[derive(Serialize)]
struct Credential<'a> {
    /// The scheme of the header: `Bearer` or `DPoP`.
    #[serde(rename = "type")]
    scheme: &'a str,
    token: &'a str,
    /// The whole header line.
    header: &'a str,
    /// RFC 3339, UTC; null when unknown.
    expires_at: Option<String>,
}

impl TokenView<'_> {
    /// Only the token, on one line.
    ///
    /// # Errors
    ///
    /// When the token contains anything other than visible ASCII: it would be neither one line nor a header.
    pub(crate) fn raw(&self) -> Result<Zeroizing<String>> {
        Ok(Zeroizing::new(format!("{}\n", self.sendable()?)))
    }

    /// `Authorization: Bearer …`, one line.
    ///
    /// # Errors
    ///
    /// As [`raw`](Self::raw).
    pub(crate) fn header(&self) -> Result<Zeroizing<String>> {
        let token = self.sendable()?;
        Ok(Zeroizing::new(format!(
            "Authorization: {} {token}\n",
            self.scheme()
        )))
    }

    /// JSON for wrappers, one line.
    ///
    /// # Errors
    ///
    /// As [`raw`](Self::raw).
    pub(crate) fn credential(&self) -> Result<Zeroizing<String>> {
        let header = self.header()?;
        let document = Credential {
            scheme: self.scheme(),
            token: self.sendable()?,
            header: header.trim_end(),
            expires_at: self.expires_at.and_then(rfc3339),
        };
        line(serde_json::to_string(&document))
    }

    /// The scheme in the spelling that servers expect: `token_type` is compared without case (RFC 6749 5.1).
    fn scheme(&self) -> &'static str {
        if self.token_type.eq_ignore_ascii_case("dpop") {
            "DPoP"
        } else {
            "Bearer"
        }
    }

    /// The token, if it can be one line and a part of a header.
    ///
    /// # Errors
    ///
    /// Exit 7 where it cannot.
    pub(super) fn sendable(&self) -> Result<&str> {
        let token = self.token.expose();
        refuse_command(token)?;
        if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(token);
        }
        Err(Error::new(
            Exit::Server,
            "the token contains characters that a header cannot carry",
        )
        .hint("report this to the operator of the authorization server: RFC 6749 A.12 allows only visible ASCII"))
    }
}

/// Refuses a token that a CI runner would execute when it is printed into the log of a job.
///
/// # Errors
///
/// Exit 7.
pub(crate) fn refuse_command(token: &str) -> Result<()> {
    if !is_ci_command(token) {
        return Ok(());
    }
    Err(Error::new(
        Exit::Server,
        "the token is a command for a CI runner, not a credential",
    )
    .hint("report this to the operator of the authorization server"))
}

/// A document as indented JSON, ended by a line break, with harmful characters escaped.
///
/// # Errors
///
/// Only by a bug.
pub(crate) fn pretty_json(document: &impl Serialize) -> Result<Zeroizing<String>> {
    line(serde_json::to_string_pretty(document))
}

fn line(json: serde_json::Result<String>) -> Result<Zeroizing<String>> {
    let json = Zeroizing::new(json.map_err(anyhow::Error::from)?);
    let mut out = Zeroizing::new(escape_json(&json).into_owned());
    out.push('\n');
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::ApiVersion;
    use crate::output::token::tests::{TOKEN, with_view};
    use crate::output::token::{Shown, TokenView};
    use jeton_oauth::AccessToken;

    #[test]
    fn forms_for_machines() {
        with_view(Shown::Masked, |view| {
            assert_eq!(*view.raw().unwrap(), format!("{TOKEN}\n"));
            assert_eq!(
                *view.header().unwrap(),
                format!("Authorization: Bearer {TOKEN}\n")
            );
            assert_eq!(
                *view.exec_credential(ApiVersion::V1).unwrap(),
                format!(
                    "{{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\
                     \"status\":{{\"token\":\"{TOKEN}\",\"expirationTimestamp\":\"2026-11-21T00:30:33Z\"}}}}\n"
                )
            );
            assert_eq!(
                *view.credential().unwrap(),
                format!(
                    "{{\"type\":\"Bearer\",\"token\":\"{TOKEN}\",\"header\":\"Authorization: Bearer {TOKEN}\",\
                     \"expires_at\":\"2026-11-21T00:30:33Z\"}}\n"
                )
            );
        });
    }

    /// Client requirement 49: the type is compared without case.
    #[test]
    fn the_scheme_is_spelled_as_servers_expect() {
        with_view(Shown::Masked, |view| {
            let bearer = TokenView {
                token_type: "bEaReR",
                ..view.clone()
            };
            assert!(
                bearer
                    .header()
                    .unwrap()
                    .starts_with("Authorization: Bearer ")
            );
            let dpop = TokenView {
                token_type: "dpop",
                ..view
            };
            assert!(dpop.header().unwrap().starts_with("Authorization: DPoP "));
        });
    }

    #[test]
    fn a_token_with_a_line_break_is_not_handed_out() {
        for token in [
            "abc\r\nX-Evil: 1",
            "a b",
            "é",
            "",
            "::add-path::/tmp",
            "a##vso[x]b",
        ] {
            let token = AccessToken::new(token);
            with_view(Shown::Masked, |view| {
                let view = TokenView {
                    token: &token,
                    ..view
                };
                for result in [
                    view.raw(),
                    view.header(),
                    view.exec_credential(ApiVersion::V1),
                    view.credential(),
                ] {
                    assert_eq!(result.unwrap_err().exit.code(), 7);
                }
            });
        }
    }
}
