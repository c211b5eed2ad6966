//! Resources: what a token can be for.

use super::{Store, StoreError};
use crate::resource::Resource;
use jeton_oauth::{Algorithm, Scopes};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

impl Store {
    /// Adds a resource, or changes the one with the same identifier.
    pub(crate) async fn put_resource(&self, resource: &Resource) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO resources (identifier, scopes, lifetime, algorithm) VALUES (?, ?, ?, ?) ON CONFLICT (identifier) DO \
             UPDATE SET scopes = excluded.scopes, lifetime = excluded.lifetime, algorithm = excluded.algorithm",
        )
        .bind(&resource.identifier)
        .bind(resource.scopes.as_ref().map(ToString::to_string))
        .bind(resource.lifetime)
        .bind(resource.algorithm.map(Algorithm::as_str))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// All resources.
    pub(crate) async fn resources(&self) -> Result<Vec<Resource>, StoreError> {
        sqlx::query("SELECT * FROM resources ORDER BY identifier")
            .fetch_all(&self.pool)
            .await?
            .iter()
            .map(resource)
            .collect()
    }
}

fn resource(row: &SqliteRow) -> Result<Resource, StoreError> {
    let identifier: String = row.try_get("identifier")?;
    let nonsense = || StoreError::Nonsense {
        what: "resource",
        name: identifier.clone(),
    };
    let scopes = row
        .try_get::<Option<&str>, _>("scopes")?
        .map(Scopes::parse)
        .transpose()
        .map_err(|_| nonsense())?;
    let algorithm = row
        .try_get::<Option<&str>, _>("algorithm")?
        .map(|name| Algorithm::from_name(name).ok_or_else(nonsense))
        .transpose()?;
    Ok(Resource {
        scopes,
        lifetime: row.try_get("lifetime")?,
        algorithm,
        identifier,
    })
}
