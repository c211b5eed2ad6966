//! Clients and their secrets.

use super::{BEGIN_WRITE, Store, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A client as it is kept: text as it was registered, hashes and sealed values as bytes.
#[derive(Debug, Clone)]
pub(crate) struct ClientRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) grants: String,
    pub(crate) scopes: String,
    pub(crate) resources: String,
    pub(crate) default_resources: String,
    pub(crate) lifetime: Option<u32>,
    pub(crate) enabled: bool,
    pub(crate) jwks: Option<String>,
    pub(crate) assertion_algorithm: Option<String>,
    pub(crate) endpoint_audience_until: Option<i64>,
    pub(crate) not_before: i64,
    pub(crate) hash_salt: Vec<u8>,
    pub(crate) hash_memory_kib: u32,
    pub(crate) hash_passes: u32,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
}

/// One secret of a client.
#[derive(Debug, Clone)]
pub(crate) struct SecretRow {
    pub(crate) id: i64,
    pub(crate) hash: Option<Vec<u8>>,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) expires_at: Option<i64>,
}

/// A secret about to be kept: hashed, or sealed where the clear text is needed again.
#[derive(Debug, Clone)]
pub(crate) enum NewSecret {
    Hashed([u8; 32]),
    Sealed(Vec<u8>),
}

/// What a change to one column of a client is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ClientChange {
    Enabled(bool),
    NotBefore(i64),
    EndpointAudienceUntil(Option<i64>),
}

