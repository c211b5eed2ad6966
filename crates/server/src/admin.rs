//! What can be changed while the authority runs. Each change is in the store, then in memory, then in the audit log, and holds
//! for the next request.

use crate::audit::{AuditError, Event, Kind};
use crate::authority::Authority;
use crate::client::{Client, InvalidRegistration, Registration, check_lifetime};
use crate::keys::{Purpose, RotationError, SealError, SigningKeyError, TooSoon, Urgency, rotate};
use crate::log::Level;
use crate::random::NoRandomness;
use crate::resource::{Resource, comparable};
use crate::secrets::{SALT, SecretHash, generate};
use crate::store::{ClientChange, ClientRow, KeyStoreError, NewSecret, StoreError};
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
    /// Its secret, told this once; `None` for a method without one.
    pub secret: Option<ClientSecret>,
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
    /// Whether it is let in.
    pub enabled: bool,
    /// Live secrets.
    pub secrets: usize,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// There is no client of that id.
    #[error("there is no client {0}")]
    UnknownClient(String),
    /// There is a client of that id already.
    #[error("there is a client {0} already")]
    Taken(String),
    /// What was asked for cannot be.
    #[error(transparent)]
    Invalid(#[from] InvalidRegistration),
    /// The next key is not known to everyone yet.
    #[error(transparent)]
    TooSoon(#[from] TooSoon),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key could not be made, sealed or opened.
    #[error(transparent)]
    Keys(#[from] KeyStoreError),
    /// The audit log did not take it.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// A secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A secret could not be hashed: too many others at once, or parameters that Argon2 does not take.
    #[error("the secret could not be hashed")]
    Hash,
}

impl From<RotationError> for AdminError {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::TooSoon(soon) => Self::TooSoon(soon),
            RotationError::NoKeys(_) => Self::Invalid(InvalidRegistration(error.to_string())),
            RotationError::Key(key) => key.into(),
        }
    }
}

impl From<SigningKeyError> for AdminError {
    fn from(error: SigningKeyError) -> Self {
        Self::Keys(error.into())
    }
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

    /// Adds a resource, or changes the one with the same identifier.
    ///
    /// # Errors
    ///
    /// When the identifier is empty, its lifetime is out of bounds, or its algorithm is not among those of the authority.
    pub async fn put_resource(&self, resource: Resource) -> Result<(), AdminError> {
        let config = &self.authority.config;
        let no = |what: &str| Err(InvalidRegistration(what.to_owned()).into());
        if !resource
            .identifier
            .bytes()
            .all(|byte| byte.is_ascii_graphic())
            || resource.identifier.is_empty()
        {
            return no("a resource is named by printable ASCII characters without space");
        }
        if resource.identifier.contains('#') {
            return no("a resource has no fragment");
        }
        if let Some(algorithm) = resource.algorithm
            && !config.algorithms.contains(&algorithm)
        {
            return no("the authority has no keys for this algorithm");
        }
        if let Some(lifetime) = resource.lifetime {
            check_lifetime(lifetime, config.lifetimes)?;
        }
        let _one = self.authority.changing.lock().await;
        let known = self
            .authority
            .registry
            .resource(&comparable(&resource.identifier));
        if known.is_some_and(|known| known.identifier != resource.identifier) {
            return no("another spelling of this resource is registered");
        }
        self.authority.store.put_resource(&resource).await?;
        let event = self.event(Kind::ResourceChanged);
        let event = event.detail("resource", resource.identifier.as_str());
        self.authority.registry.put_resource(resource);
        Ok(self.authority.audit.record(event).await?)
    }

