//! Fetches a key set, from its URL or from the `jwks_uri` of the metadata.

use super::location::KeySetLocation;
use crate::context::FetchContext;
use crate::document::{self, Document, Wanted};
use crate::endpoint::{Endpoint, EndpointKind, EndpointName};
use crate::endpoints::looks_moved;
use crate::error::ClientError;
use crate::event::Event;
use crate::metadata;
use crate::transport::AddressPolicy;
use jeton_oauth::{Issuer, is_loopback_host};
use std::time::Instant;
use url::Url;

const WHAT: &str = "the key set";
const ACCEPT: &str = "application/jwk-set+json, application/json";

/// Fetches the set. If cached metadata names a URL that no longer works, fetches the metadata again.
pub(super) async fn fetch(
    context: &FetchContext<'_>,
    location: &KeySetLocation,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let issuer = match location {
        KeySetLocation::Url(url) => {
            let loopback = url.host().is_some_and(|host| is_loopback_host(&host));
            return get(context, url, loopback, AddressPolicy::Anywhere, deadline).await;
        }
        KeySetLocation::Issuer(issuer) => issuer,
    };
    let found = jwks_uri(context, issuer, deadline).await?;
    match get_from(context, issuer, &found, deadline).await {
        Err(error) if found.cached && looks_moved(&error) => {
            metadata::forget(context.cache, issuer);
            let found = jwks_uri(context, issuer, deadline).await?;
            get_from(context, issuer, &found, deadline).await
        }
        result => result,
    }
}

async fn jwks_uri(
    context: &FetchContext<'_>,
    issuer: &Issuer,
    deadline: Instant,
) -> Result<Endpoint, ClientError> {
    let (name, kind) = (EndpointName::Jwks, EndpointKind::Ordinary);
    metadata::endpoint(context, issuer, name, kind, deadline).await
}

async fn get_from(
    context: &FetchContext<'_>,
    issuer: &Issuer,
    found: &Endpoint,
    deadline: Instant,
) -> Result<Document, ClientError> {
    let loopback = issuer.is_loopback();
    get(context, &found.url, loopback, found.addresses, deadline).await
}

async fn get(
    context: &FetchContext<'_>,
    url: &Url,
    loopback: bool,
    addresses: AddressPolicy,
    deadline: Instant,
) -> Result<Document, ClientError> {
    context.tell(&Event::FetchingKeys { url: url.as_str() });
    let wanted = Wanted {
        what: WHAT,
        url,
        accept: ACCEPT,
        loopback,
        addresses,
    };
    let document = document::fetch(context, &wanted, deadline).await?;
    if document.status() != 200 {
        return Err(document.failure("not found"));
    }
    let kind = document.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_one = |wanted: &str| kind.eq_ignore_ascii_case(wanted);
    if !is_one("application/jwk-set+json") && !is_one("application/json") {
        return Err(document.failure("its content type is not that of a key set"));
    }
    Ok(document)
}
