//! Keeps a secret from elsewhere as a keyed hash, once it was right.

use crate::authority::Authority;
use crate::client::{ClientDocument, SecretValue};
use crate::store::{Change, EntityKind, StoreError};

impl Authority {
    /// Replaces the slow hash of a secret. If that fails, the next use tries again; the client is still served.
    pub(crate) async fn keep_as_keyed(&self, client_id: &str, secret_id: &str, hash: [u8; 32]) {
        match self.try_keep_as_keyed(client_id, secret_id, hash).await {
            Ok(()) => {}
            // another request, or another node, came first
            Err(error) if error.is_conflict() => {}
            Err(error) => self.warn(
                "an imported secret could not be kept as a keyed hash",
                &error,
            ),
        }
    }

    async fn try_keep_as_keyed(
        &self,
        client_id: &str,
        secret_id: &str,
        hash: [u8; 32],
    ) -> Result<(), StoreError> {
        let _one = self.changing.lock().await;
        let Some(entity) = self.store.entity(EntityKind::Client, client_id).await? else {
            return Ok(());
        };
        let unreadable = || StoreError::Unreadable {
            kind: EntityKind::Client.as_str(),
            id: client_id.to_owned(),
        };
        let mut document = ClientDocument::parse(&entity.document).map_err(|_| unreadable())?;
        for secret in &mut document.secrets {
            if secret.id == secret_id {
                secret.value = SecretValue::Keyed(hash);
            }
        }
        let change = Change::Update {
            kind: EntityKind::Client,
            id: entity.id,
            version: entity.version,
            document: document.to_text().map_err(|_| unreadable())?,
        };
        self.store.commit(vec![change]).await?;
        self.catch_up().await
    }
}