impl Store {
    /// Adds a client with its first secret; `false` when the name is taken.
    pub(crate) async fn insert_client(
        &self,
        row: &ClientRow,
        secret: Option<&NewSecret>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.pool.begin_with(BEGIN_WRITE).await?;
        let inserted = sqlx::query(
            "INSERT INTO clients (id, name, method, grants, scopes, resources, default_resources, lifetime, enabled, jwks, \
             assertion_algorithm, endpoint_audience_until, not_before, hash_salt, hash_memory_kib, hash_passes, version, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&row.id)
        .bind(&row.name)
        .bind(&row.method)
        .bind(&row.grants)
        .bind(&row.scopes)
        .bind(&row.resources)
        .bind(&row.default_resources)
        .bind(row.lifetime)
        .bind(row.enabled)
        .bind(&row.jwks)
        .bind(&row.assertion_algorithm)
        .bind(row.endpoint_audience_until)
        .bind(row.not_before)
        .bind(&row.hash_salt)
        .bind(row.hash_memory_kib)
        .bind(row.hash_passes)
        .bind(row.version)
        .bind(row.created_at)
        .execute(&mut *tx)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(secret) = secret {
            insert_secret(&mut tx, &row.id, secret, row.created_at).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Adds a secret; those that live already end at `others_end` at the latest (unix seconds).
    pub(crate) async fn add_secret(
        &self,
        client: &str,
        secret: &NewSecret,
        now: i64,
        others_end: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin_with(BEGIN_WRITE).await?;
        sqlx::query("DELETE FROM client_secrets WHERE client_id = ? AND expires_at <= ?")
            .bind(client)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "UPDATE client_secrets SET expires_at = min(coalesce(expires_at, ?2), ?2) WHERE client_id = ?1",
        )
        .bind(client)
        .bind(others_end)
        .execute(&mut *tx)
        .await?;
        insert_secret(&mut tx, client, secret, now).await?;
        sqlx::query("UPDATE clients SET version = version + 1 WHERE id = ?")
            .bind(client)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes one thing about a client; `false` when there is none of that name.
    pub(crate) async fn change_client(
        &self,
        client: &str,
        change: ClientChange,
    ) -> Result<bool, StoreError> {
        let query = match change {
            ClientChange::Enabled(on) => {
                sqlx::query("UPDATE clients SET enabled = ?, version = version + 1 WHERE id = ?")
                    .bind(on)
            }
            ClientChange::NotBefore(at) => {
                sqlx::query("UPDATE clients SET not_before = ?, version = version + 1 WHERE id = ?")
                    .bind(at)
            }
            ClientChange::EndpointAudienceUntil(at) => sqlx::query(
                "UPDATE clients SET endpoint_audience_until = ?, version = version + 1 WHERE id = ?",
            )
            .bind(at),
        };
        let changed = query.bind(client).execute(&self.pool).await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Forgets a client and its secrets; `false` when there is none of that name.
    pub(crate) async fn delete_client(&self, client: &str) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM clients WHERE id = ?")
            .bind(client)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Notes that a secret was used. Done when a secret is hashed, not for each request.
    pub(crate) async fn touch_secret(&self, secret: i64, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE client_secrets SET last_used_at = ? WHERE id = ?")
            .bind(now)
            .bind(secret)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// One client with its secrets.
    pub(crate) async fn client(
        &self,
        client: &str,
    ) -> Result<Option<(ClientRow, Vec<SecretRow>)>, StoreError> {
        let mut tx = self.pool.begin().await?;
        let Some(row) = sqlx::query("SELECT * FROM clients WHERE id = ?")
            .bind(client)
            .fetch_optional(&mut *tx)
            .await?
        else {
            return Ok(None);
        };
        let secrets = sqlx::query("SELECT * FROM client_secrets WHERE client_id = ? ORDER BY id")
            .bind(client)
            .fetch_all(&mut *tx)
            .await?;
        Ok(Some((
            client_row(&row)?,
            secrets.iter().map(secret_row).collect::<Result<_, _>>()?,
        )))
    }

    /// All clients with their secrets, for the start.
    pub(crate) async fn clients(&self) -> Result<Vec<(ClientRow, Vec<SecretRow>)>, StoreError> {
        let mut tx = self.pool.begin().await?;
        let rows = sqlx::query("SELECT * FROM clients ORDER BY id")
            .fetch_all(&mut *tx)
            .await?;
        let secrets = sqlx::query("SELECT * FROM client_secrets ORDER BY client_id, id")
            .fetch_all(&mut *tx)
            .await?;
        let mut secrets = secrets.iter().peekable();
        let mut clients = Vec::with_capacity(rows.len());
        for row in &rows {
            let client = client_row(row)?;
            let mut own = Vec::new();
            while let Some(secret) = secrets.peek() {
                // both are in the same order, and every secret has its client
                if secret.try_get::<&str, _>("client_id")? != client.id {
                    break;
                }
                own.push(secret_row(secret)?);
                secrets.next();
            }
            clients.push((client, own));
        }
        Ok(clients)
    }
}

async fn insert_secret(
    tx: &mut sqlx::SqliteConnection,
    client: &str,
    secret: &NewSecret,
    now: i64,
) -> Result<(), StoreError> {
    let (hash, sealed) = match secret {
        NewSecret::Hashed(hash) => (Some(hash.as_slice()), None),
        NewSecret::Sealed(sealed) => (None, Some(sealed.as_slice())),
    };
    sqlx::query(
        "INSERT INTO client_secrets (client_id, hash, sealed, created_at) VALUES (?, ?, ?, ?)",
    )
    .bind(client)
    .bind(hash)
    .bind(sealed)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

fn client_row(row: &SqliteRow) -> Result<ClientRow, sqlx::Error> {
    Ok(ClientRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        method: row.try_get("method")?,
        grants: row.try_get("grants")?,
        scopes: row.try_get("scopes")?,
        resources: row.try_get("resources")?,
        default_resources: row.try_get("default_resources")?,
        lifetime: row.try_get("lifetime")?,
        enabled: row.try_get("enabled")?,
        jwks: row.try_get("jwks")?,
        assertion_algorithm: row.try_get("assertion_algorithm")?,
        endpoint_audience_until: row.try_get("endpoint_audience_until")?,
        not_before: row.try_get("not_before")?,
        hash_salt: row.try_get("hash_salt")?,
        hash_memory_kib: row.try_get("hash_memory_kib")?,
        hash_passes: row.try_get("hash_passes")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
    })
}

fn secret_row(row: &SqliteRow) -> Result<SecretRow, sqlx::Error> {
    Ok(SecretRow {
        id: row.try_get("id")?,
        hash: row.try_get("hash")?,
        sealed: row.try_get("sealed")?,
        expires_at: row.try_get("expires_at")?,
    })
}
