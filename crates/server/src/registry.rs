//! Clients and resources in memory: what a request reads, and what a change replaces.

use crate::client::Client;
use crate::resource::{Resource, comparable};
use jeton_oauth::Scopes;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// All clients and resources. A reader holds the lock for one look-up; nothing waits while it is held.
#[derive(Default)]
pub(crate) struct Registry {
    clients: Table<Client>,
    /// By the comparable form of the identifier.
    resources: Table<Resource>,
}

impl Registry {
    pub(crate) fn client(&self, id: &str) -> Option<Arc<Client>> {
        self.clients.read().get(id).cloned()
    }

    /// All clients by id.
    pub(crate) fn clients(&self) -> Vec<Arc<Client>> {
        let mut all: Vec<_> = self.clients.read().values().cloned().collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// Adds a client, or replaces the one with its id.
    pub(crate) fn put_client(&self, client: Client) {
        let id = client.id.clone();
        self.clients.write().insert(id, Arc::new(client));
    }

    pub(crate) fn remove_client(&self, id: &str) {
        self.clients.write().remove(id);
    }

    /// The resource with this identifier in comparable form.
    pub(crate) fn resource(&self, comparable: &str) -> Option<Arc<Resource>> {
        self.resources.read().get(comparable).cloned()
    }

    /// Adds a resource, or replaces the one with its identifier.
    pub(crate) fn put_resource(&self, resource: Resource) {
        let key = comparable(&resource.identifier);
        self.resources.write().insert(key, Arc::new(resource));
    }

    pub(crate) fn remove_resource(&self, identifier: &str) {
        self.resources.write().remove(&comparable(identifier));
    }

    /// Every scope that some resource says it understands, sorted.
    pub(crate) fn scopes(&self) -> Vec<String> {
        let resources = self.resources.read();
        let scopes: BTreeSet<&str> = resources
            .values()
            .filter_map(|resource| resource.scopes.as_ref())
            .flat_map(Scopes::iter)
            .collect();
        scopes.into_iter().map(str::to_owned).collect()
    }

    /// Forgets everything, before all is read again.
    pub(crate) fn clear(&self) {
        self.clients.write().clear();
        self.resources.write().clear();
    }
}

/// A map that many read.
struct Table<V>(RwLock<HashMap<String, Arc<V>>>);

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<V> Table<V> {
    fn read(&self) -> RwLockReadGuard<'_, HashMap<String, Arc<V>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, Arc<V>>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
