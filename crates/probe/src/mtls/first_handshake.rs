//! The first handshake: versions and suites as both sides prefer them.

use super::ProbeError;
use super::connector::{Connector, Timings};
use crate::path::speaks_http;
use crate::tls::{Observation, Observer, Setup, TlsFailure};

/// Makes it, and says how long each step took.
///
/// # Errors
/// [`ProbeError`] where there is no connection, or no TLS on it.
pub(super) async fn observe(
    connector: &mut Connector<'_>,
    setup: &Setup,
) -> Result<(Observation, Timings), ProbeError> {
    let (stream, timings) = connector.first().await?;
    let begun = connector.now();
    let observer = Observer::new(setup)?;
    let seen = observer
        .handshake(setup, stream, |_| false, connector.step())
        .await;
    let timings = Timings {
        tls: Some(connector.now().duration_since(begun)),
        ..timings
    };
    match &seen.failure {
        Some(failure) if seen.negotiated.is_none() && !failure.is_of_tls() => {
            Err(ProbeError::NoTls {
                host: connector.authority(),
                failure: explained(failure, connector).await,
            })
        }
        _ => Ok((seen, timings)),
    }
}

/// Many servers that speak plain HTTP close the connection when they receive a ClientHello: such a one is asked in HTTP.
async fn explained(failure: &TlsFailure, connector: &Connector<'_>) -> TlsFailure {
    match (failure, connector.address()) {
        (TlsFailure::Closed, Some(address)) if speaks_http(address).await => {
            TlsFailure::PlainHttp("when it is asked without TLS".to_owned())
        }
        _ => failure.clone(),
    }
}