    /// Registers a client; where its method needs a secret, one is generated.
    ///
    /// # Errors
    ///
    /// When the id is taken, or what is registered cannot be.
    pub async fn register(&self, registration: Registration) -> Result<Registered, AdminError> {
        let authority = &self.authority;
        registration.check(authority.config.lifetimes)?;
        for resource in &registration.resources {
            if authority.registry.resource(&comparable(resource)).is_none() {
                let what = format!("there is no resource {resource}: add it first");
                return Err(InvalidRegistration(what).into());
            }
        }
        let client_id = match &registration.id {
            Some(id) => id.clone(),
            None => authority.random.name()?,
        };
        let hash = SecretHash {
            salt: authority.random.bytes::<SALT>()?,
            cost: authority.config.hash_cost,
        };
        let secret = self
            .new_secret(&client_id, registration.method, hash)
            .await?;
        let row = row(&client_id, &registration, hash, authority.clock.now());

        let _one = self.authority.changing.lock().await;
        let kept = secret.as_ref().map(|(_, kept)| kept);
        if !authority.store.insert_client(&row, kept).await? {
            return Err(AdminError::Taken(client_id));
        }
        self.reload(&client_id).await?;
        let event = self.event(Kind::ClientRegistered).client(&client_id);
        let event = event.detail("method", registration.method.as_str());
        authority.audit.record(event).await?;
        Ok(Registered {
            client_id,
            secret: secret.map(|(secret, _)| secret),
        })
    }

    /// Gives a client another secret; those that it has live on for `overlap` seconds.
    ///
    /// # Errors
    ///
    /// When there is no such client, or its method has no secret.
    pub async fn add_secret(
        &self,
        client_id: &str,
        overlap: u32,
    ) -> Result<ClientSecret, AdminError> {
        let authority = &self.authority;
        let _one = self.authority.changing.lock().await;
        let client = authority
            .registry
            .client(client_id)
            .ok_or_else(|| AdminError::UnknownClient(client_id.to_owned()))?;
        let secret = self
            .new_secret(client_id, client.method, client.hash)
            .await?;
        let Some((secret, kept)) = secret else {
            let what = "the authentication method of this client has no secret";
            return Err(InvalidRegistration(what.to_owned()).into());
        };
        let now = authority.clock.now();
        let others_end = now + i64::from(overlap);
        authority
            .store
            .add_secret(client_id, &kept, now, others_end)
            .await?;
        self.reload(client_id).await?;
        let event = self.event(Kind::SecretAdded).client(client_id);
        let event = event.detail("others_end", others_end);
        authority.audit.record(event).await?;
        Ok(secret)
    }

