//! A client certificate and its key, as TLS presents them (RFC 8705 section 2).

use crate::error::ClientError;
use jeton_oauth::KeyError;
use jeton_oauth::certificate::ClientCertificate;
use rustls::client::ResolvesClientCert;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What a connection presents, whichever CAs the server names: it may take a certificate that none of them has issued.
/// The key is held by the crypto library, which erases it.
#[derive(Clone)]
pub(crate) struct Identity(Arc<CertifiedKey>);

impl Identity {
    /// Makes a certificate ready.
    ///
    /// # Errors
    /// [`ClientError::Key`] where the key is not that of the certificate, or one that TLS cannot use.
    pub(crate) fn new(certificate: &ClientCertificate) -> Result<Self, ClientError> {
        if !certificate.key_matches() {
            return Err(KeyError::Invalid("it is not the key of the client certificate").into());
        }
        let key = Zeroizing::new(certificate.key_der());
        let key = any_supported_type(&key)
            .map_err(|_| KeyError::Invalid("TLS cannot use the key of the client certificate"))?;
        let chain = certificate.chain_der();
        Ok(Self(Arc::new(CertifiedKey::new(chain, key))))
    }

    pub(super) fn resolver(&self) -> Arc<dyn ResolvesClientCert> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.0)))
    }
}
