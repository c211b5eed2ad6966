//! Texts from flag, environment and file read into the types of the vocabulary: one reader each for all three.

use super::match_url::web_url;
use jeton_oauth::{Issuer, IssuerError, ResourceUri, Scopes};
use url::Url;

/// An issuer identifier.
pub(super) fn issuer(text: &str) -> Result<Issuer, String> {
    Issuer::parse(text).map_err(|error| match error {
        // Shown, since it holds no password then.
        IssuerError::NotHttps if !text.contains('@') => format!("{text}: {error}"),
        other => other.to_string(),
    })
}

/// The URL of an endpoint: https (http for loopback), no user information, no fragment (RFC 6749 section 3.2).
pub(super) fn endpoint(text: &str) -> Result<Url, String> {
    let url = web_url(text)?;
    if url.fragment().is_some() {
        return Err("an endpoint must not have a fragment".to_owned());
    }
    Ok(url)
}

/// One scope, or several with spaces between them.
pub(super) fn scopes(text: &str) -> Result<Scopes, String> {
    Scopes::parse(text).map_err(|error| error.to_string())
}

/// All scopes of several lists, each once.
pub(super) fn union(lists: &[Scopes]) -> Scopes {
    // Values that were allowed one by one are allowed together.
    Scopes::from_values(lists.iter().flat_map(Scopes::iter)).unwrap_or_default()
}

/// A resource indicator.
pub(super) fn resource(text: &str) -> Result<ResourceUri, String> {
    ResourceUri::parse(text).map_err(|error| format!("{text}: {error}"))
}
