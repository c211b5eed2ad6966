//! What can be changed while the authority runs. Each change is in the store, then in memory, then in the audit log, and holds
//! for the next request.

mod clients;
mod error;
mod resources;
mod upgrade;

pub use error::AdminError;

use crate::audit::{AuditError, Event, Kind};
use crate::authority::Authority;
use crate::client::Client;
use crate::keys::{Urgency, rotate};
use crate::log::Level;
use jeton_oauth::{Algorithm, AuthMethod, ClientSecret, Issuer};
use std::sync::Arc;

/// The authority's administration, in process. Cheap to clone.
#[derive(Clone)]
pub struct Admin {
    authority: Arc<Authority>,
}

/// A client that was just registered.
#[derive(Debug)]
pub struct Registered {
    /// Its id.
    pub client_id: String,
    /// Its secret, returned only here; `None` for a method without one.
    pub secret: Option<ClientSecret>,
}

/// A secret of a client, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretSummary {
    /// Its id.
    pub id: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds; `None`: until it is replaced.
    pub expires_at: Option<i64>,
    /// Unix seconds, to within some ten; `None` if it was never used.
    pub last_used_at: Option<i64>,
}

/// A client, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSummary {
    /// Its id.
    pub client_id: String,
    /// For people.
    pub name: String,
    /// How it authenticates.
    pub method: AuthMethod,
    /// Space separated.
    pub scopes: String,
    /// In comparable form.
    pub resources: Vec<String>,
    /// Whether it may authenticate.
    pub enabled: bool,
    /// Live secrets.
    pub secrets: usize,
}

impl Admin {
    pub(crate) const fn new(authority: Arc<Authority>) -> Self {
        Self { authority }
    }

    /// Who the authority is.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        &self.authority.config.issuer
    }

    /// All clients by id.
    #[must_use]
    pub fn clients(&self) -> Vec<ClientSummary> {
        let now = self.authority.clock.now();
        let live = |end: &Option<i64>| end.is_none_or(|end| end > now);
        let summary = |client: &Arc<Client>| ClientSummary {
            client_id: client.id.clone(),
            name: client.name.clone(),
            method: client.method,
            scopes: client.scopes.to_string(),
            resources: client.resources.clone(),
            enabled: client.enabled,
            secrets: match client.method {
                AuthMethod::ClientSecretJwt => client
                    .assertion_keys
                    .iter()
                    .filter(|key| live(&key.expires_at))
                    .count(),
                _ => client
                    .secrets
                    .iter()
                    .filter(|secret| live(&secret.expires_at))
                    .count(),
            },
        };
        self.authority
            .registry
            .clients()
            .iter()
            .map(summary)
            .collect()
    }

    /// Moves the keys of an algorithm on: next → current → retiring. Gives the `kid` that signs from now on.
    ///
    /// # Errors
    ///
    /// When the next key was published too recently for a planned rotation, or there are no keys for this algorithm.
    pub async fn rotate_signing_key(
        &self,
        algorithm: Algorithm,
        urgency: Urgency,
    ) -> Result<String, AdminError> {
        let authority = &self.authority;
        let config = &authority.config;
        let _one = self.authority.changing.lock().await;
        let keys = authority.keys.snapshot();
        let longest = i64::from(config.lifetimes.max);
        let step = rotate(&keys, algorithm, urgency, authority.clock.now(), longest)?;
        let changes = step.to_changes(&config.master_key, &authority.random)?;
        authority.store.commit(changes).await?;
        authority.catch_up().await?;
        let kid = step.promoted.kid.clone();
        let event = self.event(Kind::KeysRotated).detail("kid", kid.as_str());
        let removed: Vec<String> = step.removed.into_iter().map(|key| key.kid).collect();
        let event = event.detail("removed", removed);
        authority.audit.record(event).await?;
        authority.say(
            Level::Info,
            "signing key rotated",
            &[("alg", algorithm.to_string()), ("kid", kid.clone())],
        );
        Ok(kid)
    }

    /// Verifies the whole audit log; returns the number of its records.
    ///
    /// # Errors
    ///
    /// When a record was changed, removed or swapped, or the log cannot be read.
    pub async fn verify_audit(&self) -> Result<i64, AuditError> {
        self.authority.audit.verify().await
    }

    fn event(&self, kind: Kind) -> Event {
        Event::new(kind, self.authority.clock.now())
    }
}
