//! What came: what it says, whether it holds, whether it is what was asked for.

use super::evidence::described;
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::commands::source::{diagnosed_verifier, evidence, explained};
use crate::output::finding::Rule;
use crate::output::time::{relative, rfc3339};
use jeton_client::ClientError;
use jeton_client::cache::Entry;
use jeton_client::verify::{AccessTokenRules, Claims, KeysAt, Rules};
use jeton_inspect::advice::advice;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::RequestFacts;
use jeton_inspect::finding::{Finding, Severity, Who};
use jeton_inspect::key_set::{KeyValidation, validate};
use jeton_inspect::token::{self, Structure, oddities};
use jeton_oauth::jwt::{Unverified, claims};
use jeton_oauth::{AccessToken, Metadata, json};

/// A token to look at.
pub(super) struct Got {
    token: AccessToken,
    /// As the answer said, where there was one.
    scope: Option<String>,
    audience: Vec<String>,
    expires_at: Option<i64>,
    fresh: bool,
}

impl Got {
    pub(super) fn fresh(entry: Entry) -> Self {
        let own = own_scope(entry.access_token.expose());
        Self {
            // What the token itself says counts for whoever receives it.
            scope: own.or(entry.scope),
            audience: entry.audience,
            expires_at: entry.expires_at,
            token: entry.access_token,
            fresh: true,
        }
    }

    pub(super) fn given(token: &AccessToken) -> Self {
        let unverified = Unverified::parse(token.expose()).ok();
        let said = unverified.as_ref().map(Unverified::claims);
        let audience = said.and_then(|said| claims::audience(said).ok());
        #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
        let end = said
            .and_then(|said| claims::numeric_date(said, "exp").ok().flatten())
            .map(|end| end as i64);
        Self {
            scope: own_scope(token.expose()),
            audience: audience
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            expires_at: end,
            token: token.clone(),
            fresh: false,
        }
    }

    fn is_opaque(&self) -> bool {
        !matches!(Structure::of(self.token.expose()), Structure::Jws { .. })
    }
}

/// The claim `scope` of a JWT (RFC 9068 2.2.3).
fn own_scope(token: &str) -> Option<String> {
    let token = Unverified::parse(token).ok()?;
    let scope = claims::text(token.claims(), "scope").ok()??;
    Some(scope.to_owned())
}

