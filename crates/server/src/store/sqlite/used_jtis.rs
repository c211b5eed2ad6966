//! The `jti`s of client assertions that were used.

use crate::ephemeral::UsedJti;
use sqlx::Row;
use sqlx::sqlite::SqlitePool;

/// Those whose assertion has not ended at `now`.
pub(super) async fn alive(pool: &SqlitePool, now: i64) -> Result<Vec<UsedJti>, sqlx::Error> {
    sqlx::query(
        "SELECT until, client, hash FROM used_jtis WHERE until > ? ORDER BY until, client, hash",
    )
    .bind(now)
    .fetch_all(pool)
    .await?
    .iter()
    .map(|row| {
        Ok(UsedJti {
            until: row.try_get("until")?,
            client: row.try_get("client")?,
            hash: row.try_get("hash")?,
        })
    })
    .collect()
}

/// Removes those whose assertion has ended.
pub(super) async fn forget(pool: &SqlitePool, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM used_jtis WHERE until <= ?")
        .bind(now)
        .execute(pool)
        .await?;
    Ok(())
}
