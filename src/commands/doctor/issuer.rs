//! The issuer in the server's metadata against the configured one.

use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use jeton_inspect::diagnosis;
use jeton_oauth::Metadata;

pub(super) fn check<'a>(subject: &'a Subject<'a>, _: &'a Evidence) -> Running<'a> {
    let configured = subject.context.target.value.as_str();
    let outcome: Outcome = if subject.profile().token_endpoint.is_some() {
        let why = "no metadata was needed; nothing to compare";
        Step::skipped(Name::Issuer, why).into()
    } else if let Some(other) = other_issuer(subject) {
        Step::fail(Name::Issuer, diagnosis::issuer(&subject.context, &other))
            .fact("configured", configured)
            .fact("said", other)
            .into()
    } else if issuers(subject).next().is_some() {
        Step::ok(Name::Issuer, format!("{configured}, identical"))
            .fact("configured", configured)
            .fact("said", configured)
            .into()
    } else {
        Outcome::none()
    };
    outcome.ready()
}

/// The issuer of the metadata, where it is not the one that is configured.
pub(super) fn other_issuer(subject: &Subject<'_>) -> Option<String> {
    let configured = subject.profile().issuer.as_ref()?;
    let said = issuers(subject).next()?;
    (said != configured.value.as_str()).then_some(said)
}

/// The issuers of all metadata that was received, the latest first.
fn issuers(subject: &Subject<'_>) -> impl Iterator<Item = String> {
    let documents = subject.session.recorder.documents().into_iter().rev();
    documents.filter_map(|recorded| {
        let body = recorded.body.filter(|_| recorded.response.status == 200)?;
        Some(Metadata::parse(&body).ok()?.issuer)
    })
}
