//! A client certificate and its key, as TLS presents them (RFC 8705 section 2).

use crate::transport::TransportError;
use jeton_oauth::KeyError;
use jeton_oauth::certificate::ClientCertificate;
use rustls::client::ResolvesClientCert;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What a connection presents, whichever CAs the server names: it may take a certificate that none of them has issued.
/// The key is held by the crypto library, which erases it.
///
/// # Errors
/// [`TransportError::Certificate`] where TLS cannot use the key.
pub(super) fn resolver(
    certificate: &ClientCertificate,
) -> Result<Arc<dyn ResolvesClientCert>, TransportError> {
    let key = Zeroizing::new(certificate.key_der());
    let key = any_supported_type(&key)
        .map_err(|_| KeyError::Invalid("TLS cannot use the key of the client certificate"))?;
    let certified = CertifiedKey::new(certificate.chain_der(), key);
    Ok(Arc::new(SingleCertAndKey::from(certified)))
}
