//! Requests about a token, to another endpoint than the token endpoint (RFC 7662 2.1, RFC 7009 2.1).

use crate::endpoint::EndpointName;
use crate::error::ClientError;
use crate::params::Params;
use crate::refusal::ResponseContext;
use crate::request::AuthenticatedRequest;
use jeton_oauth::{AccessToken, ErrorCode, ErrorResponse, json};

/// A request about an access token. It changes nothing by being made twice.
pub(crate) fn about<'a>(
    token: &'a AccessToken,
    endpoint: EndpointName,
    accept: &'static str,
    what: &'static str,
) -> AuthenticatedRequest<'a> {
    let mut params = Params::default();
    params.push("token", token.expose());
    params.push("token_type_hint", "access_token");
    AuthenticatedRequest {
        endpoint,
        what,
        accept,
        params,
        secrets: vec![token.expose()],
    }
}

/// That the status is one of success.
///
/// # Errors
/// What the server refuses or fails with.
pub(crate) fn check_status(context: &ResponseContext<'_>) -> Result<(), ClientError> {
    let status = context.response.status;
    if (200..300).contains(&status) {
        return Ok(());
    }
    if let Some(redirect) = context.redirect() {
        return Err(redirect);
    }
    let object = json::parse_object(&context.response.body).ok();
    let error = object.as_ref().and_then(ErrorResponse::from_object);
    Err(match (error, status) {
        (Some(error), _) => context.refused(error),
        // Some servers say nothing but the status (RFC 7662 2.3).
        (None, 401) => context.refused(ErrorResponse {
            error: ErrorCode::InvalidClient,
            description: None,
            uri: None,
        }),
        (None, _) => context.malformed(&format!("HTTP {status} without an OAuth error in it")),
    })
}
