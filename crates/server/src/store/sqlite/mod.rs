//! SQLite: one file, one process.
//!
//! Two pools lead to it. `pool` is for changes: each is on the disk when its call returns (synchronous FULL), so that no loss
//! of power loses a client or a revocation. `audit` is one connection for the audit log (synchronous NORMAL): the record of
//! an answered request survives the death of the process, and no request waits for a disk to turn.

mod audit;
mod entities;
mod migrations;
#[cfg(test)]
mod tests;
mod used_jtis;

use super::{
    AuditHead, Change, Changed, Contents, Entity, EntityKind, Revision, Store, StoreError,
    StoreFuture,
};
use crate::audit::LinkedRecord;
use crate::config::StoreLocation;
use crate::ephemeral::UsedJti;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

/// What a transaction that writes begins with: it takes the lock at once, not at its first write.
const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// One SQLite database.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    pool: SqlitePool,
    audit: SqlitePool,
}

impl SqliteStore {
    /// Opens the database, makes it if it does not exist, and brings it to this version.
    pub(crate) async fn open(location: &StoreLocation) -> Result<Self, StoreError> {
        let store = Self::connect(location).await?;
        let migrated = migrations::migrator().run(&store.pool).await;
        migrated.map_err(|error| StoreError::Migration(error.into()))?;
        Ok(store)
    }

    async fn connect(location: &StoreLocation) -> Result<Self, StoreError> {
        Ok(match location {
            // one connection: a database in memory ends with its connection
            StoreLocation::Memory => {
                let options = SqliteConnectOptions::new().in_memory(true);
                let pool = connect(options, SqliteSynchronous::Off, 1).await?;
                Self {
                    audit: pool.clone(),
                    pool,
                }
            }
            StoreLocation::File(path) => {
                make_private(path)?;
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal);
                // alone: two connections that change the mode of a new file at once lock each other out, without waiting
                options.connect().await?.close().await?;
                Self {
                    pool: connect(options.clone(), SqliteSynchronous::Full, 2).await?,
                    audit: connect(options, SqliteSynchronous::Normal, 1).await?,
                }
            }
        })
    }
}

impl Store for SqliteStore {
    fn load(&self) -> StoreFuture<'_, Contents> {
        Box::pin(async { Ok(entities::load(&self.pool).await?) })
    }

    fn entity(&self, kind: EntityKind, id: &str) -> StoreFuture<'_, Option<Entity>> {
        let id = id.to_owned();
        Box::pin(async move { Ok(entities::one(&self.pool, kind, &id).await?) })
    }

    fn commit(&self, changes: Vec<Change>) -> StoreFuture<'_, Revision> {
        Box::pin(async move { entities::commit(&self.pool, &changes).await })
    }

    fn changed_since(&self, revision: Revision) -> StoreFuture<'_, Changed> {
        Box::pin(async move { Ok(entities::changed_since(&self.pool, revision).await?) })
    }

    fn trim_outbox(&self, revision: Revision) -> StoreFuture<'_, ()> {
        Box::pin(async move { Ok(entities::trim_outbox(&self.pool, revision).await?) })
    }

    fn note_uses(&self, uses: Vec<(String, i64)>) -> StoreFuture<'_, ()> {
        Box::pin(async move { Ok(entities::note_uses(&self.pool, &uses).await?) })
    }

    fn uses(&self, secrets: Vec<String>) -> StoreFuture<'_, Vec<(String, i64)>> {
        Box::pin(async move { Ok(entities::uses(&self.pool, &secrets).await?) })
    }

    fn append_audit(
        &self,
        records: Vec<LinkedRecord>,
        used: Vec<UsedJti>,
        head: AuditHead,
    ) -> StoreFuture<'_, ()> {
        Box::pin(async move { Ok(self.append(&records, &used, &head).await?) })
    }

    fn used_jtis(&self, now: i64) -> StoreFuture<'_, Vec<UsedJti>> {
        Box::pin(async move { Ok(used_jtis::alive(&self.pool, now).await?) })
    }

    fn forget_jtis(&self, now: i64) -> StoreFuture<'_, ()> {
        Box::pin(async move { Ok(used_jtis::forget(&self.audit, now).await?) })
    }

    fn audit_head(&self) -> StoreFuture<'_, Option<AuditHead>> {
        Box::pin(async { Ok(self.head().await?) })
    }

    fn audit_after(&self, seq: i64, limit: i64) -> StoreFuture<'_, Vec<LinkedRecord>> {
        Box::pin(async move { Ok(self.after(seq, limit).await?) })
    }

    fn ping(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            sqlx::query("SELECT 1").execute(&self.pool).await?;
            Ok(())
        })
    }

    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {
            self.audit.close().await;
            self.pool.close().await;
        })
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Makes the file for its owner only; SQLite gives its journals the mode of the file.
fn make_private(path: &Path) -> Result<(), StoreError> {
    jeton_files::create_missing(path).map_err(|error| StoreError::Database(error.into()))
}

async fn connect(
    options: SqliteConnectOptions,
    synchronous: SqliteSynchronous,
    connections: u32,
) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(
            options
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .synchronous(synchronous),
        )
        .await
}
