//! An error as the user sees it: a kind (the exit code), what failed, what the other side said, what to do.

use crate::exit::Exit;
use jeton_inspect::finding::Finding;
use jeton_profile::ErrorKind;
use std::fmt;

/// An error to be printed: `error: MESSAGE`, then the details, then the hints.
///
/// Messages are lower case without a full stop; foreign text in `detail` is cleaned where it is printed.
#[derive(Debug, Clone)]
pub(crate) struct Error {
    /// Decides the exit code.
    pub(crate) exit: Exit,
    /// What failed and why, in one line.
    pub(crate) message: String,
    /// What the other side said (an `error_description`, a system error), one line each.
    pub(crate) details: Vec<String>,
    /// What to do about it, one line each.
    pub(crate) hints: Vec<String>,
    /// What a check found, rule by rule, in order.
    pub(crate) findings: Box<[Finding]>,
    /// Machine-readable facts for `--json`: name and value, such as `oauth_error` and `http_status`.
    pub(crate) facts: Vec<(&'static str, serde_json::Value)>,
}

/// The result of everything above the libraries.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure of the given kind.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            details: Vec::new(),
            hints: Vec::new(),
            findings: Box::default(),
            facts: Vec::new(),
        }
    }

    /// Wrong usage: exit 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Configuration missing or wrong: exit 3.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Exit::Config, message)
    }

    /// Credential not available: exit 4.
    pub(crate) fn credential(message: impl Into<String>) -> Self {
        Self::new(Exit::Credential, message)
    }

    /// A bug in jeton: exit 1, with the whole chain of causes.
    pub(crate) fn bug(cause: &anyhow::Error) -> Self {
        Self::new(Exit::Bug, format!("{cause:#}"))
            .hint("this is a bug in jeton: please report it, with the command that you ran")
    }

    /// Adds what the other side said.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    /// Adds what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says what a check found.
    pub(crate) fn findings(mut self, findings: impl IntoIterator<Item = Finding>) -> Self {
        self.findings = findings.into_iter().collect();
        self
    }

    /// Adds a fact for `--json`.
    pub(crate) fn fact(mut self, name: &'static str, value: impl Into<serde_json::Value>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<jeton_profile::Error> for Error {
    fn from(error: jeton_profile::Error) -> Self {
        let exit = match error.kind {
            ErrorKind::Usage => Exit::Usage,
            ErrorKind::NotConfigured | ErrorKind::Config => Exit::Config,
            ErrorKind::Credential => Exit::Credential,
        };
        Self {
            details: error.details,
            hints: error.hints,
            ..Self::new(exit, error.message)
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        Self::bug(&cause)
    }
}
