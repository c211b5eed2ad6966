//! How the client would authenticate: the method against those that are offered, the algorithm likewise.

use super::convert::error_finding;
use super::step::{Name, Step};
use super::steps::{Evidence, Fact, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::explained;
use jeton_client::MethodChoice;
use jeton_client::rehearsal::{Located, Rehearsal};
use jeton_inspect::diagnosis;
use jeton_inspect::finding::{Finding, Who};

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    Box::pin(async move {
        match &evidence.located {
            Some(located) if !evidence.is_broken(&[Name::Credential]) => {
                if subject.given.is_some() {
                    return Outcome::from(Step::skipped(Name::Methods, "a token was given"));
                }
                rehearse(subject, located).await
            }
            _ => Outcome::none(),
        }
    })
}

async fn rehearse(subject: &Subject<'_>, located: &Located) -> Outcome {
    let offered = offered(located);
    match subject.opened.source.rehearse().await {
        Ok(rehearsal) => {
            let step = chosen(subject, located, &rehearsal, offered);
            Outcome::from(step).with(Fact::Rehearsed(rehearsal))
        }
        Err(error) => {
            let told = explained(&error, subject.profile());
            let finding = error_finding("methods.none_fits", Who::You, &told).seen_if(
                offered
                    .as_ref()
                    .map(|list| format!("the server offers {}", list.join(", "))),
            );
            Step::fail(Name::Methods, finding)
                .would_exit(told.exit)
                .fact("offered", offered)
                .into()
        }
    }
}

fn chosen(
    subject: &Subject<'_>,
    located: &Located,
    rehearsal: &Rehearsal,
    offered: Option<Vec<String>>,
) -> Step {
    let method = rehearsal.method;
    let configured = subject.profile().auth_method.value;
    let mut summary = match configured {
        MethodChoice::Auto => format!("auto selected {method}"),
        MethodChoice::One(_) => method.to_string(),
    };
    let assertion = rehearsal.assertion.as_ref();
    if let Some(assertion) = assertion {
        summary.push_str(&format!(" · {}", assertion.alg));
    }
    let is_listed = |list: &[String]| list.iter().any(|name| name == method.as_str());
    let step = match &offered {
        None => Step::ok(
            Name::Methods,
            format!("{summary}; the server does not list its methods"),
        ),
        Some(list) if !is_listed(list) => {
            let finding = diagnosis::not_offered(&subject.context, method, list);
            Step::warn(Name::Methods, finding)
        }
        Some(_) => match unlisted_algorithm(rehearsal, located) {
            Some(finding) => Step::warn(Name::Methods, finding),
            None => Step::ok(Name::Methods, format!("{summary}, which the server offers")),
        },
    };
    step.fact("configured", configured.to_string())
        .fact("chosen", method.as_str())
        .fact("offered", offered)
        .fact("alg", assertion.map(|assertion| assertion.alg.clone()))
        .fact("kid", assertion.and_then(|assertion| assertion.kid.clone()))
        .fact("aud", assertion.map(|assertion| assertion.audience.clone()))
}

/// The methods that the metadata lists, where there is metadata.
pub(super) fn offered(located: &Located) -> Option<Vec<String>> {
    let metadata = located.metadata.as_ref()?;
    let list = metadata.auth_methods();
    Some(list.into_iter().map(str::to_owned).collect())
}

/// An algorithm that is configured and not on the server's list.
fn unlisted_algorithm(rehearsal: &Rehearsal, located: &Located) -> Option<Finding> {
    let alg = &rehearsal.assertion.as_ref()?.alg;
    let metadata = located.metadata.as_ref()?;
    let list = metadata
        .token_endpoint_auth_signing_alg_values_supported
        .as_ref()?;
    (!list.contains(alg)).then(|| diagnosis::algorithm_not_listed(alg, list))
}
