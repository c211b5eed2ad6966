//! What a token can be for, and how its names are compared.

use jeton_oauth::{Algorithm, ResourceUri, Scopes};

/// A resource: an API that accepts tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// What stands in `aud`: an absolute URI without fragment (RFC 8707), or a plain name that only `audience` can ask for.
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

/// The one form in which identifiers are compared (server requirement 45): scheme and host in lower case, no slash after an
/// empty path; a name that is no URI is compared as it is.
pub(crate) fn comparable(identifier: &str) -> String {
    ResourceUri::parse(identifier)
        .map_or_else(|_| identifier.to_owned(), |uri| uri.normalized().to_owned())
}
