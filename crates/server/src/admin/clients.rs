//! Clients and their secrets.

use super::{Admin, AdminError, Registered};
use crate::audit::{Event, Kind};
use crate::client::{Client, InvalidRegistration, Registration};
use crate::keys::Purpose;
use crate::resource::comparable;
use crate::secrets::{SALT, SecretHash, generate};
use crate::store::{ClientChange, ClientRow, NewSecret};
use jeton_oauth::{AuthMethod, ClientSecret};

impl Admin {
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
                let turn = authority.hashes.turn().await;
                let hash = turn.map_err(|_| AdminError::Hash)?.hash(how, &secret).await;
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
