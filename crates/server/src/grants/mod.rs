//! What an authenticated client may have. Pure: no HTTP, no SQL, no clock; a decision, or a refusal.

mod client_credentials;
mod scope;
mod target;

use crate::authority::Authority;
use crate::client::{Client, Grant};
use crate::refusal::Refusal;
use jeton_oauth::form::FormParams;
use jeton_oauth::{Algorithm, ErrorCode, Scopes};

/// What was granted: everything that a token says.
#[derive(Debug, PartialEq)]
pub(crate) struct Granted {
    pub(crate) scopes: Scopes,
    /// Identifiers of resources as they were registered; never empty.
    pub(crate) audience: Vec<String>,
    /// Seconds.
    pub(crate) lifetime: u32,
    pub(crate) algorithm: Algorithm,
}

/// Which grant is asked for; read before anybody is authenticated.
pub(crate) fn requested(form: &FormParams) -> Result<&str, Refusal> {
    form.get("grant_type")
        .ok_or_else(|| Refusal::open(ErrorCode::InvalidRequest, "grant_type is missing"))
}

/// Decides for a client that is who it says.
pub(crate) fn decide(
    authority: &Authority,
    client: &Client,
    grant: &str,
    form: &FormParams,
) -> Result<Granted, Refusal> {
    let grant = Grant::from_name(grant).ok_or_else(|| {
        Refusal::quoting(
            ErrorCode::UnsupportedGrantType,
            "this grant is not supported",
            grant,
        )
    })?;
    if !client.grants.contains(&grant) {
        return Err(Refusal::open(
            ErrorCode::UnauthorizedClient,
            "the client may not use this grant",
        ));
    }
    match grant {
        Grant::ClientCredentials => client_credentials::decide(authority, client, form),
    }
}
