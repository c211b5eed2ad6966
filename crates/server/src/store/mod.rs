//! What outlives a restart. All SQL of the authority is in this folder, and nothing but SQL.

mod audit;
mod clients;
mod migrations;
mod resources;
mod signing_keys;

pub use signing_keys::KeyStoreError;

pub(crate) use audit::AuditHead;
pub(crate) use clients::{ClientChange, ClientRow, NewSecret, SecretRow};

use crate::config::StoreLocation;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;

/// The store could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no: disk full, file locked, not a database.
    #[error("the store failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database is of another version, or its migration failed.
    #[error("the store could not be brought to this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row says something that this version does not understand.
    #[error("the store holds a {what} that makes no sense: {name}")]
    Nonsense {
        /// What kind of row.
        what: &'static str,
        /// Which one.
        name: String,
    },
}

/// One SQLite database.
///
/// Two ways lead to it. `pool` is for changes: each is on the disk before it is answered (synchronous FULL), so that no loss of
/// power loses a client or a revocation. `audit` is one connection for the audit log alone (synchronous NORMAL): an answered
/// request's record survives any death of the process, and no request waits for a disk to turn.
pub(crate) struct Store {
    pool: SqlitePool,
    audit: SqlitePool,
}

impl Store {
    /// Opens the database, makes it where there is none, and brings it to this version.
    pub(crate) async fn open(location: &StoreLocation) -> Result<Self, StoreError> {
        let store = match location {
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
                Self {
                    pool: connect(options.clone(), SqliteSynchronous::Full, 2).await?,
                    audit: connect(options, SqliteSynchronous::Normal, 1).await?,
                }
            }
        };
        migrations::migrator().run(&store.pool).await?;
        Ok(store)
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Writes everything into the one file and lets go of it.
    pub(crate) async fn close(&self) {
        self.audit.close().await;
        self.pool.close().await;
    }
}

/// Makes the file for its owner alone; SQLite gives its journals the mode of the file.
fn make_private(path: &Path) -> Result<(), StoreError> {
    jeton_files::create_missing(path).map_err(|error| StoreError::from(sqlx::Error::Io(error)))
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

/// What a transaction that writes begins with: the lock is taken at once, not half-way.
const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Store;
    use crate::config::StoreLocation;

    #[tokio::test]
    async fn a_file_is_made_migrated_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let location = StoreLocation::File(folder.path().join("jeton.db"));
        for _ in 0..2 {
            let store = Store::open(&location).await.unwrap();
            store.ping().await.unwrap();
            let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
                .fetch_one(&store.audit)
                .await
                .unwrap();
            assert_eq!(mode, "wal");
            store.close().await;
        }
    }

    #[tokio::test]
    async fn what_is_no_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jeton.db");
        std::fs::write(&path, "x".repeat(8192)).unwrap();
        assert!(Store::open(&StoreLocation::File(path)).await.is_err());
    }
}
