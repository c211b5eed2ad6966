//! A key set as it is delivered: found, fetched, and with everything around it that clients go by.

pub use super::delivery::{Freshness, findings};

use crate::cache::Cache;
use crate::clock::Clock;
use crate::discovery::discover;
use crate::document::{Means, failed};
use crate::error::ClientError;
use crate::event::Observer;
use crate::http::{Answer, Http, Reach};
use jeton_oauth::{Issuer, Metadata};
use std::time::Duration;
use url::Url;

/// No set is waited for longer, redirects included (5 s).
pub const LONGEST: Duration = Duration::from_secs(5);
const WHAT: &str = "the key set";
/// Redirects that are followed.
const HOPS: usize = 3;
const ACCEPT: &str = "application/jwk-set+json, application/json";

/// Where a set is.
#[derive(Debug, Clone)]
pub struct Located {
    /// Its URL.
    pub url: Url,
    /// The metadata that named it.
    pub metadata: Option<Metadata>,
    reach: Reach,
}

impl Located {
    /// At a URL that the user has named.
    ///
    /// # Errors
    /// [`ClientError::Config`] where it is neither https nor http on loopback.
    pub fn at(url: Url) -> Result<Self, ClientError> {
        if !is_secure(&url) {
            return Err(ClientError::config(format!(
                "{url} is neither https nor on this machine"
            )));
        }
        Ok(Self {
            url,
            metadata: None,
            reach: Reach::Anywhere,
        })
    }

    /// Where the issuer's metadata says, looked up now.
    ///
    /// # Errors
    /// As for the token endpoint; [`ClientError::Config`] where the metadata names no `jwks_uri`, or none that is https.
    pub async fn of_issuer(
        http: &Http,
        issuer: &Issuer,
        clock: &dyn Clock,
        observer: &Observer,
    ) -> Result<Self, ClientError> {
        let means = Means {
            http,
            cache: &Cache::None,
            clock,
            observer,
        };
        let discovered = discover(&means, issuer, LONGEST).await?;
        let text = discovered.metadata.jwks_uri.as_deref().ok_or_else(|| {
            ClientError::config(format!("the metadata of {issuer} names no jwks_uri"))
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
            reach: discovered.reach(),
            metadata: Some(discovered.metadata),
        })
    }
}

/// A redirect on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The HTTP status.
    pub status: u16,
    /// Where it leads: foreign text.
    pub to: String,
}

/// What came, with status 200. Its texts are foreign.
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
    /// What it and its kin mean.
    pub freshness: Freshness,
    /// Whether there is an `ETag` or `Last-Modified` to ask again with.
    pub validator: bool,
    /// The document.
    pub body: Vec<u8>,
}

/// Fetches a set once, without retries, and follows a few redirects: they are part of what came.
///
/// # Errors
/// [`ClientError::Network`], and [`ClientError::Server`] for any status but 200, more than 1 MiB, too many redirects or
/// one to a place that is not https.
pub async fn fetch(
    http: &Http,
    located: &Located,
    clock: &dyn Clock,
) -> Result<Delivery, ClientError> {
    let started = clock.instant();
    let mut url = located.url.clone();
    let mut reach = located.reach;
    let mut hops = Vec::new();
    loop {
        let left = LONGEST.saturating_sub(clock.instant().duration_since(started));
        let answer = http.get(&url, ACCEPT, reach, left).await?;
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            let elapsed = clock.instant().duration_since(started);
            return delivered(&answer, hops, elapsed);
        }
        let target = answer
            .header("location")
            .and_then(|location| url.join(location).ok())
            .filter(|target| {
                is_secure(target) && (url.scheme() != "https" || target.scheme() == "https")
            })
            .ok_or_else(|| failed(&answer, WHAT, "it redirects to a place that is not https"))?;
        if hops.len() == HOPS {
            return Err(failed(&answer, WHAT, "it is behind more than 3 redirects"));
        }
        if answer.public_peer == Some(true) {
            reach = Reach::PublicOnly;
        }
        hops.push(Hop {
            status: answer.status,
            to: target.to_string(),
        });
        url = target;
    }
}

fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => url
            .host()
            .is_some_and(|host| jeton_oauth::is_loopback_host(&host)),
        _ => false,
    }
}

fn delivered(answer: &Answer, hops: Vec<Hop>, elapsed: Duration) -> Result<Delivery, ClientError> {
    if answer.status != 200 {
        return Err(failed(answer, WHAT, "there is none"));
    }
    let text = |name: &str| answer.header(name).map(str::to_owned);
    Ok(Delivery {
        hops,
        elapsed,
        content_type: text("content-type"),
        cache_control: text("cache-control"),
        freshness: Freshness::of(
            answer.header("cache-control"),
            answer.header("expires"),
            answer.header("date"),
            answer.header("age"),
        ),
        validator: text("etag").or_else(|| text("last-modified")).is_some(),
        body: answer.body.to_vec(),
    })
}
