//! The one vocabulary of findings: what a check found, how bad it is, what says so, and what to do about it.
//!
//! Every check speaks it: of tokens, key sets, certificates, connections, refusals and settings. How a finding is written as
//! JSON is up to each document, and stands in one place of the command line.

use serde::Serialize;

/// How bad it is, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As it should be.
    Ok,
    /// Worth knowing; it decides nothing.
    Note,
    /// Works today, and will fail for some client, or soon.
    Warn,
    /// Broken, or not to be trusted.
    Fail,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// Who can act on a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Whoever runs jeton.
    You,
    /// Whoever runs the authorization server.
    Operator,
    /// One of the two: the evidence does not tell.
    Either,
    /// Whoever runs the network in between.
    Network,
}

impl Who {
    /// The words for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Operator => "the server's operator",
            Self::Either => "you, or the server's operator",
            Self::Network => "you, or whoever runs the network",
        }
    }
}

/// A finding. Its texts may quote documents (names and identifiers, never secrets): they are foreign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// A name for scripts, such as `rsa.size`; it changes with a major version only.
    pub code: &'static str,
    /// What is wrong and what that means: lower case, no full stop.
    pub what: String,
    /// The evidence, one line each.
    pub seen: Vec<String>,
    /// What to do, the likeliest first.
    pub remedy: Vec<String>,
    /// Who can do it, where that is known.
    pub who: Option<Who>,
}

impl Finding {
    /// A finding without evidence and remedies.
    pub fn new(severity: Severity, code: &'static str, what: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            what: what.into(),
            seen: Vec::new(),
            remedy: Vec::new(),
            who: None,
        }
    }

    /// As it should be.
    pub fn ok(code: &'static str, what: impl Into<String>) -> Self {
        Self::new(Severity::Ok, code, what)
    }

    /// Worth knowing.
    pub fn note(code: &'static str, what: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, what)
    }

    /// Will fail for some client, or soon.
    pub fn warn(code: &'static str, what: impl Into<String>) -> Self {
        Self::new(Severity::Warn, code, what)
    }

    /// Broken, or not to be trusted.
    pub fn fail(code: &'static str, what: impl Into<String>) -> Self {
        Self::new(Severity::Fail, code, what)
    }

    /// The same with another severity.
    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Says who can act.
    #[must_use]
    pub fn by(self, who: Who) -> Self {
        Self {
            who: Some(who),
            ..self
        }
    }

    /// Adds evidence.
    #[must_use]
    pub fn seen(mut self, line: impl Into<String>) -> Self {
        self.seen.push(line.into());
        self
    }

    /// Adds evidence, where there is some.
    #[must_use]
    pub fn seen_if(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.seen(line),
            None => self,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn remedy(mut self, line: impl Into<String>) -> Self {
        self.remedy.push(line.into());
        self
    }

    /// Adds what to do, where there is something.
    #[must_use]
    pub fn remedy_if(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.remedy(line),
            None => self,
        }
    }
}
