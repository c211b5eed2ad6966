//! A key set in memory, and as it is cached on disk.

use super::key_set::KeySet;
use super::location::KeySetLocation;
use super::rules::Rules;
use super::verdict::Verdict;
use crate::context::FetchContext;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A key set in memory.
#[derive(Clone)]
pub(super) struct LoadedKeySet {
    pub(super) keys: Arc<KeySet>,
    /// When it was requested.
    pub(super) fetched_at: i64,
    /// Until when it is used without a fetch.
    pub(super) good_until: i64,
    /// When it was last fetched because of an unknown `kid`, successfully or not.
    pub(super) refetched_at: Option<i64>,
}

impl LoadedKeySet {
    /// Validates, and notes the age of a cached key set: a key that was withdrawn since then still verifies.
    pub(super) fn validate(&self, rules: &Rules, token: &str, at: i64, now: i64) -> Verdict {
        let mut verdict = rules.validate(token, &self.keys, at);
        let age = now.saturating_sub(self.fetched_at);
        if self.fetched_at > 0 && age > 0 {
            verdict.note_age_of_keys(age);
        }
        verdict
    }
}

/// A key set as it is cached. The cache is sealed: who could change it could sign tokens.
#[derive(Serialize, Deserialize)]
pub(super) struct CachedKeySet {
    #[serde(default)]
    pub(super) fetched_at: i64,
    pub(super) good_until: i64,
    #[serde(default)]
    pub(super) refetched_at: Option<i64>,
    pub(super) document: String,
}

impl CachedKeySet {
    /// The set on disk, if it is still fresh.
    pub(super) fn load(
        context: &FetchContext<'_>,
        location: &KeySetLocation,
    ) -> Option<LoadedKeySet> {
        let cached = Self::read(context, location)?;
        let fresh = context.clock.now() < cached.good_until;
        let keys = fresh.then(|| KeySet::parse(cached.document.as_bytes()).ok())??;
        Some(LoadedKeySet {
            keys: Arc::new(keys),
            fetched_at: cached.fetched_at,
            good_until: cached.good_until,
            refetched_at: cached.refetched_at,
        })
    }

    /// Records on disk that a fetch failed.
    pub(super) fn touch(context: &FetchContext<'_>, location: &KeySetLocation, now: i64) {
        if let Some(mut cached) = Self::read(context, location) {
            cached.refetched_at = Some(now);
            cached.store(context, location);
        }
    }

    /// Writes the set. A set that cannot be cached is fetched again the next time, so a failure is ignored.
    pub(super) fn store(&self, context: &FetchContext<'_>, location: &KeySetLocation) {
        if let Ok(bytes) = serde_json::to_vec(self) {
            let key = location.document_key();
            let _ = context.cache.write_document(&key, &bytes);
        }
    }

    fn read(context: &FetchContext<'_>, location: &KeySetLocation) -> Option<Self> {
        let bytes = context.cache.read_document(&location.document_key())?;
        serde_json::from_slice(&bytes).ok()
    }
}
