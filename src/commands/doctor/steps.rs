//! The steps in the order in which they run. Each takes the evidence of those before it and returns what it found.

use super::received::ReceivedToken;
use super::step::{Name, Status, Step};
use super::subject::Subject;
use super::{
    audience, cache, clock, credential, decode, discovery, issuer, methods, path, request, scope,
    verify,
};
use crate::exit::Exit;
use jeton_client::rehearsal::{Located, Rehearsal};
use std::pin::Pin;

/// A check: it returns nothing where it cannot run after what is broken.
type Check = for<'a> fn(&'a Subject<'a>, &'a Evidence) -> Running<'a>;

/// A check that runs.
pub(super) type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// In this order. The clock comes late, since every earlier response gives the server's time.
const CHECKS: [Check; 12] = [
    credential::check,
    cache::check,
    path::check,
    discovery::check,
    issuer::check,
    methods::check,
    request::check,
    clock::check,
    decode::check,
    verify::check,
    scope::check,
    audience::check,
];

/// The order in which `token get` would meet a failure: it reads the credential when it knows where it goes.
const AS_TOKEN_GET: [Name; 10] = [
    Name::Settings,
    Name::Cache,
    Name::Proxy,
    Name::Dns,
    Name::Tcp,
    Name::Tls,
    Name::Discovery,
    Name::Credential,
    Name::Methods,
    Name::Request,
];

/// What one check found.
#[derive(Default)]
pub(super) struct Outcome {
    /// One result a step.
    pub(super) steps: Vec<Step>,
    /// What later steps build on.
    pub(super) fact: Option<Fact>,
    /// Steps whose warning turned out to be the cause of this failure.
    pub(super) blamed: Vec<Name>,
}

impl Outcome {
    /// What a check returns that cannot run.
    pub(super) fn none() -> Self {
        Self::default()
    }

    pub(super) fn with(self, fact: impl Into<Option<Fact>>) -> Self {
        Self {
            fact: fact.into(),
            ..self
        }
    }

    /// A check that has nothing to wait for.
    pub(super) fn ready<'a>(self) -> Running<'a> {
        Box::pin(std::future::ready(self))
    }
}

impl From<Step> for Outcome {
    fn from(step: Step) -> Self {
        Self {
            steps: vec![step],
            ..Self::default()
        }
    }
}

/// What later steps build on.
pub(super) enum Fact {
    /// The certificates of the server, as it sent them.
    Chain(Vec<Vec<u8>>),
    /// Where the token endpoint is.
    Located(Box<Located>),
    /// What the request will be like.
    Rehearsed(Rehearsal),
    /// A token.
    Token(ReceivedToken),
}

/// What the steps have found so far.
#[derive(Default)]
pub(super) struct Evidence {
    steps: Vec<Step>,
    pub(super) chain: Vec<Vec<u8>>,
    pub(super) located: Option<Located>,
    pub(super) rehearsal: Option<Rehearsal>,
    pub(super) token: Option<ReceivedToken>,
}

impl Evidence {
    /// Takes what a check found.
    pub(super) fn add(&mut self, outcome: Outcome) {
        for step in &mut self.steps {
            if outcome.blamed.contains(&step.name) && step.status == Status::Warn {
                step.status = Status::Fail;
            }
        }
        self.steps.extend(outcome.steps);
        match outcome.fact {
            Some(Fact::Chain(chain)) => self.chain = chain,
            Some(Fact::Located(located)) => self.located = Some(*located),
            Some(Fact::Rehearsed(rehearsal)) => self.rehearsal = Some(rehearsal),
            Some(Fact::Token(token)) => self.token = Some(token),
            None => {}
        }
    }

    /// Whether one of these steps is broken.
    pub(super) fn is_broken(&self, names: &[Name]) -> bool {
        self.steps
            .iter()
            .any(|step| names.contains(&step.name) && step.is_broken())
    }

    /// What `token get` would end with, as far as it is known.
    pub(super) fn would_exit(&self) -> Option<Exit> {
        let of = |name: &Name| {
            let step = self.steps.iter().find(|step| step.name == *name);
            step.and_then(|step| step.would_exit)
        };
        AS_TOKEN_GET.iter().find_map(of)
    }

    /// The steps in the order of the report. A step that did not run was not reached, or not wanted.
    pub(super) fn into_steps(self, no_request: bool) -> Vec<Step> {
        let mut steps = self.steps;
        let broken = steps.iter().any(Step::is_broken);
        for name in Name::ALL {
            if steps.iter().any(|step| step.name == name) {
                continue;
            }
            steps.push(if no_request && name >= Name::Request && !broken {
                Step::skipped(name, "--no-request: no token was asked for")
            } else {
                Step::not_reached(name)
            });
        }
        steps.sort_by_key(|step| step.name);
        steps
    }
}

/// Runs every check behind the settings.
pub(super) async fn run(subject: &Subject<'_>, evidence: &mut Evidence) {
    for check in CHECKS {
        let outcome = check(subject, evidence).await;
        evidence.add(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Outcome};
    use crate::commands::doctor::step::{Name, Status, Step};
    use crate::exit::Exit;
    use jeton_inspect::finding::Finding;

    fn warned(name: Name) -> Step {
        Step::found(name, Finding::warn("x", "odd"))
    }

    fn failed(name: Name, exit: Exit) -> Step {
        Step::found(name, Finding::fail("x", "broken")).would_exit(exit)
    }

    #[test]
    fn a_refusal_turns_the_warning_that_explains_it_into_the_failure() {
        let mut evidence = Evidence::default();
        evidence.add(warned(Name::Credential).into());
        evidence.add(warned(Name::Cache).into());
        evidence.add(Outcome {
            blamed: vec![Name::Credential],
            ..failed(Name::Request, Exit::Refused).into()
        });
        let steps = evidence.into_steps(false);
        let status = |name| {
            steps
                .iter()
                .find(|step| step.name == name)
                .map(|s| s.status)
        };
        assert_eq!(status(Name::Credential), Some(Status::Fail));
        assert_eq!(status(Name::Cache), Some(Status::Warn));
        assert_eq!(status(Name::Dns), Some(Status::NotReached));
    }

    #[test]
    fn the_exit_code_is_that_of_what_token_get_meets_first() {
        let mut evidence = Evidence::default();
        evidence.add(failed(Name::Credential, Exit::Credential).into());
        assert_eq!(evidence.would_exit(), Some(Exit::Credential));
        evidence.add(failed(Name::Tcp, Exit::Network).into());
        assert_eq!(evidence.would_exit(), Some(Exit::Network));
    }

    #[test]
    fn what_was_not_wanted_is_skipped() {
        let mut evidence = Evidence::default();
        evidence.add(Step::ok(Name::Settings, "fine").into());
        let steps = evidence.into_steps(true);
        assert_eq!(steps.len(), Name::ALL.len());
        let skipped = steps.iter().filter(|step| step.status == Status::Skipped);
        assert_eq!(skipped.count(), 5, "from the request on");
    }
}
