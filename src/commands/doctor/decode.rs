//! What the token says, and what is odd about it.

use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use crate::output::time::{relative, rfc3339};
use jeton_inspect::diagnosis;
use jeton_inspect::token::{self, Structure, oddities};

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    let Some(received) = &evidence.token else {
        return Outcome::none().ready();
    };
    let text = received.token.expose();
    let now = subject.session.now();
    let kind = token::kind(text);
    let summary = match received.expires_at {
        Some(end) => format!("{kind} · ends {}", relative(end, now)),
        None => format!("{kind} · expiry unknown"),
    };
    let odd = oddities(text, &Structure::of(text), now);
    let step = if odd.is_empty() {
        Step::ok(Name::Decode, summary)
    } else {
        Step::found(Name::Decode, diagnosis::odd(&odd).seen(summary))
    };
    let step = step
        .fact("kind", kind)
        .fact("expires_at", received.expires_at.and_then(rfc3339))
        .fact("scope", received.scope.clone())
        .fact("audience", received.audience.clone());
    Outcome::from(step).ready()
}
