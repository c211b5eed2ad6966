//! Probes the TLS of a server: which versions and cipher suites it accepts, which certificates it sends and whether they are
//! trusted, whether and how it asks for a client certificate, and how it responds to one (RFC 8446, RFC 5246, RFC 8705).
//!
//! A probe makes a few dozen short connections, one after the other, of two kinds that must not be confused:
//!
//! - Those that *observe* (`first_handshake.rs`, `versions.rs`, `legacy_versions.rs`) continue whatever certificate the server
//!   presents, so that it can be reported in full. They carry neither a client certificate nor a byte of application data.
//! - Those that *send a request* (`exchange.rs`) check the server as every other connection of jeton does, and are made only
//!   where the first handshake found its chain trusted. They send a GET without credentials.

mod connector;
mod endpoint;
mod exchange;
mod findings;
mod first_handshake;
mod legacy_versions;
mod report;
mod requirement;
mod response;
mod target;
mod trust;
mod versions;

pub use crate::tls::{CertificateRequest, Negotiated, TlsFailure};
pub use connector::Timings;
pub use endpoint::{Endpoint, of_issuer};
pub use exchange::{Exchange, Outcome, Presented};
pub use findings::findings;
pub use jeton_client::Meaning;
pub use legacy_versions::{LegacyVersion, chosen_version};
pub use report::{Report, Staple};
pub use requirement::Requirement;
pub use response::Response;
pub use target::{Target, TargetError};
pub use trust::Trust;
pub use versions::{Suite, Version};

use crate::tls::Setup;
use connector::Connector;
use jeton_client::{ClientError, Clock, HttpConfig};
use jeton_inspect::certificate::validate_server;
use jeton_oauth::certificate::ClientCertificate;
use std::time::Duration;
use thiserror::Error;

/// No step takes longer (5 s).
pub const STEP: Duration = Duration::from_secs(5);
/// After so much time (45 s), what was not tried yet is left out.
pub const WHOLE: Duration = Duration::from_secs(45);

/// What is probed, and with what.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The server.
    pub target: &'a Target,
    /// How connections are made.
    pub http: &'a HttpConfig,
    /// The client certificate, where there is one.
    pub certificate: Option<&'a ClientCertificate>,
    /// For dates and durations.
    pub clock: &'a dyn Clock,
}

/// Why there is nothing to report.
#[derive(Debug, Error)]
pub enum ProbeError {
    /// There is no connection, or the trusted certificates or the proxy cannot be used.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There is a connection, and no TLS on it.
    #[error("no TLS handshake with {host}: {failure}")]
    NoTls {
        /// Host and port.
        host: String,
        /// What there is instead.
        failure: TlsFailure,
    },
}

/// Probes a server.
///
/// # Errors
/// [`ProbeError`] where no handshake begins. One that fails is part of the report.
pub async fn probe(plan: Plan<'_>) -> Result<Report, ProbeError> {
    let target = plan.target;
    if !target.addresses.permits(&target.url) {
        return Err(ClientError::private_address(&target.url).into());
    }
    let now = plan.clock.now();
    let setup = Setup::new(&target.host, plan.http, now)?;
    let mut connector = Connector::new(target, plan.http, plan.clock)?;

    let (first, timings) = first_handshake::observe(&mut connector, &setup).await?;
    let (chain, staple, trust) = match first.recorded {
        Some(seen) => (
            seen.chain,
            Staple::read(&seen.ocsp_response),
            Some(Trust::of(seen.verdict)),
        ),
        None => (Vec::new(), Staple::None, None),
    };
    let chain: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let versions = versions::observe(&mut connector, &setup).await;
    let suites = versions::suites(&mut connector, &setup, &versions).await;
    let legacy_versions = legacy_versions::observe(&mut connector, &target.host, plan.clock).await;
    let exchanges = match trust {
        Some(Trust::Trusted) => {
            exchange::all(&mut connector, &setup, &versions, plan.certificate).await?
        }
        _ => Vec::new(),
    };
    Ok(Report {
        proxy: connector.proxy().cloned(),
        address: connector.address(),
        timings,
        negotiated: first.negotiated,
        failure: first.failure,
        chain: validate_server(&chain, &target.host, now),
        trust,
        staple,
        versions,
        legacy_versions,
        suites,
        exchanges,
        unfinished: connector.is_out_of_time(),
    })
}
