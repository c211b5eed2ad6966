//! The TLS handshake with the server, and the certificates that it shows.

use super::certificates;
use super::convert::error_finding;
use super::path::NetworkPath;
use super::step::{Name, Step};
use super::subject::Subject;
use crate::commands::source::explain;
use crate::output::time::rfc3339;
use jeton_inspect::EXPIRES_SOON;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::HandshakeFailure;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::certificate::Certificate;
use jeton_probe::path::{Handshake, Stream, handshake, resolve, speaks_http};
use serde_json::Value;

/// The step, and the chain where the server sent one.
pub(super) async fn secure(
    subject: &Subject<'_>,
    path: &NetworkPath<'_>,
    stream: Box<dyn Stream>,
) -> (Step, Option<Vec<Vec<u8>>>) {
    if path.url.scheme() != "https" {
        let why = "plain HTTP (loopback only)";
        return (Step::skipped(Name::Tls, why), None);
    }
    let shaking = handshake(&path.config, path.url, stream);
    let (result, time) = subject.session.during("shaking hands", shaking).await;
    match result {
        Ok(found) => {
            let step = checked(subject, path, &found).await;
            (step.took(time), Some(found.chain))
        }
        Err(error) => {
            let error = explain(error, subject.profile());
            let broken = error_finding("tls.config", Who::You, &error);
            let step = Step::fail(Name::Tls, broken).would_exit(error.exit);
            (step.took(time), None)
        }
    }
}

async fn checked(subject: &Subject<'_>, path: &NetworkPath<'_>, found: &Handshake) -> Step {
    let chain = certificates::read(&found.chain);
    let step = match &found.outcome {
        Ok(()) => trusted(found, &chain, subject.session.now()),
        // The endpoint requires a certificate: the request presents one, this handshake does not.
        Err(HandshakeFailure::Alert(_) | HandshakeFailure::Closed)
            if subject.profile().mtls.certificate().is_some() =>
        {
            Step::skipped(
                Name::Tls,
                "the server rejects handshakes without a client certificate; the request presents one",
            )
        }
        Err(failure) => {
            let suspicious = matches!(
                failure,
                HandshakeFailure::NotTls | HandshakeFailure::Closed | HandshakeFailure::Alert(_)
            );
            let plain = suspicious && path.context.proxy.is_none() && is_plain(path).await;
            let shown = certificates::shown(&chain);
            let broken = diagnosis::tls(&path.context, failure, &shown, plain);
            Step::fail(Name::Tls, broken)
        }
    };
    let chain: Vec<Value> = chain.iter().map(certificates::json).collect();
    step.fact("version", found.version.as_deref())
        .fact("cipher", found.cipher.as_deref())
        .fact("chain", chain)
}

fn trusted(found: &Handshake, chain: &[Certificate], now: i64) -> Step {
    let version = found.version.as_deref().unwrap_or("TLS");
    let Some(own) = chain.first() else {
        return Step::ok(Name::Tls, format!("{version}, the certificate is trusted"));
    };
    let days = (own.not_after - now) / 86_400;
    let summary = format!("{version}, trusted, the certificate ends in {days} days");
    if own.not_after - now >= EXPIRES_SOON {
        return Step::ok(Name::Tls, summary);
    }
    let end = rfc3339(own.not_after).unwrap_or_default();
    let finding = Finding::warn("tls.expires_soon", summary)
        .by(Who::Operator)
        .seen(format!("the server's certificate ends at {end}"))
        .remedy("tell the server's operator: the certificate has to be renewed");
    Step::found(Name::Tls, finding)
}

async fn is_plain(path: &NetworkPath<'_>) -> bool {
    match resolve(&path.config, path.url).await {
        Ok(place) => match place.addresses.first() {
            Some(address) => speaks_http(*address).await,
            None => false,
        },
        Err(_) => false,
    }
}
