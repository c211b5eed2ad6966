//! What the server says of itself: its metadata, its name, its clock, the methods that it takes.

use super::evidence::{described, error_finding, speaks_no_http};
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use super::way::speaks_tls;
use super::witness::Seen;
use crate::commands::source::{evidence, explained, http_config};
use crate::settings::MethodChoice;
use jeton_client::ClientError;
use jeton_client::rehearsal::{Located, Rehearsal};
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::ObservedResponse;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::{AuthMethod, Metadata};

/// Clocks that are further apart than this are worth a word, in seconds.
const NOTABLE_SKEW: i64 = 30;

impl Walk<'_> {
    /// The token endpoint: configured, or named by the metadata.
    pub(super) async fn discovery(&mut self, ready: &Ready) -> Option<Located> {
        let looking = ready.opened.source.locate();
        let (located, time) = self
            .during("asking for the server's metadata", looking)
            .await;
        let seen = self.documents();
        let facts: Vec<_> = seen
            .iter()
            .map(|seen| {
                serde_json::json!({
                    "url": seen.response.url, "status": seen.response.status,
                    "content_type": seen.response.content_type, "location": seen.response.location,
                })
            })
            .collect();
        let answers: Vec<Document> = seen.into_iter().map(|seen| seen.response).collect();
        let (step, located) = match located {
            Ok(located) => {
                let step = match &located.metadata {
                    None => Step::skipped(
                        Name::Discovery,
                        format!(
                            "{} is configured ({})",
                            ready.context.target_key, ready.context.target.origin
                        ),
                    ),
                    Some(metadata) => found(metadata, &answers),
                };
                let step = step.fact("token_endpoint", located.url.as_str());
                (step, Some(located))
            }
            Err(error) => {
                let told = explained(&error, &ready.opened.profile);
                self.would_end(told.exit);
                if self.said_issuer(ready).is_some() {
                    // The document is there, and it is that of somebody else: the next step says so.
                    let summary = answers.last().map_or_else(String::new, ToString::to_string);
                    (Step::ok(Name::Discovery, summary), None)
                } else {
                    let broken = self.undiscovered(ready, &error, &told, &answers).await;
                    (Step::fail(Name::Discovery, broken), None)
                }
            }
        };
        self.note(step.took(time).fact("answers", facts));
        located
    }

    async fn undiscovered(
        &self,
        ready: &Ready,
        error: &ClientError,
        told: &crate::error::Error,
        answers: &[ObservedResponse],
    ) -> Finding {
        // A server may answer in TLS what it hears in HTTP, or hang up.
        let failure = evidence(error);
        if speaks_no_http(&failure) && ready.target.scheme() == "http" {
            let config = http_config(&ready.settings.tool, &ready.opened.profile);
            if speaks_tls(&config, &ready.target).await {
                return diagnosis::http_without_tls(&ready.context);
            }
        }
        diagnosis::metadata(&ready.context, &failure, &described(told), answers)
    }

    fn documents(&self) -> Vec<Seen> {
        let mut seen = self.witness.all();
        seen.retain(|seen| seen.response.method == "GET");
        seen
    }

    /// The name that the server gives itself, where it is not the one that is configured.
    fn said_issuer(&self, ready: &Ready) -> Option<String> {
        let configured = ready.opened.profile.issuer.as_ref()?;
        let said = self.documents().iter().rev().find_map(|seen| {
            let body = seen.body.as_ref().filter(|_| seen.response.status == 200)?;
            Some(Metadata::parse(body).ok()?.issuer)
        })?;
        (said != configured.value.as_str()).then_some(said)
    }

    pub(super) fn issuer(&mut self, ready: &Ready) {
        if ready.opened.profile.token_endpoint.is_some() {
            self.note(Step::skipped(
                Name::Issuer,
                "no metadata was needed, so nothing was compared",
            ));
            return;
        }
        if let Some(said) = self.said_issuer(ready) {
            let broken = diagnosis::issuer(&ready.context, &said);
            let step = Step::fail(Name::Issuer, broken);
            self.note(
                step.fact("configured", ready.context.target.value.as_str())
                    .fact("said", said),
            );
            return;
        }
        let discovered = self.documents().iter().any(|seen| {
            let body = seen.body.as_ref().filter(|_| seen.response.status == 200);
            body.is_some_and(|body| Metadata::parse(body).is_ok())
        });
        if discovered {
            let configured = ready.context.target.value.as_str();
            let step = Step::ok(Name::Issuer, format!("{configured}, equal byte by byte"));
            self.note(step.fact("configured", configured).fact("said", configured));
        }
    }

    /// The clocks, by whatever answer of the server says the time; `signs`: whether assertions are sent.
    pub(super) fn clock(&mut self, ready: &Ready, signs: Option<bool>) {
        let host = ready.target.host_str();
        let seen = self.witness.all();
        let of_server: Vec<&Seen> = seen
            .iter()
            .filter(|seen| seen.host.as_deref() == host)
            .collect();
        if of_server.is_empty() {
            return;
        }
        // The nearest: an answer from a cache on the way may be old.
        let skew = of_server
            .iter()
            .filter_map(|seen| seen.skew)
            .min_by_key(|skew| skew.abs());
        let Some(skew) = skew else {
            self.note(Step::skipped(
                Name::Clock,
                "the server's answers have no Date",
            ));
            return;
        };
        let configured = match ready.opened.profile.auth_method.value {
            MethodChoice::One(method) => {
                matches!(
                    method,
                    AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt
                )
            }
            MethodChoice::Auto => false,
        };
        let signs = signs.unwrap_or(configured) && ready.given.is_none();
        let step = if skew.abs() <= NOTABLE_SKEW {
            Step::ok(
                Name::Clock,
                match skew {
                    0 => "the same as the server's".to_owned(),
                    skew => format!("{} s from the server's", skew.abs()),
                },
            )
        } else {
            let diagnosis = diagnosis::clock(&ready.context, skew, signs);
            if signs {
                Step::fail(Name::Clock, diagnosis)
            } else {
                Step::warn(Name::Clock, diagnosis)
            }
        };
        self.note(step.fact("skew", skew));
    }

    /// What the request would be like: the method against those that are offered, the algorithm likewise.
    pub(super) async fn methods(&mut self, ready: &Ready, located: &Located) -> Option<Rehearsal> {
        if ready.given.is_some() {
            self.note(Step::skipped(Name::Methods, "a token was given"));
            return None;
        }
        let offered = offered(located);
        let rehearsal = match ready.opened.source.rehearse().await {
            Ok(rehearsal) => rehearsal,
            Err(error) => {
                let told = explained(&error, &ready.opened.profile);
                self.would_end(told.exit);
                let diagnosis = error_finding("methods.none_fits", Who::You, &told).seen_if(
                    offered
                        .as_ref()
                        .map(|list| format!("the server offers {}", list.join(", "))),
                );
                self.note(Step::fail(Name::Methods, diagnosis).fact("offered", offered));
                return None;
            }
        };
        let method = rehearsal.method;
        let configured = ready.opened.profile.auth_method.value;
        let mut summary = match configured {
            MethodChoice::Auto => format!("auto means {method}"),
            MethodChoice::One(_) => method.to_string(),
        };
        if let Some(assertion) = &rehearsal.assertion {
            summary.push_str(&format!(" · {}", assertion.alg));
        }
        let listed = |list: &Vec<String>| list.iter().any(|name| name == method.as_str());
        let step = match &offered {
            Some(list) if !listed(list) => Step::warn(
                Name::Methods,
                diagnosis::not_offered(&ready.context, method, list),
            ),
            Some(_) => match unlisted_algorithm(&rehearsal, located) {
                Some(diagnosis) => Step::warn(Name::Methods, diagnosis),
                None => Step::ok(Name::Methods, format!("{summary}, which the server offers")),
            },
            None => Step::ok(
                Name::Methods,
                format!("{summary}, and the server does not say what it offers"),
            ),
        };
        let assertion = rehearsal.assertion.as_ref();
        self.note(
            step.fact("configured", configured.to_string())
                .fact("chosen", method.as_str())
                .fact("offered", offered)
                .fact("alg", assertion.map(|assertion| assertion.alg.clone()))
                .fact("kid", assertion.and_then(|assertion| assertion.kid.clone()))
                .fact("aud", assertion.map(|assertion| assertion.audience.clone())),
        );
        Some(rehearsal)
    }
}

