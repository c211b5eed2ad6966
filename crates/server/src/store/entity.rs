//! What the store keeps: entities, each a document under a kind and an id, with a version that grows with each change.
//!
//! The authority reads all of them at the start and holds them in memory, parsed; the store never looks inside a document.
//! So one pair of tables serves clients, resources and keys alike, in every database, and a new member of a document needs
//! no migration.

/// What an entity is. The names are in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum EntityKind {
    /// A client with its secrets.
    Client,
    /// A resource.
    Resource,
    /// A signing key, sealed.
    SigningKey,
    /// A fact about the whole authority, as which algorithms have keys.
    Setting,
}

impl EntityKind {
    const ALL: [Self; 4] = [
        Self::Client,
        Self::Resource,
        Self::SigningKey,
        Self::Setting,
    ];

    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Resource => "resource",
            Self::SigningKey => "signing_key",
            Self::Setting => "setting",
        }
    }

    /// The kind with this name. `None` for one that a newer version has introduced: this version passes over it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) kind: EntityKind,
    pub(crate) id: String,
    /// From 1; grows by one with each change.
    pub(crate) version: i64,
    /// JSON. What has to be secret in it is sealed before it comes here.
    pub(crate) document: String,
}

/// One change. Several make one transaction.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// Adds an entity; a conflict if there is one of this kind and id.
    Insert {
        kind: EntityKind,
        id: String,
        document: String,
    },
    /// Replaces a document; a conflict unless the entity has this version, so that no change overwrites one it has not seen.
    Update {
        kind: EntityKind,
        id: String,
        version: i64,
        document: String,
    },
    /// Removes an entity; a conflict unless it has this version.
    Delete {
        kind: EntityKind,
        id: String,
        version: i64,
    },
}

impl Change {
    /// The entity that it changes.
    pub(crate) const fn entity(&self) -> (EntityKind, &String) {
        match self {
            Self::Insert { kind, id, .. }
            | Self::Update { kind, id, .. }
            | Self::Delete { kind, id, .. } => (*kind, id),
        }
    }
}

/// The number of a transaction. Revisions grow in the order of the commits, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Revision(pub(crate) i64);

/// Everything that there is, as of one revision.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) revision: Revision,
    pub(crate) entities: Vec<Entity>,
}

/// What has changed since a revision.
#[derive(Debug)]
pub(crate) enum Changed {
    /// These entities, in their present form; without one where it was removed.
    Entities {
        revision: Revision,
        entities: Vec<(EntityKind, String, Option<Entity>)>,
    },
    /// The outbox no longer reaches back so far: everything has to be read again.
    FellBehind,
}
