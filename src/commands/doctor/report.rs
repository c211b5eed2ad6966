//! What `-o json` prints (docs/json.md), and what the panel is made of.

use super::step::{Name, Status, Step};
use crate::exit::Exit;
use jeton_inspect::finding::Finding;
use serde::Serialize;

/// The result of all steps.
#[derive(Serialize)]
pub(super) struct Report {
    pub(super) profile: Option<String>,
    /// What was asked first: the issuer, or the token endpoint.
    pub(super) target: Option<String>,
    pub(super) verdict: Status,
    pub(super) first_broken: Option<Name>,
    /// The exit code that `token get --fresh` would have given; null where no token was asked for.
    pub(super) would_exit: Option<u8>,
    /// Of the first broken step.
    #[serde(serialize_with = "crate::output::finding::as_diagnosis")]
    pub(super) diagnosis: Option<Finding>,
    pub(super) steps: Vec<Step>,
}

impl Report {
    pub(super) fn new(
        profile: Option<String>,
        target: Option<String>,
        would: Option<Exit>,
        steps: Vec<Step>,
    ) -> Self {
        let broken = steps.iter().find(|step| step.is_broken());
        let warned = steps.iter().any(|step| step.status == Status::Warn);
        Self {
            profile,
            target,
            verdict: match broken {
                Some(_) => Status::Fail,
                None if warned => Status::Warn,
                None => Status::Ok,
            },
            first_broken: broken.map(|step| step.name),
            would_exit: would.map(Exit::code),
            diagnosis: broken.and_then(|step| step.finding.clone()),
            steps,
        }
    }

    pub(super) const fn exit(&self) -> Exit {
        match self.first_broken {
            Some(_) => Exit::Check,
            None => Exit::Done,
        }
    }
}
