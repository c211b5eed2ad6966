//! What a request is authenticated with: the method chosen, its credential and the certificate read, before anything is sent.

use crate::config::MethodChoice;
use crate::credentials::CredentialTimeout;
use crate::endpoint::Endpoint;
use crate::error::ClientError;
use crate::event::Event;
use crate::method::{self, Available, CertificateKind, CredentialKind, NoMethod};
use crate::parts::Parts;
use crate::timer::before;
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{AuthMethod, ClientSecret, KeyError, PrivateKey};
use std::sync::Arc;
use std::time::Instant;

/// Read once, for as many attempts as it takes.
pub(crate) struct Prepared {
    pub(crate) method: AuthMethod,
    pub(crate) credential: Credential,
    /// What TLS presents, whatever the method: the server may bind the token to it (RFC 8705 section 3).
    pub(crate) certificate: Option<Arc<ClientCertificate>>,
    /// The word for where the credential comes from.
    pub(crate) source: &'static str,
}

/// What the method needs.
pub(crate) enum Credential {
    Secret(ClientSecret),
    Key(PrivateKey),
    /// What TLS presents.
    Certificate,
}

/// A certificate that was read.
struct Presented {
    certificate: Arc<ClientCertificate>,
    source: &'static str,
}

/// Chooses the method and reads what it needs.
///
/// # Errors
/// [`ClientError::Config`] where no method fits, and where a certificate would have to be presented over http;
/// [`ClientError::Credential`] and [`ClientError::Key`] where a credential is not available by `deadline`, or cannot be used.
pub(crate) async fn prepare(
    parts: &Parts,
    endpoint: &Endpoint,
    deadline: Instant,
) -> Result<Prepared, ClientError> {
    let reading = read(parts, endpoint);
    let read = before(parts.timer.as_ref(), deadline, reading).await;
    read.unwrap_or_else(|| {
        let late = CredentialTimeout {
            timeout: parts.config.timeout,
        };
        Err(ClientError::Credential(Box::new(late)))
    })
}

async fn read(parts: &Parts, endpoint: &Endpoint) -> Result<Prepared, ClientError> {
    let presented = presented(parts, endpoint).await?;
    let kind = presented.as_ref().map(Presented::kind);
    let choice = parts.config.method;
    let available = match choice {
        MethodChoice::Auto => parts.credentials.available().await,
        MethodChoice::One(_) => Available::default(),
    };
    let offered = endpoint.auth_methods();
    let decision = method::decide(choice, available, kind, offered.as_deref())
        .map_err(|error| unusable(&error))?;
    let credentials = &parts.credentials;
    let (credential, source) = match decision.credential {
        CredentialKind::PrivateKey => {
            let found = credentials.private_key().await;
            let found = found.map_err(ClientError::Credential)?;
            (Credential::Key(found.value), found.source)
        }
        CredentialKind::Secret => {
            let found = credentials.secret().await;
            let found = found.map_err(ClientError::Credential)?;
            (Credential::Secret(found.value), found.source)
        }
        CredentialKind::Certificate => {
            let source = presented.as_ref().map_or("file", |found| found.source);
            (Credential::Certificate, source)
        }
    };
    Ok(Prepared {
        method: decision.method,
        credential,
        certificate: presented.map(|presented| presented.certificate),
        source,
    })
}

fn unusable(error: &NoMethod) -> ClientError {
    let told = ClientError::config(error.to_string());
    match error {
        NoMethod::NotOffered { .. } => {
            told.with_hint("set auth_method, or configure the credential that the server wants")
        }
        NoMethod::Unsupported(_) | NoMethod::CertificateMissing(_) => told,
    }
}

impl Presented {
    fn kind(&self) -> CertificateKind {
        if self.certificate.self_signed() {
            CertificateKind::SelfSigned
        } else {
            CertificateKind::Issued
        }
    }
}

/// The certificate, where one is configured, ready for TLS.
async fn presented(parts: &Parts, endpoint: &Endpoint) -> Result<Option<Presented>, ClientError> {
    let Some(configured) = &parts.config.certificate else {
        return Ok(None);
    };
    if endpoint.url.scheme() != "https" {
        return Err(ClientError::config(format!(
            "the {} is {}, and a client certificate cannot be presented over http",
            endpoint.name.as_str(),
            endpoint.url
        ))
        .with_hint("use an endpoint with https, or switch mutual TLS off: mtls.enabled = false"));
    }
    let found = parts.credentials.certificate().await;
    let found = found.map_err(ClientError::Credential)?;
    let certificate = found.value;
    // The token would be kept under the name of the old one.
    if certificate.thumbprint() != configured {
        return Err(ClientError::Credential(
            "the client certificate was replaced meanwhile: try again".into(),
        ));
    }
    let facts = certificate.facts();
    parts.tell(&Event::CertificateRead {
        thumbprint: &facts.thumbprint,
        not_after: facts.not_after,
        source: found.source,
    });
    if let Some(text) = oddity(&certificate, parts.clock.now()) {
        parts.tell(&Event::CertificateOdd { text });
    }
    if !certificate.key_matches() {
        return Err(KeyError::Invalid("it is not the key of the client certificate").into());
    }
    Ok(Some(Presented {
        certificate: Arc::new(certificate),
        source: found.source,
    }))
}

/// Some servers look at the key alone, so this is for the server to refuse.
fn oddity(certificate: &ClientCertificate, now: i64) -> Option<&'static str> {
    let facts = certificate.facts();
    if facts.not_after < now {
        Some("the client certificate has expired: it is tried all the same")
    } else if facts.not_before > now {
        Some("the client certificate is not valid yet: it is tried all the same")
    } else {
        None
    }
}
