//! The key set of an issuer: fetched, kept, and fetched again when a token names a key that is not in it.

use super::judge::Judgement;
use super::key_set::KeySet;
use super::rules::Rules;
use crate::cache::CacheKey;
use crate::context::FetchContext;
use crate::document::{self, Document, Wanted};
use crate::endpoint::{Endpoint, EndpointKind, EndpointName};
use crate::endpoints::looks_moved;
use crate::error::ClientError;
use crate::event::Event;
use crate::metadata;
use crate::timer::before;
use crate::transport::{AddressPolicy, NetworkKind, TransportError};
use futures_util::lock::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard};
use jeton_oauth::{Issuer, is_loopback_host};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use url::Url;

const WHAT: &str = "the key set";
const ACCEPT: &str = "application/jwk-set+json, application/json";

/// After a fetch for an unknown key's sake, whatever came of it, no other one is made for so long (30 s): a flood of
/// tokens with made-up names must not become a flood of requests.
const HOLD_OFF: i64 = 30;

/// Where a key set is.
#[derive(Debug, Clone)]
pub enum KeysAt {
    /// Where the issuer's metadata says.
    Issuer(Issuer),
    /// At this URL, which the user has named.
    Url(Url),
}

impl KeysAt {
    /// A URL of a key set: https, or http on loopback (client requirement 13).
    ///
    /// # Errors
    /// [`ClientError::Config`] for any other.
    pub fn url(text: &str) -> Result<Self, ClientError> {
        let not_allowed = || {
            ClientError::config(format!(
                "the key set's address {text:?} is not an https URL"
            ))
            .with_hint("http is for this machine alone, as in http://127.0.0.1:8080/jwks")
        };
        let url = Url::parse(text).map_err(|_| not_allowed())?;
        if document::is_allowed_scheme(&url, true) {
            Ok(Self::Url(url))
        } else {
            Err(not_allowed())
        }
    }

    fn server(&self) -> &Url {
        match self {
            Self::Issuer(issuer) => issuer.url(),
            Self::Url(url) => url,
        }
    }

    fn document_key(&self) -> CacheKey {
        match self {
            Self::Issuer(issuer) => CacheKey::of_document("jwks of issuer", issuer.as_str()),
            Self::Url(url) => CacheKey::of_document("jwks", url.as_str()),
        }
    }
}

/// A key set in the hand.
#[derive(Clone)]
pub(crate) struct Held {
    keys: Arc<KeySet>,
    /// When it was asked for.
    fetched_at: i64,
    good_until: i64,
    /// When it was last fetched for an unknown key's sake, successfully or not.
    refetched_at: Option<i64>,
}

impl Held {
    /// Judges, and says so where the keys are of an earlier time: a key that was withdrawn since still verifies.
    fn judge(&self, rules: &Rules, token: &str, at: i64, now: i64) -> Judgement {
        let mut judgement = rules.judge(token, &self.keys, at);
        let age = now.saturating_sub(self.fetched_at);
        if self.fetched_at > 0 && age > 0 {
            judgement.keys_of_before(age);
        }
        judgement
    }
}

/// A key set as it is kept, sealed: whoever could write it could sign tokens.
#[derive(Serialize, Deserialize)]
struct CachedKeySet {
    #[serde(default)]
    fetched_at: i64,
    good_until: i64,
    #[serde(default)]
    refetched_at: Option<i64>,
    document: String,
}

/// What one process remembers of a key set.
#[derive(Default)]
pub(crate) struct Remembered {
    held: Mutex<Option<Held>>,
    /// One task fetches, the others wait for what it brings.
    flight: AsyncMutex<()>,
}

impl Remembered {
    /// Judges a token with the keys that are in memory or kept; `None` where others would have to be fetched, for want of
    /// a fresh set or since the token names a key that is not in it.
    pub(crate) fn judge_at_hand(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        rules: &Rules,
        token: &str,
        now: i64,
    ) -> Option<Judgement> {
        let held = self.at_hand(context, at)?;
        let judgement = held.judge(rules, token, now, context.clock.now());
        (!judgement.names_an_unknown_key()).then_some(judgement)
    }

    /// Judges a token with the keys that are there; where it names an unknown one, once more with those of now.
    ///
    /// # Errors
    /// Where the key set cannot be had.
    pub(crate) async fn judge(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        rules: &Rules,
        token: &str,
        now: i64,
        deadline: Instant,
    ) -> Result<Judgement, ClientError> {
        let (held, new) = self.current(context, at, deadline).await?;
        let judgement = held.judge(rules, token, now, context.clock.now());
        if new || !judgement.names_an_unknown_key() {
            return Ok(judgement);
        }
        match self.newer(context, at, &held, deadline).await? {
            Some(held) => Ok(held.judge(rules, token, now, context.clock.now())),
            None => Ok(judgement),
        }
    }

    /// The set, and whether it was fetched just now.
    async fn current(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        deadline: Instant,
    ) -> Result<(Held, bool), ClientError> {
        if let Some(held) = self.at_hand(context, at) {
            return Ok((held, false));
        }
        let _flight = self.turn(context, at, deadline).await?;
        if let Some(held) = self.at_hand(context, at) {
            return Ok((held, false));
        }
        let refetched_at = self.slot().as_ref().and_then(|held| held.refetched_at);
        let held = self.fetch(context, at, refetched_at, deadline).await?;
        Ok((held, true))
    }

    /// The set of an earlier time, where it is still good: that of this process, else the one on disk.
    fn at_hand(&self, context: &FetchContext<'_>, at: &KeysAt) -> Option<Held> {
        let now = context.clock.now();
        let remembered = self.slot().clone().filter(|held| now < held.good_until);
        if remembered.is_some() {
            return remembered;
        }
        let held = read_kept(context, at)?;
        context.tell(&Event::KeysRead {
            keys: held.keys.len(),
            cached: true,
        });
        *self.slot() = Some(held.clone());
        Some(held)
    }

