//! What a token can be for, and how its names are compared.

use crate::store::{Entity, EntityKind, StoreError};
use jeton_oauth::{Algorithm, ResourceUri, Scopes};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A resource: an API that accepts tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The value of `aud`: an absolute URI without fragment (RFC 8707), or a plain name that only `audience` can ask for.
    pub identifier: String,
    /// The scopes that it understands; `None`: every scope.
    pub scopes: Option<Scopes>,
    /// Seconds that its tokens live at most.
    pub lifetime: Option<u32>,
    /// The algorithm that it wants its tokens signed with; `None`: the authority's first.
    pub algorithm: Option<Algorithm>,
}

impl Resource {
    /// A resource that understands `scopes`.
    #[must_use]
    pub fn new(identifier: impl Into<String>, scopes: Option<Scopes>) -> Self {
        Self {
            identifier: identifier.into(),
            scopes,
            lifetime: None,
            algorithm: None,
        }
    }
}

/// A resource as the store keeps it, under its identifier.
#[derive(Serialize, Deserialize)]
struct ResourceDocument {
    /// Space separated.
    scopes: Option<String>,
    /// Seconds.
    lifetime: Option<u32>,
    algorithm: Option<String>,
    /// What a newer version has written.
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Resource {
    /// Reads an entity.
    pub(crate) fn read(entity: &Entity) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Unreadable {
            kind: EntityKind::Resource.as_str(),
            id: entity.id.clone(),
        };
        let document: ResourceDocument =
            serde_json::from_str(&entity.document).map_err(|_| unreadable())?;
        let scopes = document.scopes.as_deref().map(Scopes::parse).transpose();
        let algorithm = document
            .algorithm
            .map(|name| Algorithm::from_name(&name).ok_or_else(unreadable));
        Ok(Self {
            identifier: entity.id.clone(),
            scopes: scopes.map_err(|_| unreadable())?,
            lifetime: document.lifetime,
            algorithm: algorithm.transpose()?,
        })
    }

    /// Its document, with what an earlier one has that this version does not know.
    pub(crate) fn to_document(&self, before: Option<&Entity>) -> String {
        let before = before.and_then(|entity| serde_json::from_str(&entity.document).ok());
        let other = before.map_or_else(Map::new, |before: ResourceDocument| before.other);
        serde_json::json!(ResourceDocument {
            scopes: self.scopes.as_ref().map(ToString::to_string),
            lifetime: self.lifetime,
            algorithm: self
                .algorithm
                .map(|algorithm| algorithm.as_str().to_owned()),
            other,
        })
        .to_string()
    }
}

/// The one form in which identifiers are compared (server requirement 45): scheme and host in lower case, no slash after an
/// empty path; a name that is not a URI is compared as it is.
pub(crate) fn comparable(identifier: &str) -> String {
    ResourceUri::parse(identifier)
        .map_or_else(|_| identifier.to_owned(), |uri| uri.normalized().to_owned())
}
