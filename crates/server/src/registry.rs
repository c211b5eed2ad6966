//! Clients and resources in memory: what a request reads, and what a change replaces.

use crate::client::Client;
use crate::resource::{Resource, comparable};
use jeton_oauth::Scopes;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

/// All clients and resources. A reader holds the lock for one look-up; nothing waits while it is held.
#[derive(Default)]
pub(crate) struct Registry {
    clients: RwLock<HashMap<String, Arc<Client>>>,
    resources: RwLock<HashMap<String, Arc<Resource>>>,
}

impl Registry {
    pub(crate) fn client(&self, id: &str) -> Option<Arc<Client>> {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        clients.get(id).cloned()
    }

    /// All clients by id.
    pub(crate) fn clients(&self) -> Vec<Arc<Client>> {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = clients.values().cloned().collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// Adds a client, or puts it in place of the one with its id.
    pub(crate) fn put_client(&self, client: Client) {
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        clients.insert(client.id.clone(), Arc::new(client));
    }

    pub(crate) fn remove_client(&self, id: &str) {
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        clients.remove(id);
    }

    /// The resource with this identifier in comparable form.
    pub(crate) fn resource(&self, comparable: &str) -> Option<Arc<Resource>> {
        let resources = self
            .resources
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        resources.get(comparable).cloned()
    }

    /// Adds a resource, or puts it in place of the one with its identifier.
    pub(crate) fn put_resource(&self, resource: Resource) {
        let mut resources = self
            .resources
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        resources.insert(comparable(&resource.identifier), Arc::new(resource));
    }

    /// Every scope that some resource says it understands, sorted.
    pub(crate) fn scopes(&self) -> Vec<String> {
        let resources = self
            .resources
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let scopes: BTreeSet<&str> = resources
            .values()
            .filter_map(|resource| resource.scopes.as_ref())
            .flat_map(Scopes::iter)
            .collect();
        scopes.into_iter().map(str::to_owned).collect()
    }
}
