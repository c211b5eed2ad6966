//! How TLS is set up for the connections that look and for those that ask.

use super::Target;
use super::asked::Resolver;
use super::trust::Recorder;
use jeton_client::ClientError;
use jeton_client::Clock;
use jeton_client::{HttpConfig, tls};
use rustls::client::Resumption;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ALL_VERSIONS, ClientConfig, SupportedCipherSuite, SupportedProtocolVersion};
use std::sync::Arc;
use std::time::Duration;

/// What the configurations of all connections have in common.
pub(super) struct Configs {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) name: ServerName<'static>,
    real: Arc<dyn ServerCertVerifier>,
    time: Arc<Fixed>,
}

/// The time at which the probe began: dates are judged by one clock, that of the caller.
#[derive(Debug)]
struct Fixed(u64);

impl TimeProvider for Fixed {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

/// A connection that looks: it takes any chain, and shows and sends nothing.
pub(super) struct Looking {
    pub(super) config: Arc<ClientConfig>,
    pub(super) recorder: Arc<Recorder>,
    pub(super) resolver: Arc<Resolver>,
}

/// A connection that asks: the server is checked, and our certificate is shown where there is one.
pub(super) struct Asking {
    pub(super) config: Arc<ClientConfig>,
    pub(super) resolver: Arc<Resolver>,
}

impl Configs {
    pub(super) fn new(
        target: &Target,
        http: &HttpConfig,
        clock: &dyn Clock,
    ) -> Result<Self, ClientError> {
        let name = ServerName::try_from(target.host.clone())
            .map_err(|_| ClientError::config(format!("{} is no name of a host", target.host)))?;
        Ok(Self {
            provider: Arc::new(aws_lc_rs::default_provider()),
            name,
            real: tls::verifier(http.ca_file.as_deref())?,
            time: Arc::new(Fixed(u64::try_from(clock.now()).unwrap_or_default())),
        })
    }

    /// For both versions and every suite.
    pub(super) fn looking(&self) -> Result<Looking, ClientError> {
        let mut looking = self.looking_at(ALL_VERSIONS, None)?;
        if let Some(config) = Arc::get_mut(&mut looking.config) {
            // What the server would rather speak is worth knowing; nothing is spoken.
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(looking)
    }

    /// For these versions, and this suite where one is given.
    pub(super) fn looking_at(
        &self,
        versions: &[&'static SupportedProtocolVersion],
        suite: Option<SupportedCipherSuite>,
    ) -> Result<Looking, ClientError> {
        let recorder = Arc::new(Recorder::new(Arc::clone(&self.real)));
        let resolver = Arc::new(Resolver::without());
        let provider = match suite {
            Some(suite) => Arc::new(CryptoProvider {
                cipher_suites: vec![suite],
                ..CryptoProvider::clone(&self.provider)
            }),
            None => Arc::clone(&self.provider),
        };
        let mut config = self.config(provider, versions, Arc::clone(&recorder) as _, &resolver)?;
        config.resumption = Resumption::disabled();
        Ok(Looking {
            config: Arc::new(config),
            recorder,
            resolver,
        })
    }

    /// For one version; sessions are kept among the connections of it.
    pub(super) fn asking(
        &self,
        version: &'static SupportedProtocolVersion,
        resolver: Resolver,
    ) -> Result<Asking, ClientError> {
        let resolver = Arc::new(resolver);
        let provider = Arc::clone(&self.provider);
        let mut config = self.config(provider, &[version], Arc::clone(&self.real), &resolver)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        config.resumption = Resumption::in_memory_sessions(8);
        Ok(Asking {
            config: Arc::new(config),
            resolver,
        })
    }

    fn config(
        &self,
        provider: Arc<CryptoProvider>,
        versions: &[&'static SupportedProtocolVersion],
        verifier: Arc<dyn ServerCertVerifier>,
        resolver: &Arc<Resolver>,
    ) -> Result<ClientConfig, ClientError> {
        let time = Arc::clone(&self.time) as Arc<dyn TimeProvider>;
        let builder = ClientConfig::builder_with_details(provider, time)
            .with_protocol_versions(versions)
            .map_err(|error| ClientError::config(format!("TLS cannot be set up: {error}")))?;
        Ok(builder
            .dangerous() // the platform's verifier, or the recorder around it for connections that carry nothing
            .with_custom_certificate_verifier(verifier)
            .with_client_cert_resolver(Arc::clone(resolver) as _))
    }
}
