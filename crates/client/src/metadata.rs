//! The metadata of an issuer, kept from an earlier discovery or discovered now, and the endpoints that it names.

use crate::cache::{Cache, CacheKey};
use crate::discovery::{Discovered, discover};
use crate::document::{Means, is_allowed_scheme};
use crate::error::ClientError;
use crate::event::Event;
use crate::http::Reach;
use jeton_oauth::{Issuer, Metadata};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
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

    /// The URL behind a door, and whether it is an alias.
    fn behind(self, door: Door, metadata: &Metadata) -> Option<(Cow<'_, str>, bool)> {
        let alias = match door {
            Door::Ordinary => None,
            Door::Mtls => metadata
                .mtls_endpoint_aliases
                .as_ref()
                .and_then(|aliases| aliases.get(self.as_str()))
                .filter(|alias| !alias.is_null()),
        };
        match alias {
            Some(Value::String(text)) => Some((text.into(), true)),
            Some(other) => Some((other.to_string().into(), true)),
            None => self.of(metadata).map(|text| (text.into(), false)),
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

/// Which of the two URLs that an endpoint may have: whoever presents a certificate takes the alias where there is one, so that
/// servers need not ask everybody for a certificate (RFC 8705 section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Ordinary,
    Mtls,
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

    /// Whether the server announces tokens that are bound to certificates (RFC 8705 3.3).
    pub(crate) fn announces_binding(&self) -> bool {
        let announced = |metadata: &Metadata| metadata.tls_client_certificate_bound_access_tokens;
        self.metadata.as_ref().and_then(announced) == Some(true)
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
    door: Door,
    left: Duration,
) -> Result<Endpoint, ClientError> {
    let kept = read_kept(means, issuer);
    let kept = kept.filter(|kept| named.behind(door, &kept.metadata).is_some());
    let is_kept = kept.is_some();
    let discovered = match kept {
        Some(kept) => kept,
        None => {
            let discovered = discover(means.http, issuer, means.observer, left).await?;
            keep(means, issuer, &discovered);
            discovered
        }
    };
    (means.observer)(&Event::Discovered {
        issuer: issuer.as_str(),
        cached: is_kept,
    });
    let (url, alias) = url(&discovered.metadata, named, door, issuer)?;
    if alias {
        (means.observer)(&Event::AliasTaken {
            endpoint: named.as_str(),
            url: url.as_str(),
        });
    }
    Ok(Endpoint {
        named,
        url,
        reach: discovered.reach(),
        metadata: Some(discovered.metadata),
        kept: is_kept,
    })
}

/// Forgets what is kept of an issuer.
pub(crate) fn forget(cache: &Cache, issuer: &Issuer) {
    cache.remove_document(&document_key(issuer));
}

fn url(
    metadata: &Metadata,
    named: Named,
    door: Door,
    issuer: &Issuer,
) -> Result<(Url, bool), ClientError> {
    let name = named.as_str();
    let (text, alias) = named.behind(door, metadata).ok_or_else(|| {
        ClientError::config(format!("the metadata of {issuer} names no {name}"))
            .with_hint(remedy(named))
    })?;
    let place = if alias { "mtls_endpoint_aliases." } else { "" };
    let url = Url::parse(&text)
        .ok()
        .filter(|url| is_allowed_scheme(url, issuer.is_loopback()))
        .ok_or_else(|| {
            ClientError::config(format!(
                "the metadata of {issuer} names the {place}{name} {text}, which is not https"
            ))
            .with_hint(remedy(named))
        })?;
    Ok((url, alias))
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
        let jwks = |metadata: &Metadata| url(metadata, Named::Jwks, Door::Ordinary, &issuer);
        assert!(jwks(&good).is_ok());
        assert!(jwks(&metadata("http://as.example/jwks")).is_err());
        assert!(jwks(&metadata("jwks")).is_err());
        let absent = url(&good, Named::Introspection, Door::Ordinary, &issuer).unwrap_err();
        assert_eq!(
            absent.to_string(),
            "the metadata of https://as.example names no introspection_endpoint"
        );
    }

    /// An alias for some endpoints, and none for others; and the same rules for all of them.
    #[test]
    fn client_09_aliases_are_for_whoever_presents_a_certificate() {
        let issuer = Issuer::parse("https://as.example").unwrap();
        let metadata = |alias: &str| {
            let text = format!(
                r#"{{"issuer":"https://as.example","token_endpoint":"https://as.example/token",
                "introspection_endpoint":"https://as.example/introspect","mtls_endpoint_aliases":{{
                "token_endpoint":{alias},"revocation_endpoint":"https://mtls.as.example/revoke","jwks_uri":null}}}}"#
            );
            Metadata::parse(text.as_bytes()).unwrap()
        };
        let found = |alias: &str, named, door| {
            url(&metadata(alias), named, door, &issuer)
                .map(|(url, alias)| (url.to_string(), alias))
                .map_err(|error| error.to_string())
        };
        let good = r#""https://mtls.as.example/token""#;
        let (ordinary, mtls) = (Door::Ordinary, Door::Mtls);
        let as_named = |url: &str, alias| Ok((url.to_owned(), alias));
        assert_eq!(
            found(good, Named::Token, ordinary),
            as_named("https://as.example/token", false)
        );
        assert_eq!(
            found(good, Named::Token, mtls),
            as_named("https://mtls.as.example/token", true)
        );
        assert_eq!(
            found(good, Named::Introspection, mtls),
            as_named("https://as.example/introspect", false)
        );
        assert_eq!(
            found(good, Named::Revocation, mtls),
            as_named("https://mtls.as.example/revoke", true)
        );
        assert!(found(good, Named::Revocation, ordinary).is_err());
        for bad in [
            r#""http://mtls.as.example/token""#,
            r#""http://127.0.0.1/t""#,
            "1",
            "[]",
            r#""""#,
        ] {
            let told = found(bad, Named::Token, mtls).unwrap_err();
            assert!(
                told.contains("mtls_endpoint_aliases.token_endpoint"),
                "{told}"
            );
        }
    }
}