    /// Lets a client in, or keeps it out, from the next request on.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn set_enabled(&self, client_id: &str, enabled: bool) -> Result<(), AdminError> {
        let change = ClientChange::Enabled(enabled);
        let event = self.event(Kind::ClientChanged).detail("enabled", enabled);
        self.change(client_id, change, event).await
    }

    /// Makes everything void that this client signed before now.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn revoke_before_now(&self, client_id: &str) -> Result<(), AdminError> {
        let now = self.authority.clock.now();
        let change = ClientChange::NotBefore(now);
        let event = self.event(Kind::ClientChanged).detail("not_before", now);
        self.change(client_id, change, event).await
    }

    /// Lets a client's assertions name the token endpoint as their audience until `until` (unix seconds), or no more: for clients
    /// that are being moved to the issuer (RFC 10070, operational considerations). Each use is logged.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn accept_token_endpoint_audience(
        &self,
        client_id: &str,
        until: Option<i64>,
    ) -> Result<(), AdminError> {
        let change = ClientChange::EndpointAudienceUntil(until);
        let event = self.event(Kind::ClientChanged);
        let event = event.detail("endpoint_audience_until", until);
        self.change(client_id, change, event).await
    }

    /// Forgets a client and its secrets.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn delete_client(&self, client_id: &str) -> Result<(), AdminError> {
        let authority = &self.authority;
        let _one = self.authority.changing.lock().await;
        if !authority.store.delete_client(client_id).await? {
            return Err(AdminError::UnknownClient(client_id.to_owned()));
        }
        authority.registry.remove_client(client_id);
        let event = self.event(Kind::ClientDeleted).client(client_id);
        Ok(authority.audit.record(event).await?)
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
        authority
            .store
            .rotate_signing_keys(&step, &config.master_key, &authority.random)
            .await?;
        authority.keys.replace(step.applied_to(&keys));
        let kid = step.promoted.kid.clone();
        let event = self.event(Kind::KeysRotated).detail("kid", kid.as_str());
        let event = event.detail("removed", step.removed);
        authority.audit.record(event).await?;
        authority.say(
            Level::Info,
            "signing key rotated",
            &[("alg", algorithm.to_string()), ("kid", kid.clone())],
        );
        Ok(kid)
    }

    /// Walks the whole audit log; gives the number of its records.
    ///
    /// # Errors
    ///
    /// When a record was changed, removed or swapped, or the log cannot be read.
    pub async fn verify_audit(&self) -> Result<i64, AuditError> {
        self.authority.audit.verify().await
    }

    async fn change(
        &self,
        client_id: &str,
        change: ClientChange,
        event: Event,
    ) -> Result<(), AdminError> {
        let _one = self.authority.changing.lock().await;
        if !self
            .authority
            .store
            .change_client(client_id, change)
            .await?
        {
            return Err(AdminError::UnknownClient(client_id.to_owned()));
        }
        self.reload(client_id).await?;
        Ok(self.authority.audit.record(event.client(client_id)).await?)
    }

    /// Brings what the store says about a client into memory.
    async fn reload(&self, client_id: &str) -> Result<(), AdminError> {
        let authority = &self.authority;
        match authority.store.client(client_id).await? {
            Some((row, secrets)) => {
                let client = Client::read(row, secrets, &authority.config.master_key)
                    .map_err(InvalidRegistration)?;
                authority.registry.put_client(client);
            }
            None => authority.registry.remove_client(client_id),
        }
        Ok(())
    }

    async fn new_secret(
        &self,
        client_id: &str,
        method: AuthMethod,
        how: SecretHash,
    ) -> Result<Option<(ClientSecret, NewSecret)>, AdminError> {
        let authority = &self.authority;
        let kept = |secret: &ClientSecret| {
            authority.config.master_key.seal(
                Purpose::ClientSecret,
                client_id,
                secret.expose().as_bytes(),
                &authority.random,
            )
        };
        match method {
            AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost => {
                let secret = generate(&authority.random)?;
                let hash = authority.hashes.hash(how, &secret).await;
                let hash = hash.map_err(|_| AdminError::Hash)?;
                let hash = hash.map_err(|_| AdminError::Hash)?;
                Ok(Some((secret, NewSecret::Hashed(*hash))))
            }
            AuthMethod::ClientSecretJwt => {
                let secret = generate(&authority.random)?;
                let sealed = kept(&secret)?;
                Ok(Some((secret, NewSecret::Sealed(sealed))))
            }
            AuthMethod::PrivateKeyJwt
            | AuthMethod::TlsClientAuth
            | AuthMethod::SelfSignedTlsClientAuth
            | AuthMethod::None => Ok(None),
        }
    }

    fn event(&self, kind: Kind) -> Event {
        Event::new(kind, self.authority.clock.now())
    }
}

fn row(client_id: &str, registration: &Registration, hash: SecretHash, now: i64) -> ClientRow {
    let grants: Vec<&str> = registration
        .grants
        .iter()
        .map(|grant| grant.as_str())
        .collect();
    let list = |names: &[String]| serde_json::Value::from(names.to_vec()).to_string();
    ClientRow {
        id: client_id.to_owned(),
        name: registration.name.clone(),
        method: registration.method.as_str().to_owned(),
        grants: grants.join(" "),
        scopes: registration.scopes.to_string(),
        resources: list(&registration.resources),
        default_resources: list(&registration.default_resources),
        lifetime: registration.lifetime,
        enabled: true,
        jwks: registration.jwks.clone(),
        assertion_algorithm: registration
            .assertion_algorithm
            .map(|algorithm| algorithm.as_str().to_owned()),
        endpoint_audience_until: None,
        not_before: 0,
        hash_salt: hash.salt.to_vec(),
        hash_memory_kib: hash.cost.memory_kib,
        hash_passes: hash.cost.passes,
        version: 1,
        created_at: now,
    }
}
