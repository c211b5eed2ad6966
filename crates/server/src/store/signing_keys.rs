//! Signing keys, sealed.

use super::{BEGIN_WRITE, Store, StoreError};
use crate::keys::{KeyState, MasterKey, Rotation, SigningKey, SigningKeyError};
use crate::random::Random;
use jeton_oauth::Algorithm;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The keys could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key, or its seal.
    #[error(transparent)]
    Key(#[from] SigningKeyError),
}

impl From<sqlx::Error> for KeyStoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Whether there is any signing key: not so in a store that is new.
    pub(crate) async fn has_signing_keys(&self) -> Result<bool, StoreError> {
        let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM signing_keys)");
        Ok(query.fetch_one(&self.pool).await?)
    }

    /// All signing keys, oldest first.
    pub(crate) async fn signing_keys(
        &self,
        master: &MasterKey,
    ) -> Result<Vec<SigningKey>, KeyStoreError> {
        sqlx::query("SELECT * FROM signing_keys ORDER BY created_at, kid")
            .fetch_all(&self.pool)
            .await?
            .iter()
            .map(|row| signing_key(row, master))
            .collect()
    }

    /// Adds keys: all of them or none.
    pub(crate) async fn insert_signing_keys(
        &self,
        keys: &[SigningKey],
        master: &MasterKey,
        random: &Random,
    ) -> Result<(), KeyStoreError> {
        let mut tx = self.pool.begin_with(BEGIN_WRITE).await?;
        for key in keys {
            insert(&mut tx, key, &key.seal(master, random)?).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Writes one step of a rotation: all of it or nothing.
    pub(crate) async fn rotate_signing_keys(
        &self,
        step: &Rotation,
        master: &MasterKey,
        random: &Random,
    ) -> Result<(), KeyStoreError> {
        let added = step.added.seal(master, random)?;
        let mut tx = self.pool.begin_with(BEGIN_WRITE).await?;
        for kid in &step.removed {
            sqlx::query("DELETE FROM signing_keys WHERE kid = ?")
                .bind(kid)
                .execute(&mut *tx)
                .await?;
        }
        // the old one leaves its place before the new one takes it: there is an index that allows one
        for key in step.retired.iter().chain([&step.promoted]) {
            sqlx::query("UPDATE signing_keys SET state = ?, retire_at = ? WHERE kid = ?")
                .bind(key.state.as_str())
                .bind(key.retire_at)
                .bind(&key.kid)
                .execute(&mut *tx)
                .await?;
        }
        insert(&mut tx, &step.added, &added).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn insert(
    tx: &mut sqlx::SqliteConnection,
    key: &SigningKey,
    sealed: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO signing_keys (kid, algorithm, state, sealed, created_at, retire_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&key.kid)
    .bind(key.algorithm.as_str())
    .bind(key.state.as_str())
    .bind(sealed)
    .bind(key.created_at)
    .bind(key.retire_at)
    .execute(tx)
    .await?;
    Ok(())
}

fn signing_key(row: &SqliteRow, master: &MasterKey) -> Result<SigningKey, KeyStoreError> {
    let kid: &str = row.try_get("kid")?;
    let nonsense = || StoreError::Nonsense {
        what: "signing key",
        name: kid.to_owned(),
    };
    let algorithm = Algorithm::from_name(row.try_get("algorithm")?).ok_or_else(nonsense)?;
    let state = KeyState::from_name(row.try_get("state")?).ok_or_else(nonsense)?;
    Ok(SigningKey::open(
        kid,
        algorithm,
        state,
        row.try_get("created_at")?,
        row.try_get("retire_at")?,
        row.try_get("sealed")?,
        master,
    )?)
}
