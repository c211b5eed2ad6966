//! Clients and their secrets.

use super::{Admin, AdminError, Registered, SecretSummary};
use crate::audit::{Event, Kind};
use crate::client::{
    ClientDocument, InvalidRegistration, Registration, SecretDocument, SecretValue,
};
use crate::keys::Purpose;
use crate::resource::comparable;
use crate::secrets::generate;
use crate::store::{Change, Entity, EntityKind, StoreError};
use jeton_oauth::{AuthMethod, ClientSecret};
use serde_json::Map;

impl Admin {
    /// Registers a client; where its method needs a secret, one is generated.
    ///
    /// # Errors
    ///
    /// When the id is taken, or the registration is invalid.
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
        let now = authority.clock.now();
        let secret = self.new_secret(&client_id, registration.method, now)?;
        let kept = secret.iter().map(|(_, kept)| kept.clone()).collect();
        let document = document(&registration, kept, now);

        let _one = self.authority.changing.lock().await;
        let change = Change::Insert {
            kind: EntityKind::Client,
            id: client_id.clone(),
            document: text(&document)?,
        };
        match authority.store.commit(vec![change]).await {
            Ok(_) => {}
            Err(error) if error.is_conflict() => return Err(AdminError::Taken(client_id)),
            Err(error) => return Err(error.into()),
        }
        authority.catch_up().await?;
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
        let client = authority
            .registry
            .client(client_id)
            .ok_or_else(|| AdminError::UnknownClient(client_id.to_owned()))?;
        let now = authority.clock.now();
        let Some((secret, kept)) = self.new_secret(client_id, client.method, now)? else {
            let what = "the authentication method of this client has no secret";
            return Err(InvalidRegistration(what.to_owned()).into());
        };
        let others_end = now + i64::from(overlap);
        let event = self.event(Kind::SecretAdded);
        let event = event.detail("others_end", others_end);
        self.edit(client_id, event, |document| {
            let live = |secret: &SecretDocument| secret.expires_at.is_none_or(|end| end > now);
            document.secrets.retain(live);
            for other in &mut document.secrets {
                let end = other.expires_at.unwrap_or(others_end);
                other.expires_at = Some(end.min(others_end));
            }
            document.secrets.push(kept.clone());
        })
        .await?;
        Ok(secret)
    }

    /// The secrets of a client, oldest first.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn secrets(&self, client_id: &str) -> Result<Vec<SecretSummary>, AdminError> {
        let authority = &self.authority;
        authority.flush_uses().await;
        let document = self.read(client_id).await?.1;
        let ids = document.secrets.iter().map(|secret| secret.id.clone());
        let uses = authority.store.uses(ids.collect()).await?;
        let last_used_at = |id: &str| uses.iter().find(|(used, _)| used == id).map(|(_, at)| *at);
        let summary = |secret: &SecretDocument| SecretSummary {
            id: secret.id.clone(),
            created_at: secret.created_at,
            expires_at: secret.expires_at,
            last_used_at: last_used_at(&secret.id),
        };
        Ok(document.secrets.iter().map(summary).collect())
    }

    /// Lets a client in, or keeps it out, from the next request on.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn set_enabled(&self, client_id: &str, enabled: bool) -> Result<(), AdminError> {
        let event = self.event(Kind::ClientChanged).detail("enabled", enabled);
        self.edit(client_id, event, |document| document.enabled = enabled)
            .await
    }

    /// Makes everything void that this client signed before now.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn revoke_before_now(&self, client_id: &str) -> Result<(), AdminError> {
        let now = self.authority.clock.now();
        let event = self.event(Kind::ClientChanged).detail("not_before", now);
        self.edit(client_id, event, |document| document.not_before = now)
            .await
    }

    /// Accepts the token endpoint as the audience of a client's assertions until `until` (unix seconds), or never: for clients
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
        let event = self.event(Kind::ClientChanged);
        let event = event.detail("endpoint_audience_until", until);
        self.edit(client_id, event, |document| {
            document.endpoint_audience_until = until;
        })
        .await
    }

    /// Forgets a client and its secrets.
    ///
    /// # Errors
    ///
    /// When there is no such client.
    pub async fn delete_client(&self, client_id: &str) -> Result<(), AdminError> {
        let authority = &self.authority;
        let _one = authority.changing.lock().await;
        let Some(entity) = authority
            .store
            .entity(EntityKind::Client, client_id)
            .await?
        else {
            return Err(AdminError::UnknownClient(client_id.to_owned()));
        };
        let change = Change::Delete {
            kind: EntityKind::Client,
            id: entity.id,
            version: entity.version,
        };
        authority.store.commit(vec![change]).await?;
        authority.catch_up().await?;
        let event = self.event(Kind::ClientDeleted).client(client_id);
        Ok(authority.audit.record(event).await?)
    }

    /// Changes the document of a client, and writes down `event` once it has changed.
    async fn edit(
        &self,
        client_id: &str,
        event: Event,
        edit: impl Fn(&mut ClientDocument),
    ) -> Result<(), AdminError> {
        let authority = &self.authority;
        let _one = authority.changing.lock().await;
        let (entity, mut document) = self.read(client_id).await?;
        edit(&mut document);
        let change = Change::Update {
            kind: EntityKind::Client,
            id: entity.id,
            version: entity.version,
            document: text(&document)?,
        };
        authority.store.commit(vec![change]).await?;
        authority.catch_up().await?;
        Ok(authority.audit.record(event.client(client_id)).await?)
    }

    /// A client as the store has it.
    async fn read(&self, client_id: &str) -> Result<(Entity, ClientDocument), AdminError> {
        let kind = EntityKind::Client;
        let entity = self.authority.store.entity(kind, client_id).await?;
        let entity = entity.ok_or_else(|| AdminError::UnknownClient(client_id.to_owned()))?;
        let unreadable = |_| StoreError::Unreadable {
            kind: kind.as_str(),
            id: client_id.to_owned(),
        };
        let document = ClientDocument::parse(&entity.document).map_err(unreadable)?;
        Ok((entity, document))
    }

    /// A new secret for this method, and what the store keeps of it; `None` for a method without one.
    fn new_secret(
        &self,
        client_id: &str,
        method: AuthMethod,
        now: i64,
    ) -> Result<Option<(ClientSecret, SecretDocument)>, AdminError> {
        let authority = &self.authority;
        let value = |secret: &ClientSecret| match method {
            AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost => {
                let hash = authority.secrets.hash(client_id, secret);
                Ok(Some(SecretValue::Keyed(hash)))
            }
            AuthMethod::ClientSecretJwt => {
                let sealed = authority.config.master_key.seal(
                    Purpose::ClientSecret,
                    client_id,
                    secret.expose().as_bytes(),
                    &authority.random,
                )?;
                Ok(Some(SecretValue::Sealed(sealed)))
            }
            AuthMethod::PrivateKeyJwt
            | AuthMethod::TlsClientAuth
            | AuthMethod::SelfSignedTlsClientAuth
            | AuthMethod::None => Ok::<_, AdminError>(None),
        };
        let secret = generate(&authority.random)?;
        let Some(value) = value(&secret)? else {
            return Ok(None);
        };
        let kept = SecretDocument {
            id: authority.random.name()?,
            value,
            created_at: now,
            expires_at: None,
            other: Map::new(),
        };
        Ok(Some((secret, kept)))
    }
}

fn text(document: &ClientDocument) -> Result<String, AdminError> {
    let invalid = |error: serde_json::Error| InvalidRegistration(error.to_string());
    Ok(document.to_text().map_err(invalid)?)
}

fn document(registration: &Registration, secrets: Vec<SecretDocument>, now: i64) -> ClientDocument {
    let grants: Vec<&str> = registration
        .grants
        .iter()
        .map(|grant| grant.as_str())
        .collect();
    ClientDocument {
        name: registration.name.clone(),
        method: registration.method.as_str().to_owned(),
        grants: grants.join(" "),
        scopes: registration.scopes.to_string(),
        resources: registration.resources.clone(),
        default_resources: registration.default_resources.clone(),
        lifetime: registration.lifetime,
        enabled: true,
        jwks: registration.jwks.clone(),
        assertion_algorithm: registration
            .assertion_algorithm
            .map(|algorithm| algorithm.as_str().to_owned()),
        endpoint_audience_until: None,
        not_before: 0,
        created_at: now,
        secrets,
        other: Map::new(),
    }
}
