//! Why a profile cannot be used.

use crate::finding::Located;
use std::fmt;

/// What kind of failure it is: who has to do something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A flag has a value that makes no sense.
    Usage,
    /// There is no profile yet: no file, and no environment that describes a client.
    NotConfigured,
    /// The configuration is missing something, contradicts itself, or cannot be read.
    Config,
    /// A credential, or the key of the cache, is not available.
    Credential,
}

/// A failure: what and why in one line, what the system or another program said, what to do.
///
/// Messages are lower case without a full stop. No text holds a secret; `details` may hold foreign text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// What failed and why, in one line.
    pub message: String,
    /// What the system or another program said of it, one line each.
    pub details: Vec<String>,
    /// What to do about it, one line each.
    pub hints: Vec<String>,
    /// What is wrong in the configuration file, each with its place, where that is the reason.
    pub findings: Vec<Located>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: Vec::new(),
            hints: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    pub(crate) fn not_configured(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotConfigured, message)
    }

    pub(crate) fn credential(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Credential, message)
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    pub(crate) fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;
