//! The rows of the audit log and the head of its chain.

use super::SqliteStore;
use crate::audit::LinkedRecord;
use crate::ephemeral::UsedJti;
use crate::store::AuditHead;
use serde_json::{Value, json};
use sqlx::Row;

/// One call for a whole group: the round trip costs more than the rows.
const APPEND: &str = "BEGIN IMMEDIATE; \
    INSERT INTO used_jtis (until, client, hash) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true \
    ON CONFLICT DO NOTHING; \
    INSERT INTO audit (seq, at, event, client, address, jti, detail, link) \
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each(?); \
    INSERT INTO audit_head (id, seq, link, mac) VALUES (1, ?, ?, ?) \
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, link = excluded.link, mac = excluded.mac; \
    COMMIT";

impl SqliteStore {
    /// Appends records and moves the head: both or neither.
    pub(super) async fn append(
        &self,
        records: &[LinkedRecord],
        used: &[UsedJti],
        head: &AuditHead,
    ) -> Result<(), sqlx::Error> {
        let used: Vec<Value> = used
            .iter()
            .map(|jti| json!([jti.until, jti.client, jti.hash]))
            .collect();
        let rows: Vec<Value> = records.iter().map(LinkedRecord::to_row).collect();
        let mut connection = self.audit.acquire().await?;
        let appended = sqlx::query(APPEND)
            .bind(Value::Array(used).to_string())
            .bind(Value::Array(rows).to_string())
            .bind(head.seq)
            .bind(&head.link)
            .bind(&head.mac)
            .execute(&mut *connection)
            .await;
        if let Err(error) = appended {
            // whichever statement failed, no transaction may stay open; without one this fails, which does no harm
            sqlx::query("ROLLBACK").execute(&mut *connection).await.ok();
            return Err(error);
        }
        Ok(())
    }

    /// Where the chain ends; `None` before the first record.
    pub(super) async fn head(&self) -> Result<Option<AuditHead>, sqlx::Error> {
        let row = sqlx::query("SELECT seq, link, mac FROM audit_head WHERE id = 1")
            .fetch_optional(&self.audit)
            .await?;
        row.map(|row| {
            Ok(AuditHead {
                seq: row.try_get("seq")?,
                link: row.try_get("link")?,
                mac: row.try_get("mac")?,
            })
        })
        .transpose()
    }

    /// Up to `limit` records after `seq`, oldest first.
    pub(super) async fn after(
        &self,
        seq: i64,
        limit: i64,
    ) -> Result<Vec<LinkedRecord>, sqlx::Error> {
        let rows = sqlx::query("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?")
            .bind(seq)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(LinkedRecord {
                    seq: row.try_get("seq")?,
                    at: row.try_get("at")?,
                    event: row.try_get("event")?,
                    client: row.try_get("client")?,
                    address: row.try_get("address")?,
                    jti: row.try_get("jti")?,
                    detail: row.try_get("detail")?,
                    link: row.try_get("link")?,
                })
            })
            .collect()
    }
}
