//! Everything that a request needs, in one place: opened once, shared by all.

use crate::audit::{AuditError, AuditLog};
use crate::client::Grant;
use crate::clock::Clock;
use crate::config::Config;
use crate::ephemeral::{Ephemeral, Memory};
use crate::keys::{KeyRing, SealError, SigningKey, SigningKeyError, first_keys};
use crate::log::{Level, Log, Record};
use crate::random::{NoRandomness, Random};
use crate::registry::Registry;
use crate::secrets::{SecretHasher, SlowLane, UseLog};
use crate::store::{self, Change, EntityKind, Revision, Store, StoreError};
use std::fmt::Display;
use std::sync::Arc;

/// An authority without its socket.
pub(crate) struct Authority {
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) random: Random,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) registry: Registry,
    pub(crate) keys: KeyRing,
    /// The revision of the store that is in memory; locked while another one is taken over.
    pub(crate) revision: tokio::sync::Mutex<Revision>,
    pub(crate) secrets: SecretHasher,
    pub(crate) slow_hashes: SlowLane,
    /// When secrets were last used, as far as the store does not know it yet.
    pub(crate) uses: UseLog,
    pub(crate) ephemeral: Arc<dyn Ephemeral>,
    pub(crate) audit: AuditLog,
    /// Held during a change, so that what it has read is still true when it writes.
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
    Keys(#[from] SigningKeyError),
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

impl Authority {
    /// Opens the store, reads everything that a request needs into memory, and makes the first signing keys.
    pub(crate) async fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        log: Arc<dyn Log>,
    ) -> Result<Self, OpenError> {
        let random = Random::system();
        let store = store::open(&config.store).await?;
        let contents = store.load().await?;
        let mut keys = Vec::new();
        for entity in &contents.entities {
            if entity.kind == EntityKind::SigningKey {
                // with another master key nothing opens, and nothing should start
                keys.push(SigningKey::read(entity, &config.master_key)?);
            }
        }
        // an authority that has keys has decided before, and so has an audit log
        let new = keys.is_empty();
        let audit_key = config.master_key.audit_key()?;
        let audit = AuditLog::open(Arc::clone(&store), audit_key, new).await?;
        let ephemeral: Arc<dyn Ephemeral> = Arc::new(Memory::new(config.assertions.remembered));
        ephemeral.restore(store.used_jtis(clock.now()).await?).await;
        let base = config.issuer.as_str().trim_end_matches('/').to_owned();
        let authority = Self {
            keys: KeyRing::new(Vec::new()),
            registry: Registry::default(),
            revision: tokio::sync::Mutex::new(contents.revision),
            slow_hashes: SlowLane::new(config.limits.hashes, config.limits.hashes_waiting),
            secrets: SecretHasher::new(config.master_key.secret_key()?),
            uses: UseLog::default(),
            ephemeral,
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
        authority.take_all(&contents);
        authority.make_first_keys(&keys).await?;
        // one process, one database: no other node has to read what was changed before
        authority.store.trim_outbox(contents.revision).await?;
        Ok(authority)
    }

    /// Makes two keys for each algorithm that has none. Of two nodes that do it at once, one has a conflict and takes over
    /// what the other has made.
    async fn make_first_keys(&self, known: &[SigningKey]) -> Result<(), OpenError> {
        for algorithm in &self.config.algorithms {
            if known.iter().any(|key| key.algorithm == *algorithm) {
                continue;
            }
            let mut changes = vec![Change::Insert {
                kind: EntityKind::Setting,
                id: format!("signing_keys/{}", algorithm.as_str()),
                document: "{}".to_owned(),
            }];
            for key in first_keys(*algorithm, self.clock.now())? {
                changes.push(key.to_change(&self.config.master_key, &self.random)?);
            }
            match self.store.commit(changes).await {
                Ok(_) => {}
                Err(error) if error.is_conflict() => {}
                Err(error) => return Err(error.into()),
            }
            self.catch_up().await?;
        }
        Ok(())
    }

    /// Writes down which secrets were used since the last time.
    pub(crate) async fn flush_uses(&self) {
        let uses = self.uses.take();
        if uses.is_empty() {
            return;
        }
        if let Err(error) = self.store.note_uses(uses).await {
            self.warn("the last use of secrets could not be written", &error);
        }
    }

    /// Removes what has ended from the store.
    pub(crate) async fn forget_ended(&self) {
        if let Err(error) = self.store.forget_jtis(self.clock.now()).await {
            self.warn(
                "used assertions that have ended could not be removed",
                &error,
            );
        }
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

    /// Logs that an assertion names the token endpoint in `aud` (server requirement 20: each use is logged).
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
