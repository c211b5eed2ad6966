//! Converts errors and responses into the evidence types of `jeton_inspect`.

use crate::error::Error;
use jeton_client::rehearsal::Assertion;
use jeton_inspect::evidence::{
    AssertionFacts, BadResponse, Described, Failure, NetworkFailure, TunnelFailure,
};
use jeton_inspect::finding::{Finding, Who};
use jeton_probe::path::NoTunnel;

/// A failure that is already described.
pub(super) fn error_finding(code: &'static str, who: Who, error: &Error) -> Finding {
    Finding {
        remedy: error.hints.clone(),
        ..described(error).finding(code, who)
    }
}

/// The words that `token get` has for a failure.
pub(super) fn described(error: &Error) -> Described {
    Described {
        what: error.message.clone(),
        seen: error.details.clone(),
    }
}

/// Whether a connection brought nothing that is HTTP.
pub(super) const fn speaks_no_http(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Network(NetworkFailure::Broken | NetworkFailure::SpeaksTls)
            | Failure::Response(BadResponse { status: None, .. })
    )
}

pub(super) fn tunnel_failure(trouble: NoTunnel) -> TunnelFailure {
    match trouble {
        NoTunnel::Status {
            status,
            kind,
            server,
        } => TunnelFailure::Status {
            status,
            content_type: kind,
            server,
        },
        NoTunnel::NotHttp => TunnelFailure::NotHttp,
        NoTunnel::Silent => TunnelFailure::Silent,
        NoTunnel::Tls(failure) => TunnelFailure::Tls(failure),
        NoTunnel::Config(error) => TunnelFailure::Config(error.to_string()),
    }
}

pub(super) fn assertion_facts(assertion: &Assertion) -> AssertionFacts {
    AssertionFacts {
        alg: assertion.alg.clone(),
        kid: assertion.kid.clone(),
        audience: assertion.audience.clone(),
        client: assertion.client.clone(),
        lifetime: assertion.lifetime,
    }
}
