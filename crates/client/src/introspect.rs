//! What the authorization server says of a token (RFC 7662), signed where that is asked for (RFC 9701).

use crate::about_token::{about, check_status};
use crate::endpoint::EndpointName;
use crate::endpoints::issuer;
use crate::error::ClientError;
use crate::refusal::ResponseContext;
use crate::request;
use crate::source::TokenSource;
use crate::verify::{
    Claims, DEFAULT_LEEWAY, IntrospectionRules, KeySetLocation, RemoteKeys, RuleFinding, Rules,
};
use jeton_oauth::json::Object;
use jeton_oauth::{AccessToken, json};
use serde_json::Value;
use std::time::Instant;
use thiserror::Error;

const WHAT: &str = "the answer of the introspection endpoint";
const SIGNED: &str = "application/token-introspection+jwt";

/// An answer about a token. Its texts are foreign.
#[derive(Debug, Clone, PartialEq)]
pub struct Introspection {
    /// Whether the token is valid for whoever asked.
    pub active: bool,
    /// The other members, of an active token: nothing else is to be relied on of an inactive one (RFC 7662 2.2).
    pub members: Object,
    /// What was found of the signed answer, every rule passed; empty for a plain one.
    pub findings: Vec<RuleFinding>,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum IntrospectionError {
    /// As any request to the server.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The signed answer does not hold: it may be somebody else's, or an old one.
    #[error("the signed introspection answer does not hold")]
    Distrusted(Vec<RuleFinding>),
}

impl TokenSource {
    /// Asks the authorization server about a token, as this client. With `signed`, a signed answer is asked for and no
    /// other is taken; a signed one that comes unasked is verified all the same.
    ///
    /// # Errors
    /// [`IntrospectionError`]; [`ClientError::Config`] where the metadata names no introspection endpoint.
    pub async fn introspect(
        &self,
        token: &AccessToken,
        signed: bool,
    ) -> Result<Introspection, IntrospectionError> {
        let (parts, deadline) = (self.parts(), self.parts().deadline());
        let accept = if signed { SIGNED } else { "application/json" };
        let request = about(token, EndpointName::Introspection, accept, WHAT);
        let read = |context: &ResponseContext<'_>| read_response(context, signed);
        match request::send(parts, self.endpoints(), &request, deadline, read).await? {
            Answer::Plain(introspection) => Ok(introspection),
            Answer::Signed(text) => self.verified(&text, deadline).await,
        }
    }

    async fn verified(
        &self,
        text: &str,
        deadline: Instant,
    ) -> Result<Introspection, IntrospectionError> {
        let parts = self.parts();
        let issuer = issuer(parts)?;
        let rules = Rules::new(Claims::Introspection(IntrospectionRules {
            issuer: issuer.as_str().to_owned(),
            client_id: parts.config.client_id.clone(),
            leeway: DEFAULT_LEEWAY,
        }));
        let keys = KeySetLocation::Issuer(issuer.clone());
        let now = parts.clock.now();
        let verdict = RemoteKeys::default()
            .validate(&parts.context(), &keys, &rules, text.trim(), now, deadline)
            .await?;
        let findings = verdict.findings().to_vec();
        let verified = verdict
            .into_verified()
            .map_err(IntrospectionError::Distrusted)?;
        let nested = verified.claims().get("token_introspection");
        let nested = nested.and_then(Value::as_object).cloned();
        nested
            .and_then(|nested| introspection(nested, findings.clone()))
            .ok_or(IntrospectionError::Distrusted(findings))
    }
}

/// A response of success, before a signature is checked.
enum Answer {
    Plain(Introspection),
    Signed(String),
}

fn read_response(context: &ResponseContext<'_>, signed: bool) -> Result<Answer, ClientError> {
    check_status(context)?;
    let response = context.response;
    let kind = response.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(SIGNED) {
        let text = String::from_utf8_lossy(&response.body).into_owned();
        return Ok(Answer::Signed(text));
    }
    if signed {
        let reason = "a signed answer was asked for, and a plain one came".to_owned();
        return Err(context.server(reason, None));
    }
    let object = json::parse_object(&response.body)
        .map_err(|_| context.malformed("it is not a JSON object"))?;
    introspection(context.redactor.object(object), Vec::new())
        .map(Answer::Plain)
        .ok_or_else(|| context.server("there is no boolean active in it".to_owned(), None))
}

fn introspection(mut members: Object, findings: Vec<RuleFinding>) -> Option<Introspection> {
    let active = members.remove("active")?.as_bool()?;
    if !active {
        members.clear();
    }
    Some(Introspection {
        active,
        members,
        findings,
    })
}
