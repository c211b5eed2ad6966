//! How a server asks for a client certificate: by which CAs, with which signature schemes.

use super::names;
use jeton_oauth::certificate::{ClientCertificate, name_from_der};
use rustls::SignatureScheme;
use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// Names of CAs beyond this are counted, not kept.
const MAX_AUTHORITIES: usize = 200;

/// A request for a certificate (RFC 8446 4.3.2, RFC 5246 7.4.4). Its names are foreign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateRequest {
    /// The CAs whose certificates are wanted, as RFC 4514 writes names; empty where any will do.
    pub authorities: Vec<String>,
    /// How many more there are.
    pub authorities_left_out: usize,
    /// The signature schemes that are accepted.
    pub schemes: Vec<String>,
}

impl CertificateRequest {
    fn new(authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Self {
        let kept = authorities.iter().take(MAX_AUTHORITIES);
        Self {
            authorities: kept
                .map(|der| name_from_der(der).unwrap_or_else(|| "(no name)".to_owned()))
                .collect(),
            authorities_left_out: authorities.len().saturating_sub(MAX_AUTHORITIES),
            schemes: schemes
                .iter()
                .map(|scheme| names::scheme(*scheme))
                .collect(),
        }
    }

    /// Whether the certificate, or one of those that are sent with it, was issued by a CA that is asked for. An empty list
    /// means any CA; a list that was cut off may name it in the part that was not kept.
    #[must_use]
    pub fn names_issuer_of(&self, certificate: &ClientCertificate) -> bool {
        (self.authorities.is_empty() && self.authorities_left_out == 0)
            || self.authorities_left_out > 0
            || certificate
                .all_facts()
                .any(|facts| self.authorities.contains(&facts.issuer))
    }
}

/// Presents a client certificate, where there is one, and records how the server asked for it.
#[derive(Debug)]
pub(crate) struct CertificateResolver {
    certificate: Option<Arc<CertifiedKey>>,
    received: Mutex<Received>,
}

/// How the server asked on the last connection.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) request: Option<CertificateRequest>,
    /// Whether the client's key can sign with one of the schemes that are accepted. Where it cannot, nothing is presented.
    pub(crate) scheme_fits: Option<bool>,
}

impl CertificateResolver {
    /// Presents this certificate; with `None`, nothing.
    pub(crate) fn new(certificate: Option<Arc<CertifiedKey>>) -> Arc<Self> {
        Arc::new(Self {
            certificate,
            received: Mutex::default(),
        })
    }

    /// How the server asked since the last call.
    pub(crate) fn take(&self) -> Received {
        std::mem::take(&mut *self.slot())
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResolvesClientCert for CertificateResolver {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let certificate = self.certificate.as_ref();
        *self.slot() = Received {
            request: Some(CertificateRequest::new(root_hint_subjects, sigschemes)),
            scheme_fits: certificate.map(|own| own.key.choose_scheme(sigschemes).is_some()),
        };
        self.certificate.clone()
    }

    fn has_certs(&self) -> bool {
        self.certificate.is_some()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_the_limit_are_counted() {
        let name: &[u8] = &[0x30, 0];
        let resolver = CertificateResolver::new(None);
        assert!(!resolver.has_certs());
        assert!(resolver.take().request.is_none());
        let all = vec![name; MAX_AUTHORITIES + 2];
        assert!(
            resolver
                .resolve(&all, &[SignatureScheme::ED25519])
                .is_none()
        );
        let received = resolver.take();
        assert_eq!(received.scheme_fits, None);
        let request = received.request.unwrap();
        assert_eq!(request.authorities.len(), MAX_AUTHORITIES);
        assert_eq!(request.authorities_left_out, 2);
        assert_eq!(request.schemes, ["ed25519"]);
    }
}
