//! Client authentication: who is asking. The same at every endpoint.

mod assertion;
mod presented;
mod secret;

pub(crate) use presented::{CREDENTIALS, Presented};

use crate::authority::Authority;
use crate::client::Client;
use crate::ephemeral::UsedJti;
use crate::refusal::Refusal;
use jeton_oauth::{AuthMethod, ErrorCode};
use std::sync::Arc;

/// A client that has authenticated.
pub(crate) struct Authenticated {
    pub(crate) client: Arc<Client>,
    /// The `jti` of its assertion, which is used up from now on.
    pub(crate) used: Option<UsedJti>,
}

impl From<Arc<Client>> for Authenticated {
    fn from(client: Arc<Client>) -> Self {
        Self { client, used: None }
    }
}

/// Who it is, or why that cannot be said. A client comes out of here enabled, and authenticated by its one method; with the
/// method `none` it is merely known by name.
pub(crate) async fn authenticate(
    authority: &Authority,
    presented: &Presented,
    now: i64,
) -> Result<Authenticated, Refusal> {
    match presented {
        Presented::Secret {
            method,
            client_id,
            secret,
        } => secret::check(authority, *method, client_id, secret, now)
            .await
            .map(Authenticated::from),
        Presented::Assertion {
            client_id,
            assertion,
        } => assertion::check(authority, client_id.as_deref(), assertion, now).await,
        Presented::Nothing { client_id } => {
            let client = client_id
                .as_deref()
                .and_then(|id| authority.registry.client(id))
                .filter(|client| client.method == AuthMethod::None && client.enabled);
            client
                .map(Authenticated::from)
                .ok_or_else(|| Refusal::client("no credentials"))
        }
    }
}

/// A confidential client, as the client credentials grant wants it (OAuth 2.1 section 4.2).
pub(crate) fn confidential(client: &Client) -> Result<(), Refusal> {
    if client.method == AuthMethod::None {
        return Err(Refusal::open(
            ErrorCode::UnauthorizedClient,
            "a public client cannot use this grant",
        ));
    }
    Ok(())
}
