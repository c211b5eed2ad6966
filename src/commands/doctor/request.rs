//! The token request itself, made in earnest; the token is not kept.

use super::evidence::{assertion_facts, described, refuses_the_client};
use super::server::offered;
use super::step::{Name, Step};
use super::token::Got;
use super::walk::{Ready, Walk};
use crate::commands::source::{evidence, explained};
use crate::exit::Exit;
use jeton_client::rehearsal::{Located, Rehearsal};
use jeton_client::{ClientError, NetworkKind, Want};
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::{Endpoint, Failure, ObservedResponse, RequestFacts};
use jeton_inspect::finding::{Finding, Who};

impl Walk<'_> {
    /// Asks for a token; nothing where none came.
    pub(super) async fn request(
        &mut self,
        ready: &Ready,
        located: &Located,
        rehearsal: &Rehearsal,
    ) -> Option<Got> {
        if self.args.no_request {
            return None;
        }
        let want = Want { fresh: true };
        let asking = ready.opened.source.get(&want);
        let (result, time) = self.during("asking for a token", asking).await;
        let endpoint = located.url.as_str();
        let step = match result {
            Ok(token) => {
                self.would_end(Exit::Done);
                let step = came(endpoint, &token.warnings).took(time);
                self.note(
                    step.fact("token_endpoint", endpoint)
                        .fact("http_status", 200)
                        .fact("token_type", token.entry.token_type.as_str())
                        .fact("warnings", token.warnings),
                );
                return Some(Got::fresh(token.entry));
            }
            Err(error) => {
                let told = explained(&error, &ready.opened.profile);
                self.would_end(told.exit);
                let broken = match self.elsewhere(ready, located, &error).await {
                    Some(broken) => broken,
                    None => {
                        let facts = RequestFacts {
                            endpoint: Endpoint::Token,
                            method: Some(rehearsal.method),
                            assertion: rehearsal.assertion.as_ref().map(assertion_facts),
                            offered: offered(located),
                            token_endpoint: Some(endpoint.to_owned()),
                        };
                        let odd = self.odd_response(&error);
                        let mut failure = evidence(&error);
                        if let Failure::Response(bad) = &mut failure {
                            bad.html = odd.as_ref().is_some_and(ObservedResponse::is_html);
                        }
                        let words = described(&told);
                        diagnosis::request(&ready.context, &failure, &words, &facts)
                            .seen_if(odd.map(|response| response.to_string()))
                    }
                };
                if refuses_the_client(&error) {
                    self.harden(Name::Methods);
                    self.harden(Name::Credential);
                }
                if matches!(
                    error,
                    ClientError::Network {
                        kind: NetworkKind::CertificateRefused,
                        ..
                    }
                ) {
                    self.harden(Name::Credential);
                }
                Step::fail(Name::Request, broken)
                    .fact("http_status", error.http_status())
                    .fact(
                        "oauth_error",
                        match &error {
                            ClientError::Refused { .. } => Some(error.code()),
                            _ => None,
                        },
                    )
            }
        };
        self.note(step.took(time).fact("token_endpoint", endpoint));
        None
    }

    /// The response that is not an OAuth response.
    fn odd_response(&self, error: &ClientError) -> Option<ObservedResponse> {
        if !matches!(error, ClientError::Server { .. }) {
            return None;
        }
        let seen = self.witness.all();
        let last = seen
            .into_iter()
            .rfind(|seen| seen.response.method == "POST")?;
        Some(last.response)
    }

    /// Where the token endpoint is on another host than the metadata: what is wrong on the way there.
    async fn elsewhere(
        &mut self,
        ready: &Ready,
        located: &Located,
        error: &ClientError,
    ) -> Option<Finding> {
        let same = located.url.host() == ready.target.host()
            && located.url.port_or_known_default() == ready.target.port_or_known_default();
        let about_us = matches!(
            error,
            ClientError::Network {
                kind: NetworkKind::CertificateWanted | NetworkKind::CertificateRefused,
                ..
            }
        );
        if same || about_us || !matches!(error, ClientError::Network { .. }) {
            return None;
        }
        let steps = self.way(ready, &located.url).await;
        let broken = steps.into_iter().find(Step::is_broken)?.finding?;
        Some(broken.seen(format!(
            "the metadata names the token endpoint {}, which is on another host than {}",
            located.url, ready.context.target.value
        )))
    }
}

/// A token, with what `token get` would warn of.
fn came(endpoint: &str, warnings: &[String]) -> Step {
    let Some(first) = warnings.first() else {
        return Step::ok(Name::Request, format!("a token came from {endpoint}"));
    };
    let diagnosis =
        Finding::warn("request.warnings", format!("a token came; {first}")).by(Who::Operator);
    let diagnosis = warnings
        .iter()
        .fold(diagnosis, |diagnosis, text| diagnosis.seen(text.clone()))
        .seen(format!("the token is from {endpoint}"))
        .remedy("the token can be used, and may not do what is expected of it: tell the server's operator where that hurts");
    Step::warn(Name::Request, diagnosis)
}
