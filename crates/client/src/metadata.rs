//! The metadata of an issuer, kept from an earlier discovery or discovered now, and the endpoints that it names.

use crate::cache::{Cache, CacheKey};
use crate::discovery::{Discovered, discover};
use crate::document::{Means, is_allowed_scheme};
use crate::error::ClientError;
use crate::event::Event;
use crate::http::Reach;
use jeton_oauth::{Issuer, Metadata};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

/// A URL that the metadata names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Token,
    Introspection,
    Revocation,
    Jwks,
}

impl Named {
    /// The member of the metadata.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token_endpoint",
            Self::Introspection => "introspection_endpoint",
            Self::Revocation => "revocation_endpoint",
            Self::Jwks => "jwks_uri",
        }
    }

    fn of(self, metadata: &Metadata) -> Option<&str> {
        match self {
            Self::Token => metadata.token_endpoint.as_deref(),
            Self::Introspection => metadata.introspection_endpoint.as_deref(),
            Self::Revocation => metadata.revocation_endpoint.as_deref(),
            Self::Jwks => metadata.jwks_uri.as_deref(),
        }
    }
}

/// An endpoint and what is known about its server.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) named: Named,
    pub(crate) url: Url,
    pub(crate) metadata: Option<Metadata>,
    pub(crate) reach: Reach,
    /// Whether it comes from an earlier discovery and may have moved since.
    pub(crate) kept: bool,
}

impl Endpoint {
    /// The authentication methods that are taken here; `None` where nothing is known about the server. Beside the
    /// token endpoint's a list is optional, and a client has one method for all (RFC 8414 2).
    pub(crate) fn auth_methods(&self) -> Option<Vec<&str>> {
        let metadata = self.metadata.as_ref()?;
        let own = match self.named {
            Named::Introspection => &metadata.introspection_endpoint_auth_methods_supported,
            Named::Revocation => &metadata.revocation_endpoint_auth_methods_supported,
            Named::Token | Named::Jwks => &None,
        };
        Some(own.as_ref().map_or_else(
            || metadata.auth_methods(),
            |list| list.iter().map(String::as_str).collect(),
        ))
    }

    /// The algorithms of assertions that are taken here, where the server lists them.
    pub(crate) fn signing_algs(&self) -> Option<&Vec<String>> {
        let metadata = self.metadata.as_ref()?;
        let own = match self.named {
            Named::Introspection => {
                &metadata.introspection_endpoint_auth_signing_alg_values_supported
            }
            Named::Revocation => &metadata.revocation_endpoint_auth_signing_alg_values_supported,
            Named::Token | Named::Jwks => &None,
        };
        own.as_ref().or(metadata
            .token_endpoint_auth_signing_alg_values_supported
            .as_ref())
    }
}

/// A metadata document as it is kept, sealed like a token: whoever could write it would be sent the credentials.
#[derive(Serialize, Deserialize)]
struct Kept {
    good_until: i64,
    public: bool,
    document: String,
}

/// Finds an endpoint of an issuer. Kept metadata that does not name it is fetched anew: it may be new at the server.
///
/// # Errors
/// As discovery; [`ClientError::Config`] where the document names no such endpoint, or one that is neither https nor
/// on loopback.
pub(crate) async fn endpoint(
    means: &Means<'_>,
    issuer: &Issuer,
    named: Named,
    left: Duration,
) -> Result<Endpoint, ClientError> {
    let kept = read_kept(means, issuer).filter(|kept| named.of(&kept.metadata).is_some());
    let is_kept = kept.is_some();
    let discovered = match kept {
        Some(kept) => kept,
        None => {
            let discovered = discover(means, issuer, left).await?;
            keep(means, issuer, &discovered);
            discovered
        }
    };
    (means.observer)(&Event::Discovered {
        issuer: issuer.as_str(),
        cached: is_kept,
    });
    Ok(Endpoint {
        named,
        url: url(&discovered.metadata, named, issuer)?,
        reach: discovered.reach(),
        metadata: Some(discovered.metadata),
        kept: is_kept,
    })
}

/// Forgets what is kept of an issuer.
pub(crate) fn forget(cache: &Cache, issuer: &Issuer) {
    cache.remove_document(&document_key(issuer));
}

fn url(metadata: &Metadata, named: Named, issuer: &Issuer) -> Result<Url, ClientError> {
    let name = named.as_str();
    let text = named.of(metadata).ok_or_else(|| {
        ClientError::config(format!("the metadata of {issuer} names no {name}"))
            .with_hint(remedy(named))
    })?;
    Url::parse(text)
        .ok()
        .filter(|url| is_allowed_scheme(url, issuer.is_loopback()))
        .ok_or_else(|| {
            ClientError::config(format!(
                "the metadata of {issuer} names the {name} {text}, which is not https"
            ))
            .with_hint(remedy(named))
        })
}

/// What to do about a URL that is missing or wrong.
const fn remedy(named: Named) -> &'static str {
    match named {
        Named::Token => {
            "tell the server's operator; if you know its token endpoint, set token_endpoint in the profile"
        }
        Named::Jwks => "tell the server's operator; if you know its key set, name it with --jwks",
        Named::Introspection | Named::Revocation => {
            "the server does not offer this, or does not say so: ask its operator"
        }
    }
}

fn read_kept(means: &Means<'_>, issuer: &Issuer) -> Option<Discovered> {
    let bytes = means.cache.read_document(&document_key(issuer))?;
    let kept: Kept = serde_json::from_slice(&bytes).ok()?;
    let good = means.clock.now() < kept.good_until;
    good.then(|| Discovered::from_kept(issuer, kept.document.into_bytes(), kept.public))?
}

/// A document that cannot be kept is fetched again the next time; that is no trouble worth a word.
fn keep(means: &Means<'_>, issuer: &Issuer, discovered: &Discovered) {
    if discovered.max_age == 0 {
        return;
    }
    let kept = Kept {
        good_until: means.clock.now() + discovered.max_age,
        public: discovered.public,
        document: String::from_utf8_lossy(&discovered.document).into_owned(),
    };
    if let Ok(bytes) = serde_json::to_vec(&kept) {
        let _ = means.cache.write_document(&document_key(issuer), &bytes);
    }
}

fn document_key(issuer: &Issuer) -> CacheKey {
    CacheKey::of_document("metadata", issuer.as_str())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_13_what_the_metadata_may_name() {
        let issuer = Issuer::parse("https://as.example").unwrap();
        let metadata = |uri: &str| Metadata {
            issuer: issuer.as_str().to_owned(),
            jwks_uri: Some(uri.to_owned()),
            ..Metadata::default()
        };
        let good = metadata("https://keys.example/jwks");
        assert!(url(&good, Named::Jwks, &issuer).is_ok());
        assert!(url(&metadata("http://as.example/jwks"), Named::Jwks, &issuer).is_err());
        assert!(url(&metadata("jwks"), Named::Jwks, &issuer).is_err());
        let absent = url(&good, Named::Introspection, &issuer).unwrap_err();
        assert_eq!(
            absent.to_string(),
            "the metadata of https://as.example names no introspection_endpoint"
        );
    }
}
