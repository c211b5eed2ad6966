//! The signing keys as requests see them: read by all, replaced when they rotate.

use super::{KeyState, SigningKey};
use jeton_oauth::Algorithm;
use serde_json::{Value, json};
use std::sync::{Arc, PoisonError, RwLock};

/// How long others may keep the published key set, in seconds; and so how long a key is published before it signs.
pub(crate) const PUBLISHED_FOR: i64 = 300;

/// All signing keys, parsed.
pub(crate) struct KeyRing(RwLock<Arc<Vec<SigningKey>>>);

impl KeyRing {
    pub(crate) fn new(keys: Vec<SigningKey>) -> Self {
        Self(RwLock::new(Arc::new(keys)))
    }

    /// What there is now.
    pub(crate) fn snapshot(&self) -> Arc<Vec<SigningKey>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a key, or replaces the one with its `kid`.
    pub(crate) fn put(&self, key: SigningKey) {
        self.change(|keys| {
            keys.retain(|other| other.kid != key.kid);
            keys.push(key);
            keys.sort_by(|a, b| (a.created_at, &a.kid).cmp(&(b.created_at, &b.kid)));
        });
    }

    /// Removes a key.
    pub(crate) fn remove(&self, kid: &str) {
        self.change(|keys| keys.retain(|key| key.kid != kid));
    }

    /// Forgets all keys, before all are read again.
    pub(crate) fn clear(&self) {
        self.change(Vec::clear);
    }

    fn change(&self, change: impl FnOnce(&mut Vec<SigningKey>)) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut keys = all.to_vec();
        change(&mut keys);
        *all = Arc::new(keys);
    }

    /// Runs `with` on the key that signs for `algorithm`.
    pub(crate) fn current<T>(
        &self,
        algorithm: Algorithm,
        with: impl FnOnce(&SigningKey) -> T,
    ) -> Option<T> {
        self.snapshot()
            .iter()
            .find(|key| key.algorithm == algorithm && key.state == KeyState::Current)
            .map(with)
    }

    /// The key set of RFC 7517 section 5: current, next, and retiring until their last token ends, always in the same order.
    pub(crate) fn published(&self, now: i64) -> Value {
        let all = self.snapshot();
        let mut keys: Vec<&SigningKey> = all
            .iter()
            .filter(|key| key.retire_at.is_none_or(|end| end > now))
            .collect();
        keys.sort_by_key(|key| (key.state, &key.kid));
        let keys: Vec<&Value> = keys.iter().map(|key| &key.published).collect();
        json!({ "keys": keys })
    }
}
