//! A key set as it is delivered: located, fetched, with all that clients go by.

mod findings;
mod freshness;

pub use findings::findings;
pub use freshness::Freshness;

use jeton_client::discovery::discover;
use jeton_client::document::{Document, Hop, Wanted, fetch_once};
use jeton_client::{AddressPolicy, ClientError, FetchContext};
use jeton_oauth::{Issuer, Metadata};
use std::time::{Duration, Instant};
use url::Url;

/// No fetch takes longer, redirects included (5 s).
const LONGEST: Duration = Duration::from_secs(5);
const WHAT: &str = "the key set";
const ACCEPT: &str = "application/jwk-set+json, application/json";

/// Where a set is.
#[derive(Debug, Clone)]
pub struct Located {
    /// Its URL.
    pub url: Url,
    /// The metadata that named it.
    pub metadata: Option<Metadata>,
    /// Whether whoever named the URL is on this machine.
    loopback: bool,
    addresses: AddressPolicy,
}

impl Located {
    /// At a URL that the user has named.
    ///
    /// # Errors
    /// [`ClientError::Config`] where it is neither https nor http on loopback.
    pub fn at(url: Url) -> Result<Self, ClientError> {
        if !is_secure(&url) {
            return Err(ClientError::config(format!(
                "{url} is neither https nor a loopback address"
            )));
        }
        Ok(Self {
            metadata: None,
            loopback: is_loopback(&url),
            addresses: AddressPolicy::Anywhere,
            url,
        })
    }

    /// Where the issuer's metadata says, looked up now.
    ///
    /// # Errors
    /// As for the token endpoint; [`ClientError::Config`] where the metadata names no `jwks_uri`, or none that is https.
    pub async fn of_issuer(
        context: &FetchContext<'_>,
        issuer: &Issuer,
        deadline: Instant,
    ) -> Result<Self, ClientError> {
        let deadline = deadline.min(context.deadline(LONGEST));
        let discovered = discover(context, issuer, deadline).await?;
        let text = discovered.metadata.jwks_uri.as_deref().ok_or_else(|| {
            ClientError::config(format!("the metadata of {issuer} has no jwks_uri"))
                .with_hint("its tokens can only be checked by introspection (RFC 7662)")
        })?;
        let url = Url::parse(text)
            .ok()
            .filter(|url| is_secure(url) && (url.scheme() == "https" || issuer.is_loopback()))
            .ok_or_else(|| {
                ClientError::config(format!(
                    "the metadata of {issuer} names the jwks_uri {text}, which is not https"
                ))
            })?;
        Ok(Self {
            url,
            loopback: issuer.is_loopback(),
            addresses: discovered.addresses(),
            metadata: Some(discovered.metadata),
        })
    }
}

/// A response with status 200. Its texts are foreign.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The redirects that led there.
    pub hops: Vec<Hop>,
    /// From the first request to the last byte.
    pub elapsed: Duration,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// What it and the related headers mean.
    pub freshness: Freshness,
    /// Whether an `ETag` or `Last-Modified` lets clients ask whether it has changed.
    pub validator: bool,
    /// The document.
    pub body: Vec<u8>,
}

/// Fetches a set once, without retries, and follows a few redirects, which are part of the delivery.
///
/// # Errors
/// [`ClientError::Network`], and [`ClientError::Server`] for any status but 200, more than 1 MiB, too many redirects or
/// one to a place that is not https.
pub async fn fetch(
    context: &FetchContext<'_>,
    located: &Located,
    deadline: Instant,
) -> Result<Delivery, ClientError> {
    let started = context.clock.instant();
    let wanted = Wanted {
        what: WHAT,
        url: &located.url,
        accept: ACCEPT,
        loopback: located.loopback,
        addresses: located.addresses,
    };
    let document = fetch_once(context, &wanted, deadline.min(started + LONGEST)).await?;
    let elapsed = context.clock.instant().duration_since(started);
    delivered(document, elapsed)
}

fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host()
        .is_some_and(|host| jeton_oauth::is_loopback_host(&host))
}

fn delivered(document: Document, elapsed: Duration) -> Result<Delivery, ClientError> {
    if document.status() != 200 {
        return Err(document.failure("there is none"));
    }
    let text = |name: &str| document.header(name).map(str::to_owned);
    Ok(Delivery {
        elapsed,
        content_type: text("content-type"),
        cache_control: text("cache-control"),
        freshness: Freshness::of(
            document.header("cache-control"),
            document.header("expires"),
            document.header("date"),
            document.header("age"),
        ),
        validator: text("etag").or_else(|| text("last-modified")).is_some(),
        body: document.body().to_vec(),
        hops: document.hops,
    })
}
