//! Everything that a request needs, in one place: opened once, shared by all.

use crate::audit::{AuditError, AuditLog};
use crate::auth::ReplayMemory;
use crate::client::{Client, Grant};
use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{KeyRing, SealError, SigningKey, SigningKeyError, first_keys};
use crate::log::{Level, Log, Record};
use crate::random::{NoRandomness, Random};
use crate::registry::Registry;
use crate::secrets::{HashGate, Remembered, SALT, SecretHash};
use crate::store::{KeyStoreError, Store, StoreError};
use std::fmt::Display;
use std::sync::Arc;

/// An authority without its socket.
pub(crate) struct Authority {
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) random: Random,
    pub(crate) store: Arc<Store>,
    pub(crate) registry: Registry,
    pub(crate) keys: KeyRing,
    pub(crate) hashes: HashGate,
    /// What the secret of a client that does not exist is hashed with.
    pub(crate) nobodys_hash: SecretHash,
    pub(crate) remembered: Remembered,
    pub(crate) replay: ReplayMemory,
    pub(crate) audit: AuditLog,
    /// One change at a time: what is read, decided and written belongs together.
    pub(crate) changing: tokio::sync::Mutex<()>,
    /// The issuer without a slash at its end: every endpoint is this and a path.
    pub(crate) base: String,
    pub(crate) token_endpoint: String,
}

/// Why an authority cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its signing keys.
    #[error(transparent)]
    Keys(#[from] KeyStoreError),
    /// Its audit log.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// Its master key.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl From<SigningKeyError> for OpenError {
    fn from(error: SigningKeyError) -> Self {
        Self::Keys(error.into())
    }
}

impl Authority {
    /// Opens the store, reads everything that a request needs into memory, and makes the first signing keys.
    pub(crate) async fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        log: Arc<dyn Log>,
    ) -> Result<Self, OpenError> {
        let random = Random::system();
        let store = Arc::new(Store::open(&config.store).await?);
        // whatever has keys has decided before, and so has an audit log
        let new = !store.has_signing_keys().await?;
        let audit_key = config.master_key.audit_key()?;
        let audit = AuditLog::open(Arc::clone(&store), audit_key, new).await?;
        let base = config.issuer.as_str().trim_end_matches('/').to_owned();
        let authority = Self {
            keys: KeyRing::new(open_keys(&config, &store, &random, clock.now()).await?),
            registry: Registry::default(),
            hashes: HashGate::new(config.limits.hashes, config.limits.hashes_waiting),
            nobodys_hash: SecretHash {
                salt: random.bytes::<SALT>()?,
                cost: config.hash_cost,
            },
            remembered: Remembered::new(&random)?,
            replay: ReplayMemory::new(config.assertions.remembered),
            token_endpoint: format!("{base}/token"),
            base,
            config,
            clock,
            log,
            random,
            store,
            audit,
            changing: tokio::sync::Mutex::default(),
        };
        for resource in authority.store.resources().await? {
            authority.registry.put_resource(resource);
        }
        for (row, secrets) in authority.store.clients().await? {
            let id = row.id.clone();
            match Client::read(row, secrets, &authority.config.master_key) {
                Ok(client) => authority.registry.put_client(client),
                // one broken client is no reason to refuse all others; it is refused itself
                Err(error) => authority.say(
                    Level::Error,
                    "a client cannot be read and is refused",
                    &[("client", id), ("error", error)],
                ),
            }
        }
        Ok(authority)
    }

    /// One line of the log.
    pub(crate) fn say(&self, level: Level, message: &str, fields: &[(&'static str, String)]) {
        self.log.record(&Record {
            level,
            message,
            fields,
        });
    }

    pub(crate) fn warn(&self, message: &str, error: &dyn Display) {
        self.say(Level::Warn, message, &[("error", error.to_string())]);
    }

    /// A client used its leave to name the token endpoint in `aud` (server requirement 20: each use is logged).
    pub(crate) fn note_endpoint_audience(&self, client: &str) {
        self.say(
            Level::Warn,
            "assertion names the token endpoint as audience",
            &[("client", client.to_owned())],
        );
    }

    /// Names of the grants, for the metadata.
    pub(crate) fn grants() -> Vec<String> {
        Grant::ALL.iter().map(|g| g.as_str().to_owned()).collect()
    }
}

/// The keys of the store; an algorithm that has none yet gets its first two.
async fn open_keys(
    config: &Config,
    store: &Store,
    random: &Random,
    now: i64,
) -> Result<Vec<SigningKey>, OpenError> {
    let mut keys = store.signing_keys(&config.master_key).await?;
    let mut new = Vec::new();
    for algorithm in &config.algorithms {
        if keys.iter().all(|key| key.algorithm != *algorithm) {
            new.extend(first_keys(*algorithm, now)?);
        }
    }
    if !new.is_empty() {
        store
            .insert_signing_keys(&new, &config.master_key, random)
            .await?;
        keys.extend(new);
    }
    Ok(keys)
}
