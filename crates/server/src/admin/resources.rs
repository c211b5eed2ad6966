//! Resources.

use super::{Admin, AdminError};
use crate::audit::Kind;
use crate::client::{InvalidRegistration, check_lifetime};
use crate::resource::{Resource, comparable};
use crate::store::{Change, Entity, EntityKind};

impl Admin {
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
        let (store, kind) = (&self.authority.store, EntityKind::Resource);
        let before = store.entity(kind, &resource.identifier).await?;
        let document = resource.to_document(before.as_ref());
        let id = resource.identifier.clone();
        let change = match before {
            None => Change::Insert { kind, id, document },
            Some(Entity { version, .. }) => Change::Update {
                kind,
                id,
                version,
                document,
            },
        };
        store.commit(vec![change]).await?;
        self.authority.catch_up().await?;
        let event = self.event(Kind::ResourceChanged);
        let event = event.detail("resource", resource.identifier);
        Ok(self.authority.audit.record(event).await?)
    }
}
