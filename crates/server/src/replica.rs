//! What the store has, in memory: read whole at the start, and brought up to date from the outbox after each change.

use crate::authority::Authority;
use crate::client::Client;
use crate::keys::SigningKey;
use crate::log::Level;
use crate::resource::Resource;
use crate::store::{Changed, Contents, Entity, EntityKind, Revision, StoreError};

impl Authority {
    /// Takes over what others, or this node itself, have changed since the last time.
    pub(crate) async fn catch_up(&self) -> Result<(), StoreError> {
        let mut known = self.revision.lock().await;
        match self.store.changed_since(*known).await? {
            Changed::Entities { revision, entities } => {
                for (kind, id, entity) in &entities {
                    self.take_over(*kind, id, entity.as_ref());
                }
                *known = revision;
            }
            Changed::FellBehind => {
                let contents = self.store.load().await?;
                *known = self.take_all(&contents);
            }
        }
        Ok(())
    }

    /// Takes over everything; gives the revision.
    pub(crate) fn take_all(&self, contents: &Contents) -> Revision {
        self.registry.clear();
        self.keys.clear();
        for entity in &contents.entities {
            self.take_over(entity.kind, &entity.id, Some(entity));
        }
        contents.revision
    }

    /// Takes over one entity, or its removal. One that cannot be read is left out: that is no reason to refuse all others.
    fn take_over(&self, kind: EntityKind, id: &str, entity: Option<&Entity>) {
        let Some(entity) = entity else {
            match kind {
                EntityKind::Client => self.registry.remove_client(id),
                EntityKind::Resource => self.registry.remove_resource(id),
                EntityKind::SigningKey => self.keys.remove(id),
                EntityKind::Setting => {}
            }
            return;
        };
        let master = &self.config.master_key;
        let read = match kind {
            EntityKind::Client => {
                Client::read(entity, master).map(|client| self.registry.put_client(client))
            }
            EntityKind::Resource => Resource::read(entity)
                .map(|resource| self.registry.put_resource(resource))
                .map_err(|error| error.to_string()),
            EntityKind::SigningKey => SigningKey::read(entity, master)
                .map(|key| self.keys.put(key))
                .map_err(|error| error.to_string()),
            EntityKind::Setting => Ok(()),
        };
        if let Err(error) = read {
            if kind == EntityKind::Client {
                self.registry.remove_client(id);
            }
            self.say(
                Level::Error,
                "an entity of the store cannot be read and is left out",
                &[
                    ("kind", kind.as_str().to_owned()),
                    ("id", id.to_owned()),
                    ("error", error),
                ],
            );
        }
    }
}
