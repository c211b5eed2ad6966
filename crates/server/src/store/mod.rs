//! What outlives a restart: an interface over plain rows, and the databases behind it. Nothing above this folder knows which
//! database there is. There is no sealing, no hashing and no clock in here.

mod entity;
mod sqlite;
#[cfg(test)]
mod suite;

pub(crate) use entity::{Change, Changed, Contents, Entity, EntityKind, Revision};

use crate::audit::LinkedRecord;
use crate::config::StoreLocation;
use crate::ephemeral::UsedJti;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// The store could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed: disk full, file locked, not a database, not reachable.
    #[error("the store failed: {0}")]
    Database(Box<dyn Error + Send + Sync>),
    /// The database is of a newer version, or its migration failed.
    #[error("the store could not be brought to this version: {0}")]
    Migration(Box<dyn Error + Send + Sync>),
    /// Another change to the same entity came first.
    #[error("{kind} {id} was changed at the same time: try again")]
    Conflict {
        /// What kind of entity.
        kind: &'static str,
        /// Which one.
        id: String,
    },
    /// A document says something that this version does not understand.
    #[error("the store holds a {kind} that this version cannot read: {id}")]
    Unreadable {
        /// What kind of entity.
        kind: &'static str,
        /// Which one.
        id: String,
    },
}

impl StoreError {
    /// Whether it is a conflict: the change can be made again from what the store has now.
    pub(crate) const fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }
}

/// Where the audit chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuditHead {
    pub(crate) seq: i64,
    pub(crate) link: String,
    pub(crate) mac: String,
}

/// A call to the store.
pub(crate) type StoreFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// What every database can do for an authority.
///
/// Each change is durable when its call returns. An audit record survives the death of the process, but perhaps not a loss of
/// power.
pub(crate) trait Store: fmt::Debug + Send + Sync {
    /// Everything that there is, as of one revision.
    fn load(&self) -> StoreFuture<'_, Contents>;

    /// One entity.
    fn entity(&self, kind: EntityKind, id: &str) -> StoreFuture<'_, Option<Entity>>;

    /// Makes changes, all or none, and writes them into the outbox under one new revision.
    fn commit(&self, changes: Vec<Change>) -> StoreFuture<'_, Revision>;

    /// What has changed since a revision, from the outbox.
    fn changed_since(&self, revision: Revision) -> StoreFuture<'_, Changed>;

    /// Removes what the outbox has up to a revision.
    fn trim_outbox(&self, revision: Revision) -> StoreFuture<'_, ()>;

    /// Notes when secrets were last used: pairs of a secret's id and unix seconds. No version grows, and nothing goes into the outbox.
    fn note_uses(&self, uses: Vec<(String, i64)>) -> StoreFuture<'_, ()>;

    /// When secrets were last used.
    fn uses(&self, secrets: Vec<String>) -> StoreFuture<'_, Vec<(String, i64)>>;

    /// Appends audit records and the `jti`s that their requests have used, and moves the head: all or nothing.
    fn append_audit(
        &self,
        records: Vec<LinkedRecord>,
        used: Vec<UsedJti>,
        head: AuditHead,
    ) -> StoreFuture<'_, ()>;

    /// The used `jti`s whose assertion has not ended at `now`.
    fn used_jtis(&self, now: i64) -> StoreFuture<'_, Vec<UsedJti>>;

    /// Removes the used `jti`s whose assertion has ended at `now`.
    fn forget_jtis(&self, now: i64) -> StoreFuture<'_, ()>;

    /// Where the audit chain ends; `None` before the first record.
    fn audit_head(&self) -> StoreFuture<'_, Option<AuditHead>>;

    /// Up to `limit` audit records after `seq`, oldest first.
    fn audit_after(&self, seq: i64, limit: i64) -> StoreFuture<'_, Vec<LinkedRecord>>;

    /// Whether the database answers.
    fn ping(&self) -> StoreFuture<'_, ()>;

    /// Writes everything out and closes the database.
    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// Opens the store at a location; makes it if it does not exist, and brings it to this version.
pub(crate) async fn open(location: &StoreLocation) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(sqlite::SqliteStore::open(location).await?))
}
