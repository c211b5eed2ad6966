//! The cache of one process, for those that must leave nothing on disk.

use super::entry::Entry;
use super::key::CacheKey;
use super::{Filter, Listed};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Entries in memory, wiped when they go.
#[derive(Debug, Default)]
pub struct MemoryCache(Mutex<BTreeMap<CacheKey, Entry>>);

impl MemoryCache {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn read(&self, key: &CacheKey) -> Option<Entry> {
        self.entries().get(key).cloned()
    }

    pub(super) fn write(&self, key: &CacheKey, entry: &Entry) {
        self.entries().insert(*key, entry.clone());
    }

    pub(super) fn remove(&self, key: &CacheKey) -> bool {
        self.entries().remove(key).is_some()
    }

    pub(super) fn list(&self) -> Vec<Listed> {
        self.entries()
            .iter()
            .map(|(key, entry)| Listed {
                key: *key,
                entry: Ok(entry.clone()),
            })
            .collect()
    }

    pub(super) fn clear(&self, filter: &Filter<'_>) -> usize {
        let mut entries = self.entries();
        let before = entries.len();
        entries.retain(|key, entry| !filter.takes(key, entry));
        before - entries.len()
    }

    /// A thread that panicked cannot have left an entry half-way: each change is one call.
    fn entries(&self) -> MutexGuard<'_, BTreeMap<CacheKey, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
