//! A secret, in the header or in the body. A wrong one, an unknown client, a disabled one and one with another method are
//! answered alike, and cost the same: one keyed hash.
//!
//! Only a client whose secret came from elsewhere and was not used yet costs a slow hash, in a lane of its own. The right
//! secret is then kept as a keyed hash, before the response.

use crate::authority::Authority;
use crate::client::{Client, LiveSecret, SecretHash};
use crate::refusal::Refusal;
use crate::secrets::{equal, well_formed};
use jeton_oauth::{AuthMethod, ClientSecret};
use std::sync::Arc;

/// Seconds after which a request that found no room for its slow hash may come again.
const RETRY_AFTER: u32 = 1;

pub(super) async fn check(
    authority: &Authority,
    method: AuthMethod,
    client_id: &str,
    secret: &ClientSecret,
    now: i64,
) -> Result<Arc<Client>, Refusal> {
    let client = authority.registry.client(client_id);
    let hash = authority.secrets.hash(client_id, secret);
    let Some(client) = client else {
        return Err(Refusal::client(if well_formed(secret) {
            "unknown client"
        } else {
            "not a secret of this authority"
        }));
    };
    let live = client.secrets.iter().filter(|secret| secret.is_live(now));
    // looks at each, whatever the first one says
    let found = live.fold(None, |found, secret| match &secret.hash {
        SecretHash::Keyed(stored) if equal(&hash, stored) => Some(secret),
        SecretHash::Keyed(_) | SecretHash::Slow(_) => found,
    });
    let found = match found {
        Some(found) => found,
        None => match slow_match(authority, &client, secret, now).await? {
            Some(found) => {
                authority.keep_as_keyed(&client.id, &found.id, hash).await;
                found
            }
            None if well_formed(secret) => return Err(Refusal::client("wrong secret")),
            None => return Err(Refusal::client("not a secret of this authority")),
        },
    };
    if !client.enabled {
        return Err(Refusal::client("disabled client"));
    }
    if client.method != method {
        return Err(Refusal::client("another method than the registered one"));
    }
    authority.uses.note(&found.id, &found.last_use, now);
    Ok(client)
}

/// The live secret from elsewhere that this is, if any. Most clients have none, and then nothing is computed.
async fn slow_match<'a>(
    authority: &Authority,
    client: &'a Client,
    secret: &ClientSecret,
    now: i64,
) -> Result<Option<&'a LiveSecret>, Refusal> {
    for live in client.secrets.iter().filter(|live| live.is_live(now)) {
        let SecretHash::Slow(hash) = &live.hash else {
            continue;
        };
        let turn = authority.slow_hashes.turn().await;
        let turn = turn.map_err(|_| Refusal::busy("too many secrets to hash", RETRY_AFTER))?;
        let matches = turn.matches(hash, secret).await;
        if matches.map_err(|error| Refusal::broken(error.to_string()))? {
            return Ok(Some(live));
        }
    }
    Ok(None)
}
