//! The key set of an issuer: fetched, cached, and fetched again when a token names a key that the set lacks.

use super::cached_keys::{CachedKeySet, LoadedKeySet};
use super::fetch::fetch;
use super::key_set::KeySet;
use super::location::KeySetLocation;
use super::rules::Rules;
use super::verdict::Verdict;
use crate::context::FetchContext;
use crate::error::ClientError;
use crate::event::Event;
use crate::timer::before;
use crate::transport::{NetworkKind, TransportError};
use futures_util::lock::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// For an unknown `kid`, fetch at most once in this time (30 s), whether or not the fetch succeeds: a flood of tokens
/// with invented key ids must not become a flood of requests.
const HOLD_OFF: i64 = 30;

/// The key set of one location, in this process.
#[derive(Default)]
pub(crate) struct RemoteKeys {
    held: Mutex<Option<LoadedKeySet>>,
    /// One task fetches, the others wait for its result.
    flight: AsyncMutex<()>,
}

impl RemoteKeys {
    /// Validates a token with cached keys. `None` if keys must be fetched first: there is no fresh set, or the token
    /// names a key that the set lacks.
    pub(crate) fn validate_cached(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        rules: &Rules,
        token: &str,
        now: i64,
    ) -> Option<Verdict> {
        let held = self.cached(context, location)?;
        let verdict = held.validate(rules, token, now, context.clock.now());
        (!verdict.names_an_unknown_key()).then_some(verdict)
    }

    /// Validates a token with cached keys; if it names an unknown key, fetches the set and validates again.
    ///
    /// # Errors
    /// If the key set cannot be fetched.
    pub(crate) async fn validate(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        rules: &Rules,
        token: &str,
        now: i64,
        deadline: Instant,
    ) -> Result<Verdict, ClientError> {
        let (held, new) = self.current(context, location, deadline).await?;
        let verdict = held.validate(rules, token, now, context.clock.now());
        if new || !verdict.names_an_unknown_key() {
            return Ok(verdict);
        }
        match self.newer(context, location, &held, deadline).await? {
            Some(held) => Ok(held.validate(rules, token, now, context.clock.now())),
            None => Ok(verdict),
        }
    }

    /// The set, and whether it was just fetched.
    async fn current(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        deadline: Instant,
    ) -> Result<(LoadedKeySet, bool), ClientError> {
        if let Some(held) = self.cached(context, location) {
            return Ok((held, false));
        }
        let _flight = self.lock(context, location, deadline).await?;
        if let Some(held) = self.cached(context, location) {
            return Ok((held, false));
        }
        let refetched_at = self.slot().as_ref().and_then(|held| held.refetched_at);
        let held = self
            .fetch(context, location, refetched_at, deadline)
            .await?;
        Ok((held, true))
    }

    /// The cached set, if it is still fresh: from memory, else from disk.
    fn cached(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
    ) -> Option<LoadedKeySet> {
        let now = context.clock.now();
        let remembered = self.slot().clone().filter(|held| now < held.good_until);
        if remembered.is_some() {
            return remembered;
        }
        let held = CachedKeySet::load(context, location)?;
        context.tell(&Event::KeysRead {
            keys: held.keys.len(),
            cached: true,
        });
        *self.slot() = Some(held.clone());
        Some(held)
    }

    /// A newer set than the one that lacks the key; `None` during the hold-off.
    async fn newer(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        old: &LoadedKeySet,
        deadline: Instant,
    ) -> Result<Option<LoadedKeySet>, ClientError> {
        let _flight = self.lock(context, location, deadline).await?;
        let known = self.slot().clone().unwrap_or_else(|| old.clone());
        if !Arc::ptr_eq(&known.keys, &old.keys) {
            return Ok(Some(known));
        }
        let now = context.clock.now();
        if known
            .refetched_at
            .is_some_and(|then| (0..HOLD_OFF).contains(&(now - then)))
        {
            return Ok(None);
        }
        let result = self.fetch(context, location, Some(now), deadline).await;
        if result.is_err() {
            CachedKeySet::touch(context, location, now);
            *self.slot() = Some(LoadedKeySet {
                refetched_at: Some(now),
                ..known
            });
        }
        result.map(Some)
    }

    async fn fetch(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        refetched_at: Option<i64>,
        deadline: Instant,
    ) -> Result<LoadedKeySet, ClientError> {
        let asked_at = context.clock.now();
        let document = fetch(context, location, deadline).await?;
        let keys =
            KeySet::parse(document.body()).map_err(|error| document.failure(&error.to_string()))?;
        context.tell(&Event::KeysRead {
            keys: keys.len(),
            cached: false,
        });
        let max_age = document.max_age();
        let held = LoadedKeySet {
            keys: Arc::new(keys),
            fetched_at: asked_at,
            refetched_at,
            // Even if the server forbids caching, not every token causes a request.
            good_until: asked_at + max_age.max(HOLD_OFF),
        };
        if max_age > 0 {
            let cached = CachedKeySet {
                fetched_at: held.fetched_at,
                good_until: held.good_until,
                refetched_at,
                document: String::from_utf8_lossy(document.body()).into_owned(),
            };
            cached.store(context, location);
        }
        *self.slot() = Some(held.clone());
        Ok(held)
    }

    /// The lock that allows one task of this process to fetch.
    async fn lock(
        &self,
        context: &FetchContext<'_>,
        location: &KeySetLocation,
        deadline: Instant,
    ) -> Result<AsyncMutexGuard<'_, ()>, ClientError> {
        let flight = before(context.timer, deadline, self.flight.lock()).await;
        flight.ok_or_else(|| {
            let timeout = TransportError::Network {
                kind: NetworkKind::Timeout,
                cause: "another task of this program is still fetching the same keys".to_owned(),
            };
            ClientError::from_transport(timeout, location.server())
        })
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<LoadedKeySet>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
