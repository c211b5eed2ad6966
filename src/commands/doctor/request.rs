//! The token request itself: a real one, whose token is not stored.

use super::convert::{assertion_facts, described};
use super::methods::offered;
use super::path;
use super::received::ReceivedToken;
use super::step::{Name, Step};
use super::steps::{Evidence, Fact, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{evidence, explained};
use crate::exit::Exit;
use jeton_client::rehearsal::{Located, Rehearsal};
use jeton_client::{ClientError, NetworkKind, Want};
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::{
    Described, Endpoint, Failure, NetworkFailure, ObservedResponse, RequestFacts,
};
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::ErrorCode;

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    Box::pin(async move {
        if let Some(given) = &subject.given {
            let token = Fact::Token(ReceivedToken::given(given));
            return Outcome::from(Step::skipped(Name::Request, "a token was given")).with(token);
        }
        match (&evidence.located, &evidence.rehearsal) {
            (Some(located), Some(rehearsal)) if !subject.session.args.no_request => {
                ask(subject, located, rehearsal).await
            }
            _ => Outcome::none(),
        }
    })
}

async fn ask(subject: &Subject<'_>, located: &Located, rehearsal: &Rehearsal) -> Outcome {
    let want = Want { fresh: true };
    let asking = subject.opened.source.get(&want);
    let (result, time) = subject.session.during("asking for a token", asking).await;
    let endpoint = located.url.as_str();
    match result {
        Ok(token) => {
            let step = received(endpoint, &token.warnings)
                .would_exit(Exit::Done)
                .took(time)
                .fact("token_endpoint", endpoint)
                .fact("http_status", 200)
                .fact("token_type", token.entry.token_type.as_str())
                .fact("warnings", token.warnings);
            Outcome::from(step).with(Fact::Token(ReceivedToken::fresh(token.entry)))
        }
        Err(error) => {
            let outcome = failed(subject, located, rehearsal, &error).await;
            let steps = outcome.steps.into_iter();
            Outcome {
                steps: steps
                    .map(|step| step.took(time).fact("token_endpoint", endpoint))
                    .collect(),
                ..outcome
            }
        }
    }
}

async fn failed(
    subject: &Subject<'_>,
    located: &Located,
    rehearsal: &Rehearsal,
    error: &ClientError,
) -> Outcome {
    let told = explained(error, subject.profile());
    let finding = match elsewhere(subject, located, error).await {
        Some(finding) => finding,
        None => diagnosed(subject, located, rehearsal, error, &described(&told)),
    };
    let oauth_error = match error {
        ClientError::Refused { error, .. } => Some(&error.error),
        _ => None,
    };
    let step = Step::fail(Name::Request, finding)
        .would_exit(told.exit)
        .fact("http_status", error.http_status())
        .fact("oauth_error", oauth_error.map(ErrorCode::as_str));
    let refused_certificate = matches!(
        evidence(error),
        Failure::Network(NetworkFailure::CertificateRefused)
    );
    Outcome {
        blamed: match oauth_error {
            Some(ErrorCode::InvalidClient) => vec![Name::Methods, Name::Credential],
            _ if refused_certificate => vec![Name::Credential],
            _ => Vec::new(),
        },
        ..step.into()
    }
}

fn diagnosed(
    subject: &Subject<'_>,
    located: &Located,
    rehearsal: &Rehearsal,
    error: &ClientError,
    described: &Described,
) -> Finding {
    let facts = RequestFacts {
        endpoint: Endpoint::Token,
        method: Some(rehearsal.method),
        assertion: rehearsal.assertion.as_ref().map(assertion_facts),
        offered: offered(located),
        token_endpoint: Some(located.url.to_string()),
    };
    let mut failure = evidence(error);
    let mut seen = None;
    if let Failure::Response(bad) = &mut failure {
        seen = last_response(subject);
        bad.html = seen.as_ref().is_some_and(ObservedResponse::is_html);
    }
    diagnosis::request(&subject.context, &failure, described, &facts)
        .seen_if(seen.map(|response| response.to_string()))
}

/// The last response of the token endpoint.
fn last_response(subject: &Subject<'_>) -> Option<ObservedResponse> {
    let recorded = subject.session.recorder.all().into_iter();
    let mut responses = recorded.map(|recorded| recorded.response);
    responses.rfind(|response| response.method == "POST")
}

/// Where the token endpoint is on another host than the metadata: what is wrong on the path to it.
async fn elsewhere(
    subject: &Subject<'_>,
    located: &Located,
    error: &ClientError,
) -> Option<Finding> {
    let (url, target) = (&located.url, &subject.target);
    let same = url.host() == target.host()
        && url.port_or_known_default() == target.port_or_known_default();
    let ClientError::Network { kind, .. } = error else {
        return None;
    };
    let about_us = matches!(
        kind,
        NetworkKind::CertificateWanted | NetworkKind::CertificateRefused
    );
    if same || about_us {
        return None;
    }
    let found = path::to(subject, url).await;
    let broken = found.steps.into_iter().find(Step::is_broken)?.finding?;
    Some(broken.seen(format!(
        "the metadata names the token endpoint {url}, which is on another host than {}",
        subject.context.target.value
    )))
}

/// A token, with what `token get` would warn of.
fn received(endpoint: &str, warnings: &[String]) -> Step {
    let Some(first) = warnings.first() else {
        return Step::ok(Name::Request, format!("token received from {endpoint}"));
    };
    let finding =
        Finding::warn("request.warnings", format!("token received; {first}")).by(Who::Operator);
    let finding = warnings
        .iter()
        .fold(finding, |finding, text| finding.seen(text.clone()))
        .seen(format!("the token is from {endpoint}"))
        .remedy("the token can be used, but may not work as expected: tell the server's operator if that is a problem");
    Step::found(Name::Request, finding)
}
