//! Which versions and cipher suites the server accepts, each offered alone.

use super::connector::Connector;
use crate::tls::{CertificateRequest, Observation, Observer, Setup, TlsFailure, names};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConnection, SupportedCipherSuite, SupportedProtocolVersion};
use serde::Serialize;

/// A version that this program speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// `TLS 1.3` or `TLS 1.2`.
    pub name: &'static str,
    /// Whether the server accepted it when it was offered alone; `None` where that is not known.
    pub accepted: Option<bool>,
    /// Why not, or what ended the handshake without a client certificate.
    pub failure: Option<TlsFailure>,
    /// How a client certificate was asked for; `None` where it was not.
    pub certificate_request: Option<CertificateRequest>,
    pub(super) version: &'static SupportedProtocolVersion,
}

impl Version {
    pub(super) fn is_accepted(&self) -> bool {
        self.accepted == Some(true)
    }
}

/// A cipher suite that this program knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suite {
    /// Its version.
    pub version: &'static str,
    /// By its name in IANA's registry.
    pub name: String,
    /// Whether the server accepted it when it was offered alone; `None` where that is not known.
    pub accepted: Option<bool>,
}

/// Handshakes with one version each.
pub(super) async fn observe(connector: &mut Connector<'_>, setup: &Setup) -> Vec<Version> {
    let mut versions = Vec::new();
    for version in [&TLS13, &TLS12] {
        let seen = offer(connector, setup, version, None, |_| false).await;
        versions.push(Version {
            name: names::version(version.version),
            accepted: accepted(&seen),
            failure: seen.failure,
            certificate_request: seen.certificate_request,
            version,
        });
    }
    versions
}

/// Handshakes with one suite each, of the versions that the server accepts; they end as soon as it has chosen.
pub(super) async fn suites(
    connector: &mut Connector<'_>,
    setup: &Setup,
    versions: &[Version],
) -> Vec<Suite> {
    let mut suites = Vec::new();
    for version in versions.iter().filter(|version| version.is_accepted()) {
        let known = setup.provider.cipher_suites.iter();
        for suite in known.filter(|suite| suite.version().version == version.version.version) {
            let chosen = |tls: &ClientConnection| tls.negotiated_cipher_suite().is_some();
            let seen = offer(connector, setup, version.version, Some(*suite), chosen).await;
            suites.push(Suite {
                version: version.name,
                name: names::suite(suite.suite()),
                accepted: accepted(&seen),
            });
        }
    }
    suites
}

/// Whether the server accepts what was offered alone.
fn accepted(seen: &Observation) -> Option<bool> {
    match (&seen.negotiated, &seen.failure) {
        (Some(_), _) => Some(true),
        (None, Some(failure)) if failure.is_of_tls() || *failure == TlsFailure::Closed => {
            Some(false)
        }
        (None, _) => None,
    }
}

async fn offer(
    connector: &mut Connector<'_>,
    setup: &Setup,
    version: &'static SupportedProtocolVersion,
    suite: Option<SupportedCipherSuite>,
    enough: impl Fn(&ClientConnection) -> bool,
) -> Observation {
    let Ok(observer) = Observer::only(setup, version, suite) else {
        let failure = TlsFailure::Tls("this program cannot offer it".to_owned());
        return Observation::failed(failure);
    };
    match connector.again().await {
        Ok(stream) => {
            let limit = connector.step();
            observer.handshake(setup, stream, enough, limit).await
        }
        Err(failure) => Observation::failed(failure),
    }
}
