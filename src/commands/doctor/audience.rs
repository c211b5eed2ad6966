//! Whether the token is for the resources that were asked for.

use super::received::ReceivedToken;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use jeton_inspect::diagnosis;
use jeton_inspect::finding::Severity;

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    let received = evidence.token.as_ref();
    received
        .map_or_else(Outcome::none, |received| compare(subject, received).into())
        .ready()
}

fn compare(subject: &Subject<'_>, received: &ReceivedToken) -> Step {
    let profile = subject.profile();
    let resources = profile.resource.value.iter();
    let resources = resources.map(|resource| resource.as_str().to_owned());
    let asked: Vec<String> = resources
        .chain(profile.audience.value.iter().cloned())
        .collect();
    let got = &received.audience;
    let met = asked.iter().filter(|name| got.contains(name)).count();
    let step = if received.is_opaque() {
        Step::skipped(Name::Audience, "opaque: only the server knows its audience")
    } else if asked.is_empty() {
        Step::ok(
            Name::Audience,
            match got.as_slice() {
                [] => "none requested, and none named".to_owned(),
                list => format!("none requested; it is for {}", list.join(", ")),
            },
        )
    } else if met == asked.len() {
        Step::ok(Name::Audience, got.join(", "))
    } else {
        let severity = match met {
            0 => Severity::Fail,
            _ => Severity::Warn,
        };
        let finding = diagnosis::audience(&subject.context, &asked, got);
        Step::found(Name::Audience, finding.with_severity(severity))
    };
    step.fact("asked", asked)
        .fact("got", got.clone())
        .fact("fresh", received.fresh)
}
