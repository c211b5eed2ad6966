//! Credentials that are read on threads for blocking work, so that whoever waits for them still hears Ctrl-C.

use super::credentials::ProfileCredentials;
use jeton_client::method::Available;
use jeton_client::{BoxFuture, CredentialError, Credentials, Found};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use jeton_profile::stop_secret_commands;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Asks a keyring, runs a program or reads a file without blocking the runtime.
pub(super) struct OnThreads(pub(super) Arc<ProfileCredentials>);

/// Ends the programs that are asked for credentials when nobody waits for them any more.
struct StopsCommands;

impl Drop for StopsCommands {
    fn drop(&mut self) {
        stop_secret_commands();
    }
}

impl OnThreads {
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&ProfileCredentials) -> Result<T, CredentialError> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, CredentialError>> {
        let credentials = Arc::clone(&self.0);
        Box::pin(async {
            let running = StopsCommands;
            let read = spawn_blocking(move || read(&credentials)).await?;
            std::mem::forget(running);
            read
        })
    }
}

impl Credentials for OnThreads {
    fn available(&self) -> BoxFuture<'_, Available> {
        let reading = self.read(|credentials| Ok(credentials.available()));
        Box::pin(async { reading.await.unwrap_or_default() })
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        self.read(ProfileCredentials::secret)
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        self.read(ProfileCredentials::private_key)
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        self.read(ProfileCredentials::certificate)
    }
}
