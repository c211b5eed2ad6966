//! A client as a request meets it, with every key parsed.

mod assertion_keys;
mod document;
mod grant;
mod registration;

pub use grant::Grant;
pub use registration::{InvalidRegistration, Registration};

pub(crate) use assertion_keys::AssertionKey;
pub(crate) use document::{ClientDocument, SecretDocument, SecretValue};
pub(crate) use registration::{ASYMMETRIC, METHODS, SYMMETRIC, check_lifetime};

use crate::keys::{MasterKey, Purpose};
use crate::resource::comparable;
use crate::secrets::{LastUse, SlowHash};
use crate::store::Entity;
use jeton_oauth::{Algorithm, AuthMethod, ClientSecret, Scopes, VerifyingKey};
use std::str::FromStr;
use std::sync::Arc;

/// A client.
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) method: AuthMethod,
    pub(crate) grants: Vec<Grant>,
    pub(crate) scopes: Scopes,
    /// In comparable form.
    pub(crate) resources: Vec<String>,
    pub(crate) default_resources: Vec<String>,
    pub(crate) lifetime: Option<u32>,
    pub(crate) enabled: bool,
    pub(crate) assertion_keys: Vec<AssertionKey>,
    pub(crate) assertion_algorithm: Option<Algorithm>,
    /// Unix seconds: until then `aud` may be the token endpoint (server requirement 20).
    pub(crate) endpoint_audience_until: Option<i64>,
    /// Unix seconds: an assertion from before it is void.
    pub(crate) not_before: i64,
    pub(crate) secrets: Vec<LiveSecret>,
}

/// One secret of a client that sends it as it is.
pub(crate) struct LiveSecret {
    pub(crate) id: Arc<str>,
    pub(crate) hash: SecretHash,
    /// Unix seconds.
    pub(crate) expires_at: Option<i64>,
    pub(crate) last_use: LastUse,
}

impl LiveSecret {
    /// Whether it has not expired.
    pub(crate) fn is_live(&self, now: i64) -> bool {
        self.expires_at.is_none_or(|end| end > now)
    }
}

/// What a presented secret is compared with.
pub(crate) enum SecretHash {
    /// Costs nothing, and no guessing breaks it: generated secrets, and all others after their first use.
    Keyed([u8; 32]),
    /// Costs milliseconds: a secret from elsewhere that was not used yet.
    Slow(SlowHash),
}

impl Client {
    /// Reads an entity and parses what its document says. A client that cannot be read whole is not accepted at all.
    pub(crate) fn read(entity: &Entity, master: &MasterKey) -> Result<Self, String> {
        let document = ClientDocument::parse(&entity.document).map_err(text_of)?;
        let mut assertion_keys = match &document.jwks {
            Some(jwks) => assertion_keys::parse(jwks).map_err(text_of)?,
            None => Vec::new(),
        };
        let mut secrets = Vec::new();
        for secret in document.secrets {
            let hash = match secret.value {
                SecretValue::Sealed(sealed) => {
                    let clear = master
                        .open(Purpose::ClientSecret, &entity.id, &sealed)
                        .map_err(text_of)?;
                    let clear = std::str::from_utf8(&clear).map_err(text_of)?;
                    assertion_keys.push(AssertionKey {
                        kid: None,
                        key: VerifyingKey::from_secret(&ClientSecret::new(clear)),
                        expires_at: secret.expires_at,
                    });
                    continue;
                }
                SecretValue::Keyed(mac) => SecretHash::Keyed(mac),
                SecretValue::Argon2id {
                    memory_kib,
                    passes,
                    salt,
                    hash,
                } => SecretHash::Slow(SlowHash {
                    memory_kib,
                    passes,
                    salt,
                    hash,
                }),
            };
            secrets.push(LiveSecret {
                id: secret.id.into(),
                hash,
                expires_at: secret.expires_at,
                last_use: LastUse::default(),
            });
        }
        let comparable_all = |all: &[String]| all.iter().map(|one| comparable(one)).collect();
        Ok(Self {
            id: entity.id.clone(),
            method: AuthMethod::from_str(&document.method).map_err(|_| "an unknown method")?,
            grants: document
                .grants
                .split_ascii_whitespace()
                .map(|name| Grant::from_name(name).ok_or("an unknown grant"))
                .collect::<Result<_, _>>()?,
            scopes: Scopes::parse(&document.scopes).map_err(text_of)?,
            resources: comparable_all(&document.resources),
            default_resources: comparable_all(&document.default_resources),
            assertion_algorithm: document
                .assertion_algorithm
                .map(|name| Algorithm::from_name(&name).ok_or("an unknown algorithm"))
                .transpose()?,
            name: document.name,
            lifetime: document.lifetime,
            enabled: document.enabled,
            assertion_keys,
            endpoint_audience_until: document.endpoint_audience_until,
            not_before: document.not_before,
            secrets,
        })
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn text_of(error: impl ToString) -> String {
    error.to_string()
}
