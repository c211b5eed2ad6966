//! How the server responds without the client certificate, with it, and on a resumed connection. These connections check the
//! server as every other connection of jeton does, and are made only where its chain is trusted. In TLS 1.3 a server says that
//! it misses a certificate only after its side of the handshake, so a request has to be sent to know.

use super::connector::Connector;
use super::response::Response;
use super::versions::Version;
use crate::tls::{CertificateResolver, Setup, TlsConnection, TlsFailure};
use jeton_client::ClientError;
use jeton_oauth::certificate::ClientCertificate;
use rustls::client::Resumption;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, HandshakeKind};
use serde::Serialize;
use std::sync::Arc;

/// What the client presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presented {
    /// Nothing.
    Nothing,
    /// The client certificate.
    Certificate,
}

/// A connection with a request on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// `TLS 1.3` or `TLS 1.2`.
    pub version: &'static str,
    /// What was presented, on this connection or on the one that it resumes.
    pub presented: Presented,
    /// `None` for a first connection; for a second one, whether the server resumed the session of the first.
    pub resumed: Option<bool>,
    /// Whether the client's key can sign with a scheme that the server accepts; `None` where the server did not ask. Where it
    /// cannot, nothing was presented.
    pub scheme_fits: Option<bool>,
    /// How the server responded.
    pub outcome: Outcome,
}

/// How the server responded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// In HTTP.
    Responded(Response),
    /// Not at all.
    Failed(TlsFailure),
}

impl Outcome {
    /// The response, where there is one.
    #[must_use]
    pub const fn response(&self) -> Option<&Response> {
        match self {
            Self::Responded(response) => Some(response),
            Self::Failed(_) => None,
        }
    }
}

/// Every connection, version by version.
///
/// # Errors
/// [`ClientError::Config`] where TLS cannot be set up.
pub(super) async fn all(
    connector: &mut Connector<'_>,
    setup: &Setup,
    versions: &[Version],
    certificate: Option<&ClientCertificate>,
) -> Result<Vec<Exchange>, ClientError> {
    // A certificate that cannot be presented is reported by the check of it.
    let certificate = certificate.and_then(|own| {
        CertifiedKey::from_der(own.chain_der(), own.key_der(), &setup.provider).ok()
    });
    let certificate = certificate.map(Arc::new);
    let mut exchanges = Vec::new();
    for version in versions.iter().filter(|version| version.is_accepted()) {
        let mut session = Session::new(setup, version, None)?;
        let mut first = session.exchange(connector, setup, false).await;
        if certificate.is_some() && version.certificate_request.is_some() {
            exchanges.push(first);
            session = Session::new(setup, version, certificate.clone())?;
            first = session.exchange(connector, setup, false).await;
        }
        let responded = first.outcome.response().is_some();
        exchanges.push(first);
        if responded {
            exchanges.push(session.exchange(connector, setup, true).await);
        }
    }
    Ok(exchanges)
}

/// Connections of one version that present the same: later ones may resume the session of the first.
struct Session {
    version: &'static str,
    presented: Presented,
    config: Arc<ClientConfig>,
    resolver: Arc<CertificateResolver>,
}

impl Session {
    fn new(
        setup: &Setup,
        version: &Version,
        certificate: Option<Arc<CertifiedKey>>,
    ) -> Result<Self, ClientError> {
        let presented = match certificate {
            Some(_) => Presented::Certificate,
            None => Presented::Nothing,
        };
        let resolver = CertificateResolver::new(certificate);
        let mut config = setup.checked(version.version, &resolver)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        config.resumption = Resumption::in_memory_sessions(8);
        Ok(Self {
            version: version.name,
            presented,
            config: Arc::new(config),
            resolver,
        })
    }

    async fn exchange(
        &self,
        connector: &mut Connector<'_>,
        setup: &Setup,
        again: bool,
    ) -> Exchange {
        let (outcome, resumed) = match self.connect(connector, setup).await {
            Err(failure) => (Outcome::Failed(failure), false),
            Ok(mut connection) => {
                let outcome = match send(&mut connection, connector).await {
                    Ok(response) => Outcome::Responded(response),
                    Err(failure) => Outcome::Failed(failure),
                };
                let kind = connection.tls().handshake_kind();
                connection.close().await;
                (outcome, kind == Some(HandshakeKind::Resumed))
            }
        };
        Exchange {
            version: self.version,
            presented: self.presented,
            resumed: again.then_some(resumed),
            scheme_fits: self.resolver.take().scheme_fits,
            outcome,
        }
    }

    async fn connect(
        &self,
        connector: &mut Connector<'_>,
        setup: &Setup,
    ) -> Result<TlsConnection, TlsFailure> {
        let stream = connector.again().await?;
        TlsConnection::new(Arc::clone(&self.config), setup.name.clone(), stream)
    }
}

async fn send(
    connection: &mut TlsConnection,
    connector: &Connector<'_>,
) -> Result<Response, TlsFailure> {
    connection.handshake(|_| false, connector.step()).await?;
    let request = connector.request();
    let bytes = connection
        .request(request.as_bytes(), Response::is_complete, connector.step())
        .await?;
    Response::read(bytes).ok_or(TlsFailure::NotHttp)
}
