//! Where an endpoint is: configured, or found in the metadata; the token endpoint is remembered.

use crate::endpoint::{Endpoint, EndpointName};
use crate::error::ClientError;
use crate::metadata;
use crate::name_failure::NameFailure;
use crate::parts::Parts;
use crate::transport::{AddressPolicy, NetworkKind};
use jeton_oauth::Issuer;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The endpoints of a source's server. The token endpoint is remembered for the life of the source.
#[derive(Default)]
pub(crate) struct Endpoints {
    token: Mutex<Option<Endpoint>>,
}

impl Endpoints {
    /// Finds an endpoint.
    ///
    /// # Errors
    /// As discovery; [`ClientError::Config`] where the server has no such endpoint, or no issuer is configured.
    pub(crate) async fn find(
        &self,
        parts: &Parts,
        name: EndpointName,
        deadline: Instant,
    ) -> Result<Endpoint, ClientError> {
        if name != EndpointName::Token {
            return discovered(parts, issuer(parts)?, name, deadline).await;
        }
        if let Some(known) = self.token().clone() {
            return Ok(known);
        }
        let found = token_endpoint(parts, deadline).await?;
        *self.token() = Some(found.clone());
        Ok(found)
    }

    /// Forgets a cached endpoint that does not respond like one: it may have moved.
    pub(crate) fn forget_if_moved(
        &self,
        parts: &Parts,
        endpoint: &Endpoint,
        error: &ClientError,
    ) -> bool {
        if !endpoint.cached || !looks_moved(error) {
            return false;
        }
        if endpoint.name == EndpointName::Token {
            *self.token() = None;
        }
        if let Some(issuer) = &parts.config.issuer {
            metadata::forget(&parts.cache, issuer);
        }
        true
    }

    fn token(&self) -> MutexGuard<'_, Option<Endpoint>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this is how a place responds where the endpoint no longer is.
pub(crate) fn looks_moved(error: &ClientError) -> bool {
    match error {
        ClientError::Network { kind, .. } => match kind {
            NetworkKind::Dns(failure) => matches!(
                failure,
                NameFailure::NotFound | NameFailure::NoAddress | NameFailure::OnlyPrivate
            ),
            NetworkKind::Connect
            | NetworkKind::Untrusted(_)
            | NetworkKind::NotTls
            | NetworkKind::SpeaksTls
            | NetworkKind::Tls
            | NetworkKind::TlsRejected
            | NetworkKind::CertificateWanted
            | NetworkKind::CertificateRefused => true,
            NetworkKind::Proxy(_) | NetworkKind::Timeout | NetworkKind::Broken => false,
        },
        ClientError::Server { status, .. } => matches!(status, Some(404 | 405 | 410)),
        ClientError::Config { .. }
        | ClientError::Credential(_)
        | ClientError::Key(_)
        | ClientError::Refused { .. } => false,
    }
}

/// The issuer: its metadata names every endpoint but a configured token endpoint.
pub(crate) fn issuer(parts: &Parts) -> Result<&Issuer, ClientError> {
    parts.config.issuer.as_ref().ok_or_else(|| {
        ClientError::config(
            "the endpoint is found in the issuer's metadata, and no issuer is configured",
        )
        .with_hint("set issuer in the profile, or OIDC_ISSUER")
    })
}

async fn token_endpoint(parts: &Parts, deadline: Instant) -> Result<Endpoint, ClientError> {
    let config = &parts.config;
    if let Some(url) = config.token_endpoint.clone() {
        return Ok(Endpoint {
            name: EndpointName::Token,
            url,
            metadata: None,
            addresses: AddressPolicy::Anywhere,
            cached: false,
        });
    }
    let issuer = config.issuer.as_ref().ok_or_else(|| {
        ClientError::config("neither an issuer nor a token endpoint is configured")
            .with_hint("set issuer in the profile, or OIDC_ISSUER")
    })?;
    discovered(parts, issuer, EndpointName::Token, deadline).await
}

async fn discovered(
    parts: &Parts,
    issuer: &Issuer,
    name: EndpointName,
    deadline: Instant,
) -> Result<Endpoint, ClientError> {
    let kind = parts.config.endpoint_kind();
    metadata::endpoint(&parts.context(), issuer, name, kind, deadline).await
}
