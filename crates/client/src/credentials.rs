//! Where the credential comes from: asked for when it is needed, and not before.

use crate::method::Available;
use crate::timer::BoxFuture;
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use std::time::Duration;
use thiserror::Error;

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

/// The credential was not there in time: the cause of a [`ClientError::Credential`](crate::ClientError::Credential).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("reading it took longer than the timeout of {} s", .timeout.as_secs_f64())]
pub struct CredentialTimeout {
    /// The time for the whole call.
    pub timeout: Duration,
}

/// Reads credentials. A token that is in the cache never asks for one, so no keyring is opened for it.
///
/// A read that has not ended by the deadline of the call is dropped. It must not block whoever polls it: where reading blocks, it
/// belongs on a thread for that.
pub trait Credentials: Send + Sync {
    /// Which credentials there are, without keeping any. Asked where the method is left open
    /// ([`MethodChoice::Auto`](crate::MethodChoice::Auto)).
    fn available(&self) -> BoxFuture<'_, Available>;

    /// The client's secret.
    ///
    /// # Errors
    /// Whatever stands in the way: it becomes [`ClientError::Credential`](crate::ClientError::Credential).
    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>>;

    /// The client's private key.
    ///
    /// # Errors
    /// As [`Self::secret`].
    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>>;

    /// The certificate that [`ClientConfig::certificate`](crate::ClientConfig::certificate) names, with its private key,
    /// whose source it is. Not asked where none is named.
    ///
    /// # Errors
    /// As [`Self::secret`].
    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>>;
}
