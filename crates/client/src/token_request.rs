//! The token request of the client credentials grant (RFC 6749 4.4.2), and its response.

use crate::endpoint::EndpointName;
use crate::endpoints::Endpoints;
use crate::error::ClientError;
use crate::params::Params;
use crate::parts::Parts;
use crate::refusal::ResponseContext;
use crate::request::{self, AuthenticatedRequest};
use jeton_oauth::{AnswerError, TokenResponse};
use std::time::Instant;

/// As much of a foreign token type as is shown, in characters.
const SHOWN_TYPE: usize = 32;

/// A token and what came with it.
pub(crate) struct Fetched {
    pub(crate) response: TokenResponse,
    /// When the request was sent, in seconds since 1970.
    pub(crate) sent_at: i64,
    /// Server time minus ours in seconds, where it is notable.
    pub(crate) skew: Option<i64>,
    /// Whether the server announces tokens that are bound to certificates (RFC 8705 3.3).
    pub(crate) announces_binding: bool,
}

/// Asks the authorization server for a token, again where that makes sense.
///
/// # Errors
/// [`ClientError`] where none comes by `deadline`.
pub(crate) async fn fetch(
    parts: &Parts,
    endpoints: &Endpoints,
    deadline: Instant,
) -> Result<Fetched, ClientError> {
    let mut params = Params::default();
    for (name, value) in parts.config.request.to_params() {
        params.push(&name, &value);
    }
    let request = AuthenticatedRequest {
        endpoint: EndpointName::Token,
        what: "the answer of the token endpoint",
        accept: "application/json",
        params,
        secrets: Vec::new(),
    };
    request::send(parts, endpoints, &request, deadline, read).await
}

fn read(context: &ResponseContext<'_>) -> Result<Fetched, ClientError> {
    Ok(Fetched {
        response: token(context)?,
        sent_at: context.sent_at,
        skew: context.skew(),
        announces_binding: context.endpoint.announces_binding(),
    })
}

fn token(context: &ResponseContext<'_>) -> Result<TokenResponse, ClientError> {
    if let Some(error) = context.redirect() {
        return Err(error);
    }
    let (response, redactor) = (context.response, context.redactor);
    let kind = response.header("content-type");
    match TokenResponse::parse(response.status, kind, &response.body) {
        Ok(mut token) if token.token_type.eq_ignore_ascii_case("bearer") => {
            // The one member that is shown as it came.
            token.scope = token
                .scope
                .map(|scope| redactor.clean_keeping_words(&scope));
            Ok(token)
        }
        Ok(token) => {
            let kind = redactor.clean(&token.token_type);
            let kind: String = kind.chars().take(SHOWN_TYPE).collect();
            Err(context.server(
                format!("the token is of the type {kind:?}, and only Bearer tokens were asked for"),
                None,
            ))
        }
        Err(AnswerError::Refused(error)) => Err(context.refused(error)),
        Err(AnswerError::NotOAuth { reason }) => Err(context.malformed(&reason)),
    }
}
