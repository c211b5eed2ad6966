//! Whether the token has the scopes that were asked for.

use super::received::ReceivedToken;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use jeton_inspect::diagnosis;

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    let received = evidence.token.as_ref();
    received
        .map_or_else(Outcome::none, |received| compare(subject, received).into())
        .ready()
}

fn compare(subject: &Subject<'_>, received: &ReceivedToken) -> Step {
    let asked = &subject.profile().scopes.value;
    let got = received.scope.as_deref();
    let has: Vec<&str> = got.unwrap_or_default().split_whitespace().collect();
    let missing: Vec<&str> = asked.iter().filter(|scope| !has.contains(scope)).collect();
    let step = if asked.is_empty() {
        Step::ok(
            Name::Scope,
            match has.as_slice() {
                [] => "none requested, and none named".to_owned(),
                list => format!("none requested; got {}", list.join(" ")),
            },
        )
    } else if got.is_none() {
        Step::skipped(Name::Scope, "the token has no scopes")
    } else if missing.is_empty() {
        let more = match has.len() > asked.iter().count() {
            true => ", more than requested",
            false => "",
        };
        Step::ok(Name::Scope, format!("{}{more}", has.join(" ")))
    } else {
        let broken = diagnosis::scope(&subject.context, &missing, got);
        Step::fail(Name::Scope, broken)
    };
    step.fact("asked", asked.iter().collect::<Vec<_>>())
        .fact("got", has)
}
