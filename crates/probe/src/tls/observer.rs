//! Connections that observe: the handshake continues whatever certificate the server presents, so that all of it can be
//! reported, and carries neither a client certificate nor a byte of application data.
//!
//! This holds by construction. The recorder that accepts every chain and the resolver that presents nothing are made here,
//! together, and the configuration that has them is private to this file: the only thing that can be done with it is
//! [`Observer::handshake`], which ends the connection.

use super::{
    CertificateRequest, CertificateResolver, Recorded, Recorder, Setup, TlsConnection, TlsFailure,
    names,
};
use crate::stream::Stream;
use jeton_client::ClientError;
use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::{
    ALL_VERSIONS, ClientConfig, ClientConnection, SupportedCipherSuite, SupportedProtocolVersion,
};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// Makes handshakes with one set of versions and cipher suites.
pub(crate) struct Observer {
    config: Arc<ClientConfig>,
    recorder: Arc<Recorder>,
    resolver: Arc<CertificateResolver>,
}

/// What both sides agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Negotiated {
    /// `TLS 1.3`.
    pub version: &'static str,
    /// By its name in IANA's registry.
    pub suite: String,
    /// The group of the key exchange; `None` where the handshake broke off before.
    pub group: Option<String>,
    /// The application protocol that the server chose of `h2` and `http/1.1`.
    pub alpn: Option<String>,
}

/// What was seen of a handshake.
#[derive(Debug, Default)]
pub(crate) struct Observation {
    /// What was agreed on, as far as it came.
    pub(crate) negotiated: Option<Negotiated>,
    /// What ended it.
    pub(crate) failure: Option<TlsFailure>,
    /// The certificates of the server.
    pub(crate) recorded: Option<Recorded>,
    /// How a client certificate was asked for.
    pub(crate) certificate_request: Option<CertificateRequest>,
}

impl Observer {
    /// With both versions and every suite.
    ///
    /// # Errors
    /// [`ClientError::Config`] where TLS cannot be set up.
    pub(crate) fn new(setup: &Setup) -> Result<Self, ClientError> {
        // The protocol that the server prefers is worth knowing, although none is spoken.
        let alpn = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self::with(setup, Arc::clone(&setup.provider), ALL_VERSIONS, alpn)
    }

    /// With one version, and one suite where it is given.
    ///
    /// # Errors
    /// [`ClientError::Config`] where TLS cannot be set up so.
    pub(crate) fn only(
        setup: &Setup,
        version: &'static SupportedProtocolVersion,
        suite: Option<SupportedCipherSuite>,
    ) -> Result<Self, ClientError> {
        let provider = match suite {
            Some(suite) => Arc::new(CryptoProvider {
                cipher_suites: vec![suite],
                ..CryptoProvider::clone(&setup.provider)
            }),
            None => Arc::clone(&setup.provider),
        };
        Self::with(setup, provider, &[version], Vec::new())
    }

    fn with(
        setup: &Setup,
        provider: Arc<CryptoProvider>,
        versions: &[&'static SupportedProtocolVersion],
        alpn: Vec<Vec<u8>>,
    ) -> Result<Self, ClientError> {
        let recorder = Recorder::observing(Arc::clone(&setup.verifier));
        let resolver = CertificateResolver::new(None);
        let verifier = Arc::clone(&recorder) as _;
        let mut config = setup.config(provider, versions, verifier, &resolver)?;
        config.resumption = Resumption::disabled();
        config.alpn_protocols = alpn;
        Ok(Self {
            config: Arc::new(config),
            recorder,
            resolver,
        })
    }

    /// Makes a handshake on `stream` until `enough` holds or it is done, then ends the connection.
    pub(crate) async fn handshake(
        &self,
        setup: &Setup,
        stream: Box<dyn Stream>,
        enough: impl Fn(&ClientConnection) -> bool,
        limit: Duration,
    ) -> Observation {
        let config = Arc::clone(&self.config);
        let mut connection = match TlsConnection::new(config, setup.name.clone(), stream) {
            Ok(connection) => connection,
            Err(failure) => return Observation::failed(failure),
        };
        let result = connection.handshake(enough, limit).await;
        let negotiated = Negotiated::of(connection.tls());
        if result.is_ok() {
            connection.close().await;
        }
        Observation {
            negotiated,
            failure: result.err(),
            recorded: self.recorder.take(),
            certificate_request: self.resolver.take().request,
        }
    }
}

impl Observation {
    /// Nothing was seen but a failure.
    pub(crate) fn failed(failure: TlsFailure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::default()
        }
    }
}

impl Negotiated {
    fn of(tls: &ClientConnection) -> Option<Self> {
        let suite = tls.negotiated_cipher_suite()?;
        let group = tls.negotiated_key_exchange_group();
        let alpn = tls.alpn_protocol();
        Some(Self {
            version: names::version(tls.protocol_version()?),
            suite: names::suite(suite.suite()),
            group: group.map(|group| format!("{:?}", group.name())),
            alpn: alpn.map(|name| String::from_utf8_lossy(name).into_owned()),
        })
    }
}
