//! Which versions and cipher suites the server takes, each tried for itself.

use super::asked::Asked;
use super::config::Configs;
use super::dial::Dialer;
use super::inspect::{self, Look};
use super::trouble::Trouble;
use crate::names;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConnection, SupportedProtocolVersion};
use serde::Serialize;

/// A version that this program speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// `TLS 1.3` or `TLS 1.2`.
    pub name: &'static str,
    /// Whether the server chose it when it was the only one; `None` where that is not known.
    pub accepted: Option<bool>,
    /// Why not, or what ended the handshake without a client certificate.
    pub trouble: Option<Trouble>,
    /// Whether and how a certificate was asked for.
    pub asked: Option<Asked>,
    pub(super) of: &'static SupportedProtocolVersion,
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
    /// Whether the server took it when it was the only one; `None` where that is not known.
    pub accepted: Option<bool>,
}

/// Handshakes with one version each.
pub(super) async fn look(dialer: &mut Dialer<'_>, configs: &Configs) -> Vec<Version> {
    let mut versions = Vec::new();
    for version in [&TLS13, &TLS12] {
        let look = try_one(dialer, configs, version, None, |_| false).await;
        versions.push(Version {
            name: names::version(version.version),
            accepted: accepted(&look),
            trouble: look.trouble,
            asked: look.asked,
            of: version,
        });
    }
    versions
}

/// Handshakes with one suite each, of the versions that the server takes; they end as soon as it has chosen.
pub(super) async fn suites(
    dialer: &mut Dialer<'_>,
    configs: &Configs,
    versions: &[Version],
) -> Vec<Suite> {
    let mut suites = Vec::new();
    for version in versions.iter().filter(|version| version.is_accepted()) {
        let of_version = configs.provider.cipher_suites.iter();
        let of_version = of_version.filter(|suite| suite.version().version == version.of.version);
        for suite in of_version {
            let chosen = |tls: &ClientConnection| tls.negotiated_cipher_suite().is_some();
            let look = try_one(dialer, configs, version.of, Some(*suite), chosen).await;
            suites.push(Suite {
                version: version.name,
                name: names::suite(suite.suite()),
                accepted: accepted(&look),
            });
        }
    }
    suites
}

/// What a handshake with one choice alone says about it.
fn accepted(look: &Look) -> Option<bool> {
    match (&look.negotiated, &look.trouble) {
        (Some(_), _) => Some(true),
        (None, Some(trouble)) if trouble.is_of_tls() || *trouble == Trouble::Closed => Some(false),
        (None, _) => None,
    }
}

async fn try_one(
    dialer: &mut Dialer<'_>,
    configs: &Configs,
    version: &'static SupportedProtocolVersion,
    suite: Option<rustls::SupportedCipherSuite>,
    enough: impl Fn(&ClientConnection) -> bool,
) -> Look {
    let Ok(looking) = configs.looking_at(&[version], suite) else {
        return Look::failed(Trouble::Tls("this program cannot offer it".to_owned()));
    };
    match dialer.again().await {
        Ok(stream) => inspect::on(stream, dialer, configs, &looking, enough).await,
        Err(trouble) => Look::failed(trouble),
    }
}
