//! What the TLS configurations of all connections to one server have in common.

use super::CertificateResolver;
use jeton_client::{ClientError, HttpConfig, tls};
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, SupportedProtocolVersion};
use std::sync::Arc;
use std::time::Duration;

/// The server's name, the crypto provider, the platform's verifier and the time.
pub(crate) struct Setup {
    pub(crate) name: ServerName<'static>,
    pub(crate) provider: Arc<CryptoProvider>,
    pub(super) verifier: Arc<dyn ServerCertVerifier>,
    time: Arc<FixedTime>,
}

/// The time at which the probe began: dates are checked against one clock, that of the caller.
#[derive(Debug)]
struct FixedTime(u64);

impl TimeProvider for FixedTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

impl Setup {
    /// For the server `host`, at a time in seconds since 1970.
    ///
    /// # Errors
    /// [`ClientError::Config`] where the host has no form that a certificate names, or the trusted certificates cannot be
    /// loaded.
    pub(crate) fn new(host: &str, http: &HttpConfig, now: i64) -> Result<Self, ClientError> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| ClientError::config(format!("{host} is not a host name")))?;
        Ok(Self {
            name,
            provider: Arc::new(aws_lc_rs::default_provider()),
            verifier: tls::verifier(http.ca_file.as_deref())?,
            time: Arc::new(FixedTime(u64::try_from(now).unwrap_or_default())),
        })
    }

    /// A configuration that checks the server as every other connection of jeton does.
    ///
    /// # Errors
    /// [`ClientError::Config`] where the crypto provider cannot do what is wanted.
    pub(crate) fn checked(
        &self,
        version: &'static SupportedProtocolVersion,
        resolver: &Arc<CertificateResolver>,
    ) -> Result<ClientConfig, ClientError> {
        let provider = Arc::clone(&self.provider);
        self.config(provider, &[version], Arc::clone(&self.verifier), resolver)
    }

    pub(super) fn config(
        &self,
        provider: Arc<CryptoProvider>,
        versions: &[&'static SupportedProtocolVersion],
        verifier: Arc<dyn ServerCertVerifier>,
        resolver: &Arc<CertificateResolver>,
    ) -> Result<ClientConfig, ClientError> {
        let time = Arc::clone(&self.time) as Arc<dyn TimeProvider>;
        let builder = ClientConfig::builder_with_details(provider, time)
            .with_protocol_versions(versions)
            .map_err(|error| ClientError::config(format!("TLS cannot be set up: {error}")))?;
        Ok(builder
            .dangerous() // the platform's verifier, or the recorder around it for an observer
            .with_custom_certificate_verifier(verifier)
            .with_client_cert_resolver(Arc::clone(resolver) as _))
    }
}