impl Walk<'_> {
    pub(super) async fn token(&mut self, ready: &Ready, metadata: Option<&Metadata>, got: &Got) {
        self.decode(got);
        self.verify(ready, metadata, got).await;
        self.scope(ready, got);
        self.audience(ready, got);
    }

    fn decode(&mut self, got: &Got) {
        let text = got.token.expose();
        let now = self.app.console.now();
        let end = got.expires_at.map(|end| relative(end, now));
        let kind = token::kind(text);
        let summary = match end {
            Some(end) => format!("{kind} · ends {end}"),
            None => format!("{kind} · nobody says when it ends"),
        };
        let odd = oddities(text, &Structure::of(text), now);
        let step = if odd.is_empty() {
            Step::ok(Name::Decode, summary)
        } else {
            Step::warn(Name::Decode, diagnosis::odd(&odd).seen(summary))
        };
        self.note(
            step.fact("kind", kind)
                .fact("expires_at", got.expires_at.and_then(rfc3339))
                .fact("scope", got.scope.clone())
                .fact("audience", got.audience.clone()),
        );
    }

    async fn verify(&mut self, ready: &Ready, metadata: Option<&Metadata>, got: &Got) {
        let profile = &ready.opened.profile;
        if got.is_opaque() {
            let introspection = metadata.and_then(|found| found.introspection_endpoint.as_ref());
            let summary = match introspection {
                Some(_) => format!(
                    "opaque, so there is no signature: `jeton token introspect -p {}` asks the server",
                    profile.name
                ),
                None => {
                    "opaque, so there is no signature: only its resource server can tell".to_owned()
                }
            };
            self.note(Step::skipped(Name::Verify, summary));
            return;
        }
        let Some(issuer) = &profile.issuer else {
            let summary = "no issuer is configured, so there are no keys to verify with";
            self.note(Step::skipped(Name::Verify, summary));
            return;
        };
        // Whom it is for is a step of its own.
        let rules = Rules::new(Claims::AccessToken(AccessTokenRules {
            issuer: Some(issuer.value.as_str().to_owned()),
            ..AccessTokenRules::default()
        }));
        let keys = KeysAt::Issuer(issuer.value.clone());
        let watcher = self.witness.watcher();
        let verifier =
            diagnosed_verifier(self.app, &ready.settings, profile, rules, keys, &watcher);
        let verifying = verifier.verify_at(got.token.expose(), self.app.console.now());
        let (judged, time) = self.during("fetching the keys", verifying).await;
        let step = match judged {
            // Nothing is named that could be fetched, which a server may choose.
            Err(ClientError::Config { message, .. }) => Step::skipped(
                Name::Verify,
                format!("there are no keys to verify with: {message}"),
            ),
            Err(error) => {
                let told = explained(&error, profile);
                let context = &ready.context;
                let lines = advice(context, &evidence(&error), &RequestFacts::default());
                let broken = described(&told).finding("verify.no_keys", Who::Operator);
                let broken = lines
                    .into_iter()
                    .fold(broken, Finding::remedy)
                    .remedy("resource servers that fetch the keys cannot verify the token either: tell the server's operator");
                Step::fail(Name::Verify, broken)
            }
            Ok(judgement) => {
                let list: Vec<Finding> = judgement
                    .findings()
                    .iter()
                    .filter(|found| found.rule != jeton_client::verify::Rule::Audience)
                    .map(Finding::from)
                    .collect();
                let (jwks, keys, kids) = self.keys();
                let failed = list.iter().any(|found| found.severity == Severity::Fail);
                let step = if failed {
                    let broken =
                        diagnosis::unverified(&ready.context, &list, got.fresh, &keys, &jwks);
                    Step::fail(Name::Verify, broken)
                } else {
                    Step::ok(Name::Verify, "signature, issuer and times hold")
                };
                let rules: Vec<_> = list.iter().map(Rule).collect();
                step.fact("findings", serde_json::to_value(&rules).unwrap_or_default())
                    .fact("jwks_uri", jwks)
                    .fact("kids", kids)
            }
        };
        self.note(step.took(time));
    }

    /// The key set that came last, and what it calls its keys: for people, and for machines.
    fn keys(&self) -> (String, Vec<String>, Vec<Option<String>>) {
        let seen = self.witness.all().into_iter().rev();
        let set = seen
            .filter(|seen| seen.response.status == 200)
            .find_map(|seen| {
                let object = json::parse_object(seen.body.as_ref()?).ok()?;
                let set = validate(&object, self.app.console.now())?;
                let names = set.verifying().map(KeyValidation::name).collect();
                let kids = set.verifying().map(|key| key.kid.clone()).collect();
                Some((seen.response.url, names, kids))
            });
        set.unwrap_or_default()
    }

    fn scope(&mut self, ready: &Ready, got: &Got) {
        let asked = &ready.opened.profile.scopes.value;
        let has: Vec<&str> = got
            .scope
            .as_deref()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let missing: Vec<&str> = asked.iter().filter(|scope| !has.contains(scope)).collect();
        let step = if asked.is_empty() {
            Step::ok(
                Name::Scope,
                match has.as_slice() {
                    [] => "none asked for, and none named".to_owned(),
                    list => format!("none asked for; got {}", list.join(" ")),
                },
            )
        } else if got.scope.is_none() {
            Step::skipped(Name::Scope, "the token does not say")
        } else if missing.is_empty() {
            let more = has.len() > asked.iter().count();
            let more = if more {
                ", which is more than was asked for"
            } else {
                ""
            };
            Step::ok(Name::Scope, format!("{}{more}", has.join(" ")))
        } else {
            let broken = diagnosis::scope(&ready.context, &missing, got.scope.as_deref());
            Step::fail(Name::Scope, broken)
        };
        self.note(
            step.fact("asked", asked.iter().collect::<Vec<_>>())
                .fact("got", has),
        );
    }

    fn audience(&mut self, ready: &Ready, got: &Got) {
        let profile = &ready.opened.profile;
        let resources = profile.resource.value.iter();
        let resources = resources.map(|resource| resource.as_str().to_owned());
        let asked: Vec<String> = resources
            .chain(profile.audience.value.iter().cloned())
            .collect();
        let all = |list: &[String]| asked.iter().all(|name| list.contains(name));
        let any = |list: &[String]| asked.iter().any(|name| list.contains(name));
        let step = if got.is_opaque() {
            Step::skipped(
                Name::Audience,
                "opaque: only the server knows whom it is for",
            )
        } else if asked.is_empty() {
            Step::ok(
                Name::Audience,
                match got.audience.as_slice() {
                    [] => "nobody asked for, and nobody named".to_owned(),
                    list => format!("nobody asked for; it is for {}", list.join(", ")),
                },
            )
        } else if all(&got.audience) {
            Step::ok(Name::Audience, got.audience.join(", "))
        } else {
            let diagnosis = diagnosis::audience(&ready.context, &asked, &got.audience);
            if any(&got.audience) {
                Step::warn(Name::Audience, diagnosis)
            } else {
                Step::fail(Name::Audience, diagnosis)
            }
        };
        self.note(
            step.fact("asked", asked)
                .fact("got", got.audience.clone())
                .fact("fresh", got.fresh),
        );
    }
}