    /// A newer set than the one that lacked a key; `None` during the hold-off.
    async fn newer(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        old: &Held,
        deadline: Instant,
    ) -> Result<Option<Held>, ClientError> {
        let _flight = self.turn(context, at, deadline).await?;
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
        let result = self.fetch(context, at, Some(now), deadline).await;
        if result.is_err() {
            touch_kept(context, at, now);
            *self.slot() = Some(Held {
                refetched_at: Some(now),
                ..known
            });
        }
        result.map(Some)
    }

    async fn fetch(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        refetched_at: Option<i64>,
        deadline: Instant,
    ) -> Result<Held, ClientError> {
        let asked_at = context.clock.now();
        let document = fetch(context, at, deadline).await?;
        let keys =
            KeySet::parse(document.body()).map_err(|error| document.failure(&error.to_string()))?;
        context.tell(&Event::KeysRead {
            keys: keys.len(),
            cached: false,
        });
        let max_age = document.max_age();
        let held = Held {
            keys: Arc::new(keys),
            fetched_at: asked_at,
            refetched_at,
            // Whoever forbids keeping it is not asked for every token all the same.
            good_until: asked_at + max_age.max(HOLD_OFF),
        };
        if max_age > 0 {
            let kept = CachedKeySet {
                fetched_at: held.fetched_at,
                good_until: held.good_until,
                refetched_at,
                document: String::from_utf8_lossy(document.body()).into_owned(),
            };
            keep(context, at, &kept);
        }
        *self.slot() = Some(held.clone());
        Ok(held)
    }

    /// The right to fetch: no other task of this process has it.
    async fn turn(
        &self,
        context: &FetchContext<'_>,
        at: &KeysAt,
        deadline: Instant,
    ) -> Result<AsyncMutexGuard<'_, ()>, ClientError> {
        let flight = before(context.timer, deadline, self.flight.lock()).await;
        flight.ok_or_else(|| {
            let timeout = TransportError::Network {
                kind: NetworkKind::Timeout,
                cause: "other tasks of this program are asking for the same keys".to_owned(),
            };
            ClientError::from_transport(timeout, at.server())
        })
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Fetches the set; where the place that kept metadata names has moved, from the new one.
async fn fetch(
    context: &FetchContext<'_>,
    at: &KeysAt,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let issuer = match at {
        KeysAt::Url(url) => {
            let loopback = url.host().is_some_and(|host| is_loopback_host(&host));
            return get(context, url, loopback, AddressPolicy::Anywhere, deadline).await;
        }
        KeysAt::Issuer(issuer) => issuer,
    };
    let found = jwks_uri(context, issuer, deadline).await?;
    match get_from(context, issuer, &found, deadline).await {
        Err(error) if found.cached && looks_moved(&error) => {
            metadata::forget(context.cache, issuer);
            let found = jwks_uri(context, issuer, deadline).await?;
            get_from(context, issuer, &found, deadline).await
        }
        result => result,
    }
}

async fn jwks_uri(
    context: &FetchContext<'_>,
    issuer: &Issuer,
    deadline: Instant,
) -> Result<Endpoint, ClientError> {
    let (name, kind) = (EndpointName::Jwks, EndpointKind::Ordinary);
    metadata::endpoint(context, issuer, name, kind, deadline).await
}

async fn get_from(
    context: &FetchContext<'_>,
    issuer: &Issuer,
    found: &Endpoint,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let loopback = issuer.is_loopback();
    get(context, &found.url, loopback, found.addresses, deadline).await
}

async fn get(
    context: &FetchContext<'_>,
    url: &Url,
    loopback: bool,
    addresses: AddressPolicy,
    deadline: Instant,
) -> Result<Document, ClientError> {
    context.tell(&Event::FetchingKeys { url: url.as_str() });
    let wanted = Wanted {
        what: WHAT,
        url,
        accept: ACCEPT,
        loopback,
        addresses,
    };
    let document = document::fetch(context, &wanted, deadline).await?;
    if document.status() != 200 {
        return Err(document.failure("it is not there"));
    }
    let kind = document.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_one = |wanted: &str| kind.eq_ignore_ascii_case(wanted);
    if !is_one("application/jwk-set+json") && !is_one("application/json") {
        return Err(document.failure("its content type is not that of one"));
    }
    Ok(document)
}

fn read_kept(context: &FetchContext<'_>, at: &KeysAt) -> Option<Held> {
    let kept = read_document(context, at)?;
    let good = context.clock.now() < kept.good_until;
    let keys = good.then(|| KeySet::parse(kept.document.as_bytes()).ok())??;
    Some(Held {
        keys: Arc::new(keys),
        fetched_at: kept.fetched_at,
        good_until: kept.good_until,
        refetched_at: kept.refetched_at,
    })
}

/// Remembers on disk that the set was asked for in vain.
fn touch_kept(context: &FetchContext<'_>, at: &KeysAt, now: i64) {
    if let Some(mut kept) = read_document(context, at) {
        kept.refetched_at = Some(now);
        keep(context, at, &kept);
    }
}

fn read_document(context: &FetchContext<'_>, at: &KeysAt) -> Option<CachedKeySet> {
    let bytes = context.cache.read_document(&at.document_key())?;
    serde_json::from_slice(&bytes).ok()
}

/// A set that cannot be kept is fetched again the next time; that is no trouble worth a word.
fn keep(context: &FetchContext<'_>, at: &KeysAt, kept: &CachedKeySet) {
    if let Ok(bytes) = serde_json::to_vec(kept) {
        let _ = context.cache.write_document(&at.document_key(), &bytes);
    }
}
