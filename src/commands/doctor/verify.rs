//! Whether the token is valid: its signature, its issuer, its times.

use super::convert::described;
use super::received::ReceivedToken;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{diagnosed_verifier, evidence, explained};
use crate::output::finding::Rule;
use jeton_client::ClientError;
use jeton_client::verify::{self, AccessTokenRules, Claims, KeySetLocation, Rules};
use jeton_inspect::advice::advice;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::RequestFacts;
use jeton_inspect::finding::{Finding, Severity, Who};
use jeton_inspect::key_set::{KeyValidation, validate};
use jeton_oauth::{Issuer, Metadata, json};

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    Box::pin(async move {
        let Some(received) = &evidence.token else {
            return Outcome::none();
        };
        let located = evidence.located.as_ref();
        let metadata = located.and_then(|located| located.metadata.as_ref());
        let issuer = subject.profile().issuer.as_ref();
        match issuer {
            _ if received.is_opaque() => Step::skipped(Name::Verify, opaque(subject, metadata)),
            None => Step::skipped(
                Name::Verify,
                "no issuer is configured, so there are no keys to verify with",
            ),
            Some(issuer) => verified(subject, &issuer.value, received).await,
        }
        .into()
    })
}

fn opaque(subject: &Subject<'_>, metadata: Option<&Metadata>) -> String {
    let introspection = metadata.and_then(|found| found.introspection_endpoint.as_ref());
    match introspection {
        Some(_) => format!(
            "opaque, so it has no signature: `jeton token introspect -p {}` asks the server",
            subject.profile().name
        ),
        None => "opaque, so it has no signature: only its resource server can check it".to_owned(),
    }
}

async fn verified(subject: &Subject<'_>, issuer: &Issuer, received: &ReceivedToken) -> Step {
    let session = subject.session;
    // The audience is a step of its own.
    let rules = Rules::new(Claims::AccessToken(AccessTokenRules {
        issuer: Some(issuer.as_str().to_owned()),
        // Odd, and not why a token is refused.
        expiry_may_be_missing: true,
        ..AccessTokenRules::default()
    }));
    let verifier = diagnosed_verifier(
        session.app,
        &subject.settings,
        subject.profile(),
        rules,
        KeySetLocation::Issuer(issuer.clone()),
        &session.recorder.watcher(),
    );
    let verifying = verifier.verify_at(received.token.expose(), session.now());
    let (validation, time) = session.during("fetching the keys", verifying).await;
    let step = match validation {
        // A server may choose to publish no keys.
        Err(ClientError::Config { message, .. }) => Step::skipped(
            Name::Verify,
            format!("there are no keys to verify with: {message}"),
        ),
        Err(error) => Step::fail(Name::Verify, no_keys(subject, &error)),
        Ok(validation) => {
            let findings: Vec<Finding> = validation
                .findings()
                .iter()
                .filter(|found| found.rule != verify::Rule::Audience)
                .map(Finding::from)
                .collect();
            with_keys(subject, received, &findings)
        }
    };
    step.took(time)
}

fn no_keys(subject: &Subject<'_>, error: &ClientError) -> Finding {
    let words = described(&explained(error, subject.profile()));
    let finding = words.finding("verify.no_keys", Who::Operator);
    let lines = advice(&subject.context, &evidence(error), &RequestFacts::default());
    lines
        .into_iter()
        .fold(finding, Finding::remedy)
        .remedy("resource servers that fetch the keys cannot verify the token either: tell the server's operator")
}

fn with_keys(subject: &Subject<'_>, received: &ReceivedToken, findings: &[Finding]) -> Step {
    let (jwks, names, kids) = keys(subject);
    let failed = findings
        .iter()
        .any(|finding| finding.severity == Severity::Fail);
    let step = if failed {
        let context = &subject.context;
        let broken = diagnosis::unverified(context, findings, received.fresh, &names, &jwks);
        Step::fail(Name::Verify, broken)
    } else {
        Step::ok(Name::Verify, "signature, issuer and times are valid")
    };
    let rules: Vec<_> = findings.iter().map(Rule).collect();
    step.fact("findings", serde_json::to_value(&rules).unwrap_or_default())
        .fact("jwks_uri", jwks)
        .fact("kids", kids)
}

/// The key set that came last, and what it calls its keys: for people, and for machines.
fn keys(subject: &Subject<'_>) -> (String, Vec<String>, Vec<Option<String>>) {
    let recorded = subject.session.recorder.all().into_iter().rev();
    let set = recorded
        .filter(|recorded| recorded.response.status == 200)
        .find_map(|recorded| {
            let object = json::parse_object(recorded.body.as_ref()?).ok()?;
            let set = validate(&object, subject.session.now())?;
            let names = set.verifying().map(KeyValidation::name).collect();
            let kids = set.verifying().map(|key| key.kid.clone()).collect();
            Some((recorded.response.url, names, kids))
        });
    set.unwrap_or_default()
}
