//! Where the token endpoint is: configured, kept from an earlier discovery, or discovered now.

use crate::cache::CacheKey;
use crate::discovery::{Discovered, discover};
use crate::error::{ClientError, NetworkKind};
use crate::event::Event;
use crate::http::Reach;
use crate::source::Parts;
use jeton_oauth::{Issuer, Metadata};
use serde::{Deserialize, Serialize};
use std::sync::Mutex;
use std::time::Duration;
use url::Url;

/// The endpoint and what is known about its server.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) url: Url,
    pub(crate) metadata: Option<Metadata>,
    pub(crate) reach: Reach,
    /// Whether it comes from an earlier discovery and may have moved since.
    kept: bool,
}

/// Remembers the endpoint for the life of a source.
#[derive(Default)]
pub(crate) struct Endpoints(Mutex<Option<Endpoint>>);

/// A metadata document as it is kept, sealed like a token: whoever could write it would be sent the credentials.
#[derive(Serialize, Deserialize)]
struct Kept {
    good_until: i64,
    public: bool,
    document: String,
}

impl Endpoints {
    pub(crate) async fn find(
        &self,
        parts: &Parts,
        left: Duration,
    ) -> Result<Endpoint, ClientError> {
        if let Some(known) = self.slot().clone() {
            return Ok(known);
        }
        let found = find(parts, left).await?;
        *self.slot() = Some(found.clone());
        Ok(found)
    }

    /// Forgets a kept endpoint that does not answer as one: it may have moved.
    pub(crate) fn forget_if_stale(&self, parts: &Parts, error: &ClientError) -> bool {
        let gone = match error {
            ClientError::Network { kind, .. } => {
                matches!(
                    kind,
                    NetworkKind::Dns | NetworkKind::Connect | NetworkKind::Tls
                )
            }
            ClientError::Server { status, .. } => {
                matches!(status, Some(404 | 405 | 410))
            }
            ClientError::Config { .. }
            | ClientError::Credential(_)
            | ClientError::Key(_)
            | ClientError::Refused { .. } => false,
        };
        let mut slot = self.slot();
        if !gone || !slot.as_ref().is_some_and(|endpoint| endpoint.kept) {
            return false;
        }
        *slot = None;
        if let Some(issuer) = &parts.config.issuer {
            parts.cache.remove_document(&document_key(issuer));
        }
        true
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Endpoint>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

async fn find(parts: &Parts, left: Duration) -> Result<Endpoint, ClientError> {
    let config = &parts.config;
    let configured = config.token_endpoint.clone();
    let Some(issuer) = &config.issuer else {
        let url = configured.ok_or_else(|| {
            ClientError::config("neither an issuer nor a token endpoint is configured")
                .with_hint("set issuer in the profile, or OIDC_ISSUER")
        })?;
        return Ok(Endpoint {
            url,
            metadata: None,
            reach: Reach::Anywhere,
            kept: false,
        });
    };
    if let Some(url) = configured {
        return Ok(Endpoint {
            url,
            metadata: None,
            reach: Reach::Anywhere,
            kept: false,
        });
    }
    let (discovered, kept) = match read_kept(parts, issuer) {
        Some(discovered) => (discovered, true),
        None => {
            let discovered = discover(&parts.http, issuer, left, &parts.observer).await?;
            keep(parts, issuer, &discovered);
            (discovered, false)
        }
    };
    (parts.observer)(&Event::Discovered {
        issuer: issuer.as_str(),
        cached: kept,
    });
    Ok(Endpoint {
        url: discovered.token_endpoint(issuer)?,
        reach: discovered.reach(),
        metadata: Some(discovered.metadata),
        kept,
    })
}

fn read_kept(parts: &Parts, issuer: &Issuer) -> Option<Discovered> {
    let bytes = parts.cache.read_document(&document_key(issuer))?;
    let kept: Kept = serde_json::from_slice(&bytes).ok()?;
    let good = parts.clock.now() < kept.good_until;
    good.then(|| Discovered::from_kept(issuer, kept.document.into_bytes(), kept.public))?
}

/// A document that cannot be kept is fetched again the next time; that is no trouble worth a word.
fn keep(parts: &Parts, issuer: &Issuer, discovered: &Discovered) {
    if discovered.max_age == 0 {
        return;
    }
    let kept = Kept {
        good_until: parts.clock.now() + discovered.max_age,
        public: discovered.public,
        document: String::from_utf8_lossy(&discovered.document).into_owned(),
    };
    if let Ok(bytes) = serde_json::to_vec(&kept) {
        let _ = parts.cache.write_document(&document_key(issuer), &bytes);
    }
}

fn document_key(issuer: &Issuer) -> CacheKey {
    CacheKey::of_document("metadata", issuer.as_str())
}
