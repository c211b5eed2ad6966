//! Whether the server requires a client certificate, as far as its behaviour shows.

use super::exchange::{Outcome, Presented};
use super::report::Report;
use super::versions::Version;
use crate::tls::TlsFailure;
use jeton_client::Meaning;
use serde::Serialize;

/// What the server requires of its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// It asks for no certificate in the handshake.
    NotAsked,
    /// It asks, and continues without one.
    Optional,
    /// It asks, and does not continue without one.
    Required,
    /// It could not be tried whether it asks, or what it does without one.
    Unknown,
}

impl Report {
    /// Whether the server requires a client certificate.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        let asks = |version: &Version| version.certificate_request.is_some();
        if !self.versions.iter().any(asks) {
            return if self.versions.iter().any(Version::is_accepted) {
                Requirement::NotAsked
            } else {
                Requirement::Unknown
            };
        }
        let without: Vec<&Outcome> = self
            .exchanges
            .iter()
            .filter(|exchange| {
                exchange.presented == Presented::Nothing && exchange.resumed.is_none()
            })
            .map(|exchange| &exchange.outcome)
            .collect();
        let refused = |outcome: &&&Outcome| match outcome {
            Outcome::Responded(response) => response.meaning != Meaning::None,
            Outcome::Failed(failure) => ended_it(failure),
        };
        let ended =
            |version: &Version| asks(version) && version.failure.as_ref().is_some_and(ended_it);
        if without.iter().any(|outcome| refused(&outcome)) || self.versions.iter().any(ended) {
            Requirement::Required
        } else if without.iter().any(|outcome| outcome.response().is_some()) {
            Requirement::Optional
        } else {
            Requirement::Unknown
        }
    }
}

/// Whether the server ended the connection, with an alert or without.
const fn ended_it(failure: &TlsFailure) -> bool {
    matches!(failure, TlsFailure::Alert(_) | TlsFailure::Closed)
}
