//! This machine's clock against the server's, as any of its responses gives it.

use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use jeton_client::rehearsal::Rehearsal;
use jeton_inspect::diagnosis;
use jeton_inspect::finding::Severity;
use jeton_oauth::AuthMethod;

/// Clocks that are further apart than this deserve a warning, in seconds.
const NOTABLE_SKEW: i64 = 30;

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    compare(subject, evidence)
        .map_or_else(Outcome::none, Outcome::from)
        .ready()
}

fn compare(subject: &Subject<'_>, evidence: &Evidence) -> Option<Step> {
    let host = subject.target.host_str();
    let mut recorded = subject.session.recorder.all();
    recorded.retain(|recorded| recorded.host.as_deref() == host);
    if recorded.is_empty() {
        return None;
    }
    // The smallest: a response from a cache in between may be old.
    let skew = recorded
        .iter()
        .filter_map(|recorded| recorded.skew)
        .min_by_key(|skew| skew.abs());
    let Some(skew) = skew else {
        let why = "the server's responses have no Date";
        return Some(Step::skipped(Name::Clock, why));
    };
    let step = match skew {
        0 => Step::ok(Name::Clock, "the same as the server's"),
        _ if skew.abs() <= NOTABLE_SKEW => {
            Step::ok(Name::Clock, format!("{} s from the server's", skew.abs()))
        }
        _ => {
            let signs = signs(subject, evidence.rehearsal.as_ref());
            let severity = if signs {
                Severity::Fail
            } else {
                Severity::Warn
            };
            let finding = diagnosis::clock(&subject.context, skew, signs);
            Step::found(Name::Clock, finding.with_severity(severity))
        }
    };
    Some(step.fact("skew", skew))
}

/// Whether assertions are sent, whose times the server compares with its clock.
fn signs(subject: &Subject<'_>, rehearsal: Option<&Rehearsal>) -> bool {
    let decided = subject.decision.is_some_and(|decision| {
        matches!(
            decision.method,
            AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt
        )
    });
    rehearsal.map_or(decided, Rehearsal::signs) && subject.given.is_none()
}
