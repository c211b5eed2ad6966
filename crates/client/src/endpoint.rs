//! Where the token endpoint is: configured, or found in the metadata and remembered.

use crate::error::{ClientError, NetworkKind};
use crate::http::Reach;
use crate::metadata::{self, Endpoint, Named};
use crate::source::Parts;
use std::sync::Mutex;
use std::time::Duration;

/// Remembers the endpoint for the life of a source.
#[derive(Default)]
pub(crate) struct Endpoints(Mutex<Option<Endpoint>>);

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
        let mut slot = self.slot();
        if !looks_moved(error) || !slot.as_ref().is_some_and(|endpoint| endpoint.kept) {
            return false;
        }
        *slot = None;
        if let Some(issuer) = &parts.config.issuer {
            metadata::forget(&parts.cache, issuer);
        }
        true
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Endpoint>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Whether this is how a place answers where the endpoint no longer is.
pub(crate) fn looks_moved(error: &ClientError) -> bool {
    match error {
        ClientError::Network { kind, .. } => {
            matches!(
                kind,
                NetworkKind::Dns
                    | NetworkKind::Connect
                    | NetworkKind::Tls
                    | NetworkKind::CertificateWanted
                    | NetworkKind::CertificateRefused
            )
        }
        ClientError::Server { status, .. } => {
            matches!(status, Some(404 | 405 | 410))
        }
        ClientError::Config { .. }
        | ClientError::Credential(_)
        | ClientError::Key(_)
        | ClientError::Refused { .. } => false,
    }
}

async fn find(parts: &Parts, left: Duration) -> Result<Endpoint, ClientError> {
    let config = &parts.config;
    if let Some(url) = config.token_endpoint.clone() {
        return Ok(Endpoint {
            named: Named::Token,
            url,
            metadata: None,
            reach: Reach::Anywhere,
            kept: false,
        });
    }
    let issuer = config.issuer.as_ref().ok_or_else(|| {
        ClientError::config("neither an issuer nor a token endpoint is configured")
            .with_hint("set issuer in the profile, or OIDC_ISSUER")
    })?;
    let door = config.door();
    metadata::endpoint(&parts.means(), issuer, Named::Token, door, left).await
}