/// The methods that the metadata lists, where there is metadata.
pub(super) fn offered(located: &Located) -> Option<Vec<String>> {
    let metadata = located.metadata.as_ref()?;
    let list = metadata.auth_methods();
    Some(list.into_iter().map(str::to_owned).collect())
}

fn found(metadata: &Metadata, answers: &[ObservedResponse]) -> Step {
    let last = answers.last();
    let url = last.map_or_else(String::new, |answer| answer.url.clone());
    let tried = match answers.len() {
        0 | 1 => String::new(),
        many => format!(" (the {many}. place that was asked)"),
    };
    let summary = format!("{url}{tried}");
    let kind = last
        .and_then(|answer| answer.content_type.as_deref())
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
    match odd.first() {
        None => Step::ok(Name::Discovery, summary),
        Some(first) => {
            let what = format!("the metadata is there; {first}");
            let diagnosis = Finding::warn("discovery.odd", what)
                .by(Who::Operator)
                .seen(summary);
            let diagnosis = odd.into_iter().fold(diagnosis, Finding::seen);
            Step::warn(
                Name::Discovery,
                diagnosis.remedy("tell the server's operator"),
            )
        }
    }
}

/// An algorithm that is configured and not on the server's list: it is sent all the same.
fn unlisted_algorithm(rehearsal: &Rehearsal, located: &Located) -> Option<Finding> {
    let alg = &rehearsal.assertion.as_ref()?.alg;
    let metadata = located.metadata.as_ref()?;
    let list = metadata
        .token_endpoint_auth_signing_alg_values_supported
        .as_ref()?;
    if list.contains(alg) {
        return None;
    }
    Some(diagnosis::algorithm_not_listed(alg, list))
}
