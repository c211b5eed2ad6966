//! The token endpoint: configured, or named by the server's metadata.

use super::convert::{described, speaks_no_http};
use super::issuer::other_issuer;
use super::path::speaks_tls;
use super::step::{Name, Step};
use super::steps::{Evidence, Fact, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{evidence, explained};
use crate::error::Error;
use jeton_client::ClientError;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::ObservedResponse;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::Metadata;
use jeton_profile::http_config;

/// Without these there is nothing to ask.
const NEEDED: [Name; 5] = [Name::Proxy, Name::Dns, Name::Tcp, Name::Tls, Name::Cache];

pub(super) fn check<'a>(subject: &'a Subject<'a>, evidence: &'a Evidence) -> Running<'a> {
    Box::pin(async move {
        if evidence.is_broken(&NEEDED) {
            return Outcome::none();
        }
        locate(subject).await
    })
}

async fn locate(subject: &Subject<'_>) -> Outcome {
    let session = subject.session;
    let looking = subject.opened.source.locate();
    let (located, time) = session
        .during("asking for the server's metadata", looking)
        .await;
    let responses: Vec<ObservedResponse> = session
        .recorder
        .documents()
        .into_iter()
        .map(|recorded| recorded.response)
        .collect();
    let (step, located) = match located {
        Ok(located) => {
            let step = match &located.metadata {
                None => Step::skipped(
                    Name::Discovery,
                    format!(
                        "{} is configured ({})",
                        subject.context.target_key, subject.context.target.origin
                    ),
                ),
                Some(metadata) => found(metadata, &responses),
            };
            let step = step.fact("token_endpoint", located.url.as_str());
            (step, Some(located))
        }
        Err(error) => (failed(subject, &error, &responses).await, None),
    };
    let facts: Vec<_> = responses
        .iter()
        .map(|response| {
            serde_json::json!({
                "url": response.url, "status": response.status,
                "content_type": response.content_type, "location": response.location,
            })
        })
        .collect();
    Outcome::from(step.took(time).fact("answers", facts))
        .with(located.map(|located| Fact::Located(Box::new(located))))
}

async fn failed(
    subject: &Subject<'_>,
    error: &ClientError,
    responses: &[ObservedResponse],
) -> Step {
    let told = explained(error, subject.profile());
    let step = if other_issuer(subject).is_some() {
        // The document exists, but names another issuer: the next step reports that.
        let summary = responses
            .last()
            .map_or_else(String::new, ToString::to_string);
        Step::ok(Name::Discovery, summary)
    } else {
        let broken = diagnosed(subject, error, &told, responses).await;
        Step::fail(Name::Discovery, broken)
    };
    step.would_exit(told.exit)
}

async fn diagnosed(
    subject: &Subject<'_>,
    error: &ClientError,
    told: &Error,
    responses: &[ObservedResponse],
) -> Finding {
    let failure = evidence(error);
    // A TLS server may respond to plain HTTP in TLS, or close the connection.
    if speaks_no_http(&failure) && subject.target.scheme() == "http" {
        let config = http_config(&subject.settings.tool, subject.profile());
        if speaks_tls(&config, &subject.target).await {
            return diagnosis::http_without_tls(&subject.context);
        }
    }
    diagnosis::metadata(&subject.context, &failure, &described(told), responses)
}

/// Metadata that was found, and what is odd about it.
fn found(metadata: &Metadata, responses: &[ObservedResponse]) -> Step {
    let last = responses.last();
    let url = last.map_or_else(String::new, |response| response.url.clone());
    let tried = match responses.len() {
        0 | 1 => String::new(),
        many => format!(" (attempt {many})"),
    };
    let summary = format!("{url}{tried}");
    let kind = last
        .and_then(|response| response.content_type.as_deref())
        .unwrap_or("no content type");
    let is_json = kind
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("application/json");
    let mut odd = Vec::new();
    if !is_json {
        odd.push(format!(
            "its content type is {kind}, not application/json: other clients refuse it"
        ));
    }
    if !metadata.grant_types().contains(&"client_credentials") {
        odd.push("it does not list the grant client_credentials".to_owned());
    }
    let Some(first) = odd.first() else {
        return Step::ok(Name::Discovery, summary);
    };
    let finding = Finding::warn("discovery.odd", format!("metadata found; {first}"))
        .by(Who::Operator)
        .seen(summary);
    let finding = odd.into_iter().fold(finding, Finding::seen);
    Step::found(
        Name::Discovery,
        finding.remedy("tell the server's operator"),
    )
}
