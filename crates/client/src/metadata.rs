//! The metadata of an issuer, kept from an earlier discovery or discovered now, and the endpoints that it names.

use crate::cache::{Cache, CacheKey};
use crate::context::FetchContext;
use crate::discovery::{Discovered, discover};
use crate::document::is_allowed_scheme;
use crate::endpoint::{Endpoint, EndpointKind, EndpointName};
use crate::error::ClientError;
use crate::event::Event;
use jeton_oauth::{Issuer, Metadata};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use url::Url;

/// A metadata document as it is kept, sealed like a token: whoever could write it would be sent the credentials.
#[derive(Serialize, Deserialize)]
struct CachedDocument {
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
    context: &FetchContext<'_>,
    issuer: &Issuer,
    name: EndpointName,
    kind: EndpointKind,
    deadline: Instant,
) -> Result<Endpoint, ClientError> {
    let cached = read(context, issuer);
    let cached = cached.filter(|found| name.of_kind(kind, &found.metadata).is_some());
    let is_cached = cached.is_some();
    let discovered = match cached {
        Some(discovered) => discovered,
        None => {
            let discovered = discover(context, issuer, deadline).await?;
            keep(context, issuer, &discovered);
            discovered
        }
    };
    context.tell(&Event::Discovered {
        issuer: issuer.as_str(),
        cached: is_cached,
    });
    let (url, alias) = url(&discovered.metadata, name, kind, issuer)?;
    if alias {
        context.tell(&Event::AliasTaken {
            endpoint: name.as_str(),
            url: url.as_str(),
        });
    }
    Ok(Endpoint {
        name,
        url,
        addresses: discovered.addresses(),
        metadata: Some(discovered.metadata),
        cached: is_cached,
    })
}

/// Forgets what is kept of an issuer.
pub(crate) fn forget(cache: &Cache, issuer: &Issuer) {
    cache.remove_document(&document_key(issuer));
}

fn url(
    metadata: &Metadata,
    name: EndpointName,
    kind: EndpointKind,
    issuer: &Issuer,
) -> Result<(Url, bool), ClientError> {
    let member = name.as_str();
    let (text, alias) = name.of_kind(kind, metadata).ok_or_else(|| {
        ClientError::config(format!("the metadata of {issuer} has no {member}"))
            .with_hint(remedy(name))
    })?;
    let place = if alias { "mtls_endpoint_aliases." } else { "" };
    let url = Url::parse(&text)
        .ok()
        .filter(|url| is_allowed_scheme(url, issuer.is_loopback()))
        .ok_or_else(|| {
            ClientError::config(format!(
                "the metadata of {issuer} names the {place}{member} {text}, which is not https"
            ))
            .with_hint(remedy(name))
        })?;
    Ok((url, alias))
}

/// What to do about a URL that is missing or wrong.
const fn remedy(name: EndpointName) -> &'static str {
    match name {
        EndpointName::Token => {
            "tell the server's operator; if you know its token endpoint, set token_endpoint in the profile"
        }
        EndpointName::Jwks => {
            "tell the server's operator; if you know its key set, name it with --jwks"
        }
        EndpointName::Introspection | EndpointName::Revocation => {
            "the server does not offer this, or does not say so: ask its operator"
        }
    }
}

fn read(context: &FetchContext<'_>, issuer: &Issuer) -> Option<Discovered> {
    let bytes = context.cache.read_document(&document_key(issuer))?;
    let cached: CachedDocument = serde_json::from_slice(&bytes).ok()?;
    let is_fresh = context.clock.now() < cached.good_until;
    is_fresh.then(|| Discovered::from_kept(issuer, cached.document.into_bytes(), cached.public))?
}

/// A document that cannot be kept is fetched again the next time; that is no trouble worth a word.
fn keep(context: &FetchContext<'_>, issuer: &Issuer, discovered: &Discovered) {
    if discovered.max_age == 0 {
        return;
    }
    let cached = CachedDocument {
        good_until: context.clock.now() + discovered.max_age,
        public: discovered.public,
        document: String::from_utf8_lossy(&discovered.document).into_owned(),
    };
    if let Ok(bytes) = serde_json::to_vec(&cached) {
        let _ = context.cache.write_document(&document_key(issuer), &bytes);
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
        let jwks = |metadata: &Metadata| {
            url(
                metadata,
                EndpointName::Jwks,
                EndpointKind::Ordinary,
                &issuer,
            )
        };
        assert!(jwks(&good).is_ok());
        assert!(jwks(&metadata("http://as.example/jwks")).is_err());
        assert!(jwks(&metadata("jwks")).is_err());
        let absent = url(
            &good,
            EndpointName::Introspection,
            EndpointKind::Ordinary,
            &issuer,
        )
        .unwrap_err();
        assert_eq!(
            absent.to_string(),
            "the metadata of https://as.example has no introspection_endpoint"
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
        let found = |alias: &str, name, kind| {
            url(&metadata(alias), name, kind, &issuer)
                .map(|(url, alias)| (url.to_string(), alias))
                .map_err(|error| error.to_string())
        };
        let good = r#""https://mtls.as.example/token""#;
        let (ordinary, mtls) = (EndpointKind::Ordinary, EndpointKind::Mtls);
        let as_named = |url: &str, alias| Ok((url.to_owned(), alias));
        assert_eq!(
            found(good, EndpointName::Token, ordinary),
            as_named("https://as.example/token", false)
        );
        assert_eq!(
            found(good, EndpointName::Token, mtls),
            as_named("https://mtls.as.example/token", true)
        );
        assert_eq!(
            found(good, EndpointName::Introspection, mtls),
            as_named("https://as.example/introspect", false)
        );
        assert_eq!(
            found(good, EndpointName::Revocation, mtls),
            as_named("https://mtls.as.example/revoke", true)
        );
        assert!(found(good, EndpointName::Revocation, ordinary).is_err());
        for bad in [
            r#""http://mtls.as.example/token""#,
            r#""http://127.0.0.1/t""#,
            "1",
            "[]",
            r#""""#,
        ] {
            let told = found(bad, EndpointName::Token, mtls).unwrap_err();
            assert!(
                told.contains("mtls_endpoint_aliases.token_endpoint"),
                "{told}"
            );
        }
    }
}
