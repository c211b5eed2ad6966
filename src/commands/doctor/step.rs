//! One step of the doctor, and its result.

use crate::exit::Exit;
use jeton_inspect::finding::{Finding, Severity};
use serde::Serialize;
use serde_json::{Map, Value};
use std::time::Duration;

/// The steps, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Name {
    Settings,
    Credential,
    Cache,
    Proxy,
    Dns,
    Tcp,
    Tls,
    Discovery,
    Issuer,
    Clock,
    Methods,
    Request,
    Decode,
    Verify,
    Scope,
    Audience,
}

impl Name {
    pub(super) const ALL: [Self; 16] = [
        Self::Settings,
        Self::Credential,
        Self::Cache,
        Self::Proxy,
        Self::Dns,
        Self::Tcp,
        Self::Tls,
        Self::Discovery,
        Self::Issuer,
        Self::Clock,
        Self::Methods,
        Self::Request,
        Self::Decode,
        Self::Verify,
        Self::Scope,
        Self::Audience,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Credential => "credential",
            Self::Cache => "cache",
            Self::Proxy => "proxy",
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Discovery => "discovery",
            Self::Issuer => "issuer",
            Self::Clock => "clock",
            Self::Methods => "methods",
            Self::Request => "request",
            Self::Decode => "decode",
            Self::Verify => "verify",
            Self::Scope => "scope",
            Self::Audience => "audience",
        }
    }
}

/// The result of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Ok,
    /// It works, but may cause trouble later or elsewhere.
    Warn,
    /// The path to a token ends here, or the token is not what was asked for.
    Fail,
    /// There was nothing to look at.
    Skipped,
    /// An earlier step failed, without which this one cannot run.
    NotReached,
}

/// A step with its result. Its texts may be foreign.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    pub(super) name: Name,
    pub(super) status: Status,
    /// The result in one line.
    pub(super) summary: String,
    /// How long it took, where it took time.
    pub(super) ms: Option<u64>,
    /// What was seen, by name.
    pub(super) facts: Map<String, Value>,
    /// What to do, where there is something to be done.
    pub(super) remedy: Vec<String>,
    /// Why it is a warning or a failure.
    #[serde(skip)]
    pub(super) finding: Option<Finding>,
    /// What `token get` would end with here, where that is known.
    #[serde(skip)]
    pub(super) would_exit: Option<Exit>,
}

impl Step {
    fn new(name: Name, status: Status, summary: impl Into<String>) -> Self {
        Self {
            name,
            status,
            summary: summary.into(),
            ms: None,
            facts: Map::new(),
            remedy: Vec::new(),
            finding: None,
            would_exit: None,
        }
    }

    pub(super) fn ok(name: Name, summary: impl Into<String>) -> Self {
        Self::new(name, Status::Ok, summary)
    }

    pub(super) fn skipped(name: Name, why: impl Into<String>) -> Self {
        Self::new(name, Status::Skipped, why)
    }

    pub(super) fn not_reached(name: Name) -> Self {
        Self::new(name, Status::NotReached, "not reached")
    }

    /// What a finding means for the step: a failure ends the path, a warning does not.
    pub(super) fn found(name: Name, finding: Finding) -> Self {
        let status = match finding.severity {
            Severity::Ok | Severity::Note => Status::Ok,
            Severity::Warn => Status::Warn,
            Severity::Fail => Status::Fail,
        };
        Self {
            remedy: finding.remedy.clone(),
            finding: Some(finding.clone()),
            ..Self::new(name, status, finding.what)
        }
    }

    /// A warning with its reason.
    pub(super) fn warn(name: Name, finding: Finding) -> Self {
        Self::found(name, finding.with_severity(Severity::Warn))
    }

    /// A failure with its reason.
    pub(super) fn fail(name: Name, finding: Finding) -> Self {
        Self::found(name, finding.with_severity(Severity::Fail))
    }

    /// Says what `token get` would end with here.
    pub(super) fn would_exit(self, exit: Exit) -> Self {
        Self {
            would_exit: Some(exit),
            ..self
        }
    }

    pub(super) fn took(mut self, time: Duration) -> Self {
        self.ms = u64::try_from(time.as_millis()).ok();
        self
    }

    pub(super) fn fact(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn is_broken(&self) -> bool {
        self.status == Status::Fail
    }
}
