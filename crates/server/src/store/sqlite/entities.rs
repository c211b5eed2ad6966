//! Entities, the outbox, and when secrets were last used.

use super::BEGIN_WRITE;
use crate::store::{Change, Changed, Contents, Entity, EntityKind, Revision, StoreError};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};

/// Everything that there is, as of one revision.
pub(super) async fn load(pool: &SqlitePool) -> Result<Contents, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let (revision, _) = state(&mut tx).await?;
    let rows = sqlx::query("SELECT kind, id, version, document FROM entities ORDER BY kind, id")
        .fetch_all(&mut *tx)
        .await?;
    let mut entities = Vec::with_capacity(rows.len());
    for row in &rows {
        entities.extend(entity(row)?);
    }
    Ok(Contents { revision, entities })
}

/// One entity.
pub(super) async fn one(
    pool: &SqlitePool,
    kind: EntityKind,
    id: &str,
) -> Result<Option<Entity>, sqlx::Error> {
    let row =
        sqlx::query("SELECT kind, id, version, document FROM entities WHERE kind = ? AND id = ?")
            .bind(kind.as_str())
            .bind(id)
            .fetch_optional(pool)
            .await?;
    row.map_or(Ok(None), |row| entity(&row))
}

/// Makes changes, all or none.
pub(super) async fn commit(pool: &SqlitePool, changes: &[Change]) -> Result<Revision, StoreError> {
    let mut tx = pool.begin_with(BEGIN_WRITE).await?;
    let revision: i64 =
        sqlx::query_scalar("UPDATE store_state SET revision = revision + 1 RETURNING revision")
            .fetch_one(&mut *tx)
            .await?;
    for change in changes {
        let (kind, id) = change.entity();
        if !make(&mut tx, change).await? {
            return Err(StoreError::Conflict {
                kind: kind.as_str(),
                id: id.clone(),
            });
        }
        sqlx::query(
            "INSERT INTO outbox (revision, kind, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(revision)
        .bind(kind.as_str())
        .bind(id)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(Revision(revision))
}

/// Makes one change; `false` on a conflict.
async fn make(tx: &mut SqliteConnection, change: &Change) -> Result<bool, sqlx::Error> {
    let (kind, id) = change.entity();
    let query = match change {
        Change::Insert { document, .. } => sqlx::query(
            "INSERT INTO entities (kind, id, version, document) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING",
        )
        .bind(kind.as_str())
        .bind(id)
        .bind(document),
        Change::Update {
            version, document, ..
        } => sqlx::query(
            "UPDATE entities SET version = version + 1, document = ? WHERE kind = ? AND id = ? AND version = ?",
        )
        .bind(document)
        .bind(kind.as_str())
        .bind(id)
        .bind(version),
        Change::Delete { version, .. } => {
            sqlx::query("DELETE FROM entities WHERE kind = ? AND id = ? AND version = ?")
                .bind(kind.as_str())
                .bind(id)
                .bind(version)
        }
    };
    Ok(query.execute(tx).await?.rows_affected() == 1)
}

/// What has changed since a revision.
pub(super) async fn changed_since(
    pool: &SqlitePool,
    since: Revision,
) -> Result<Changed, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let (revision, outbox_behind) = state(&mut tx).await?;
    // a revision from the future is one that a restored backup has never seen
    if since < outbox_behind || since > revision {
        return Ok(Changed::FellBehind);
    }
    let rows = sqlx::query(
        "SELECT DISTINCT outbox.kind, outbox.id, version, document FROM outbox \
         LEFT JOIN entities ON entities.kind = outbox.kind AND entities.id = outbox.id WHERE revision > ?",
    )
    .bind(since.0)
    .fetch_all(&mut *tx)
    .await?;
    let mut entities = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(kind) = EntityKind::from_name(row.try_get("kind")?) {
            let removed = row.try_get::<Option<i64>, _>("version")?.is_none();
            let now = if removed { None } else { entity(row)? };
            entities.push((kind, row.try_get("id")?, now));
        }
    }
    Ok(Changed::Entities { revision, entities })
}

/// Removes what the outbox has up to a revision.
pub(super) async fn trim_outbox(pool: &SqlitePool, until: Revision) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin_with(BEGIN_WRITE).await?;
    let behind: i64 = sqlx::query_scalar(
        "UPDATE store_state SET outbox_behind = max(outbox_behind, min(?, revision)) RETURNING outbox_behind",
    )
    .bind(until.0)
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM outbox WHERE revision <= ?")
        .bind(behind)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Notes when secrets were last used; a later time stays.
pub(super) async fn note_uses(
    pool: &SqlitePool,
    uses: &[(String, i64)],
) -> Result<(), sqlx::Error> {
    let rows = serde_json::json!(uses).to_string();
    sqlx::query(
        "INSERT INTO secret_uses (secret, last_used_at) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true \
         ON CONFLICT (secret) DO UPDATE SET last_used_at = max(last_used_at, excluded.last_used_at)",
    )
    .bind(rows)
    .execute(pool)
    .await?;
    Ok(())
}

/// When secrets were last used; those that never were are left out.
pub(super) async fn uses(
    pool: &SqlitePool,
    secrets: &[String],
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let wanted = serde_json::json!(secrets).to_string();
    sqlx::query(
        "SELECT secret, last_used_at FROM secret_uses WHERE secret IN (SELECT value FROM json_each(?)) ORDER BY secret",
    )
    .bind(wanted)
    .fetch_all(pool)
    .await?
    .iter()
    .map(|row| Ok((row.try_get("secret")?, row.try_get("last_used_at")?)))
    .collect()
}

/// The last revision, and the one behind which the outbox begins.
async fn state(tx: &mut SqliteConnection) -> Result<(Revision, Revision), sqlx::Error> {
    let row = sqlx::query("SELECT revision, outbox_behind FROM store_state")
        .fetch_one(tx)
        .await?;
    Ok((
        Revision(row.try_get("revision")?),
        Revision(row.try_get("outbox_behind")?),
    ))
}

/// The entity in a row; `None` for one of a kind that a newer version has introduced.
fn entity(row: &SqliteRow) -> Result<Option<Entity>, sqlx::Error> {
    let Some(kind) = EntityKind::from_name(row.try_get("kind")?) else {
        return Ok(None);
    };
    Ok(Some(Entity {
        kind,
        id: row.try_get("id")?,
        version: row.try_get("version")?,
        document: row.try_get("document")?,
    }))
}
