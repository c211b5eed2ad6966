//! Whether the server wants a certificate at all, as far as its behaviour shows.

use super::exchange::{Outcome, Shown};
use super::trouble::Trouble;
use super::{Probed, Version};
use jeton_client::Meaning;
use serde::Serialize;

/// What the server wants of its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// It asks for no certificate in the handshake.
    NotAsked,
    /// It asks, and goes on without.
    Optional,
    /// It asks, and does not go on without.
    Required,
    /// What it does without one could not be tried, or whether it asks at all.
    Unknown,
}

impl Probed {
    /// Whether the server wants a certificate.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        let asks = |version: &Version| version.asked.is_some();
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
            .filter(|exchange| exchange.shown == Shown::Nothing && exchange.resumed.is_none())
            .map(|exchange| &exchange.outcome)
            .collect();
        let refused = |outcome: &&&Outcome| match outcome {
            Outcome::Answered(answer) => answer.meaning != Meaning::None,
            Outcome::Failed(trouble) => ended_it(trouble),
        };
        let ended =
            |version: &Version| asks(version) && version.trouble.as_ref().is_some_and(ended_it);
        if without.iter().any(|outcome| refused(&outcome)) || self.versions.iter().any(ended) {
            Requirement::Required
        } else if without.iter().any(|outcome| outcome.answer().is_some()) {
            Requirement::Optional
        } else {
            Requirement::Unknown
        }
    }
}

/// The server ended it, in words or without.
const fn ended_it(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Alert(_) | Trouble::Closed)
}
