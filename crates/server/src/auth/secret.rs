//! A secret, in the header or in the body. A wrong one, an unknown client, a disabled one and one with another method cost
//! the same and are answered alike.

use crate::authority::Authority;
use crate::client::Client;
use crate::refusal::Refusal;
use crate::secrets::{any_equal, well_formed};
use jeton_oauth::{AuthMethod, ClientSecret};
use std::sync::Arc;

/// Seconds after which a request that found no room for its hash may come again.
const RETRY_AFTER: u32 = 1;

pub(super) async fn check(
    authority: &Authority,
    method: AuthMethod,
    client_id: &str,
    secret: &ClientSecret,
    now: i64,
) -> Result<Arc<Client>, Refusal> {
    let client = authority.registry.client(client_id);
    let mark = client
        .as_ref()
        .filter(|client| client.enabled && client.method == method)
        .map(|client| {
            authority
                .remembered
                .mark(&client.id, client.version, secret)
        });
    let known = || {
        let mark = mark.as_ref()?;
        let client = client.as_ref()?;
        authority
            .remembered
            .knows(mark, now)
            .then(|| Arc::clone(client))
    };
    if let Some(client) = known() {
        return Ok(client);
    }
    if !well_formed(secret) {
        return Err(Refusal::client("not a secret of this authority"));
    }
    let how = client
        .as_ref()
        .map_or(authority.nobodys_hash, |client| client.hash);
    let turn = authority
        .hashes
        .turn()
        .await
        .map_err(|_| Refusal::busy("too many secrets to hash", RETRY_AFTER))?;
    if let Some(client) = known() {
        // a request of the same client came first and did it for all that waited
        return Ok(client);
    }
    let hash = turn
        .hash(how, secret)
        .await
        .map_err(|error| Refusal::broken(error.to_string()))?;

    let Some(client) = client else {
        return Err(Refusal::client("unknown client"));
    };
    let live = client
        .secrets
        .iter()
        .filter(|secret| secret.expires_at.is_none_or(|end| end > now));
    let found = any_equal(&hash, live.map(|secret| (secret.id, &secret.hash)));
    let Some(id) = found else {
        return Err(Refusal::client("wrong secret"));
    };
    let Some(mark) = mark else {
        return Err(Refusal::client(if client.enabled {
            "another method than the registered one"
        } else {
            "disabled client"
        }));
    };
    let end = client
        .secrets
        .iter()
        .find(|secret| secret.id == id)
        .and_then(|secret| secret.expires_at);
    authority.remembered.remember(mark, now, end);
    if let Err(error) = authority.store.touch_secret(id, now).await {
        // the time of last use is not worth a refused client
        authority.warn("the last use of a secret could not be noted", &error);
    }
    Ok(client)
}
