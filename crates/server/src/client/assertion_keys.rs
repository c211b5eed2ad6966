//! The keys that a client's assertions may be signed with.

use super::registration::InvalidRegistration;
use jeton_oauth::{JwkSet, VerifyingKey};

/// Keys that one client may register.
const MOST_KEYS: usize = 16;

/// A public key, or the secret of the client.
pub(crate) struct AssertionKey {
    pub(crate) kid: Option<String>,
    pub(crate) key: VerifyingKey,
    /// Unix seconds.
    pub(crate) expires_at: Option<i64>,
}

/// The keys of a set, each public and usable for signatures.
pub(super) fn parse(jwks: &str) -> Result<Vec<AssertionKey>, InvalidRegistration> {
    let no = |what: String| InvalidRegistration(format!("the key set cannot be used: {what}"));
    let set = JwkSet::parse(jwks.as_bytes()).map_err(|error| no(error.to_string()))?;
    if let Some(skipped) = set.skipped.first() {
        return Err(no(format!("key {}: {}", skipped.index, skipped.reason)));
    }
    if set.keys.is_empty() || set.keys.len() > MOST_KEYS {
        return Err(no(format!("it must have 1 to {MOST_KEYS} keys")));
    }
    let mut keys = Vec::with_capacity(set.keys.len());
    for (index, jwk) in set.keys.into_iter().enumerate() {
        if jwk.has_private_members() {
            return Err(no(format!(
                "key {index} has private members: register the public half, and consider this one as lost"
            )));
        }
        if !jwk.is_for_signatures() {
            return Err(no(format!("key {index} is not for signatures")));
        }
        let key =
            VerifyingKey::from_jwk(&jwk).map_err(|error| no(format!("key {index}: {error}")))?;
        if jwk.kid.is_some() && keys.iter().any(|other: &AssertionKey| other.kid == jwk.kid) {
            return Err(no(format!("key {index} has the kid of another")));
        }
        keys.push(AssertionKey {
            kid: jwk.kid,
            key,
            expires_at: None,
        });
    }
    Ok(keys)
}
