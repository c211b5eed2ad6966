//! What was seen, in the plain data of `jeton_inspect`.

use crate::error::Error;
use jeton_client::rehearsal::Assertion;
use jeton_inspect::evidence::{
    AssertionFacts, BadResponse, ConnectFailure, Described, Distrust, Failure, NetworkFailure,
    TlsFailure, TunnelFailure,
};
use jeton_inspect::finding::{Finding, Who};
use jeton_probe::path::{self, NoTunnel, Refusal};

/// A failure that has its words already.
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
        Failure::Network(NetworkFailure::Broken)
            | Failure::Response(BadResponse { status: None, .. })
    )
}

pub(super) fn connect_failure(failure: &path::Failure) -> ConnectFailure {
    match failure {
        path::Failure::Refused => ConnectFailure::Refused,
        path::Failure::Timeout => ConnectFailure::Timeout {
            seconds: path::LONGEST.as_secs(),
        },
        path::Failure::Unreachable => ConnectFailure::Unreachable,
        path::Failure::Other(words) => ConnectFailure::Other(words.clone()),
    }
}

pub(super) fn tls_failure(refusal: &Refusal) -> TlsFailure {
    match refusal {
        Refusal::Certificate(distrust, words) => {
            TlsFailure::Certificate(self::distrust(*distrust), words.clone())
        }
        Refusal::NotTls => TlsFailure::NotTls,
        Refusal::Alert(alert) => TlsFailure::Alert(alert.clone()),
        Refusal::Closed => TlsFailure::Closed,
        Refusal::Timeout => TlsFailure::Timeout,
        Refusal::Other(words) => TlsFailure::Other(words.clone()),
    }
}

const fn distrust(distrust: path::Distrust) -> Distrust {
    match distrust {
        path::Distrust::Expired => Distrust::Expired,
        path::Distrust::NotYetValid => Distrust::NotYetValid,
        path::Distrust::UnknownIssuer => Distrust::UnknownIssuer,
        path::Distrust::OtherKey => Distrust::OtherKey,
        path::Distrust::OtherName => Distrust::OtherName,
        path::Distrust::Revoked => Distrust::Revoked,
        path::Distrust::Other => Distrust::Other,
    }
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
        NoTunnel::Tls(refusal) => TunnelFailure::Tls(tls_failure(&refusal)),
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
