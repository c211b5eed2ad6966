//! Where the credential comes from: asked for when it is needed, and not before.

use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};

/// Why a credential is not available. The error is handed through to the caller of the library.
pub type CredentialError = Box<dyn std::error::Error + Send + Sync>;

/// A credential and the word for its source in logs: `env`, `config`, `keyring`, `file`, `command`.
#[derive(Debug)]
pub struct Found<T> {
    /// The credential.
    pub value: T,
    /// Where it comes from.
    pub source: &'static str,
}

/// Reads credentials. A token that is in the cache never asks for one, so no keyring is opened for it.
pub trait Credentials: Send + Sync {
    /// Whether a private key is configured, without reading it: `auto` prefers it.
    fn has_private_key(&self) -> bool;

    /// Whether there is a secret, without keeping it. Asked where there is a certificate, and `auto` wants to know whether
    /// that is all there is.
    fn has_secret(&self) -> bool;

    /// The client's secret.
    ///
    /// # Errors
    /// Whatever stands in the way: it becomes [`ClientError::Credential`](crate::ClientError::Credential).
    fn secret(&self) -> Result<Found<ClientSecret>, CredentialError>;

    /// The client's private key.
    ///
    /// # Errors
    /// As [`Self::secret`].
    fn private_key(&self) -> Result<Found<PrivateKey>, CredentialError>;

    /// The certificate that [`ClientConfig::certificate`](crate::ClientConfig::certificate) names, with its private key,
    /// whose source it is. Not asked where none is named.
    ///
    /// # Errors
    /// As [`Self::secret`].
    fn certificate(&self) -> Result<Found<ClientCertificate>, CredentialError>;
}
