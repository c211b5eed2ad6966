//! Where a key set is published.

use crate::cache::CacheKey;
use crate::document;
use crate::error::ClientError;
use jeton_oauth::Issuer;
use url::Url;

/// Where a key set is published.
#[derive(Debug, Clone)]
pub enum KeySetLocation {
    /// At the `jwks_uri` of the issuer's metadata.
    Issuer(Issuer),
    /// At this URL, which the user named.
    Url(Url),
}

impl KeySetLocation {
    /// A URL of a key set: https, or http on loopback (client requirement 13).
    ///
    /// # Errors
    /// [`ClientError::Config`] for any other.
    pub fn url(text: &str) -> Result<Self, ClientError> {
        let not_allowed = || {
            ClientError::config(format!(
                "the address of the key set, {text:?}, is not an https URL"
            ))
            .with_hint("plain HTTP is allowed only on loopback, as in http://127.0.0.1:8080/jwks")
        };
        let url = Url::parse(text).map_err(|_| not_allowed())?;
        if document::is_allowed_scheme(&url, true) {
            Ok(Self::Url(url))
        } else {
            Err(not_allowed())
        }
    }

    /// The URL that errors name.
    pub(super) fn server(&self) -> &Url {
        match self {
            Self::Issuer(issuer) => issuer.url(),
            Self::Url(url) => url,
        }
    }

    /// Under which key the set is cached.
    pub(super) fn document_key(&self) -> CacheKey {
        match self {
            Self::Issuer(issuer) => CacheKey::of_document("jwks of issuer", issuer.as_str()),
            Self::Url(url) => CacheKey::of_document("jwks", url.as_str()),
        }
    }
}
