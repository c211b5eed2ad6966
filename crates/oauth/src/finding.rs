//! One thing to say about a key, a set, a certificate or a connection.

use serde::Serialize;

/// How bad it is. The order is from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Works today, and will hurt some client or some rotation.
    Warn,
    /// Broken, or not to be trusted.
    Fail,
}

impl Level {
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

/// A finding. Its text may quote the document (names and identifiers, never private members): it is foreign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// A name for scripts, such as `rsa.size`; it changes with a major version only.
    pub code: &'static str,
    /// What is wrong and what that means: lower case, no full stop.
    pub text: String,
}

impl Finding {
    /// As it should be.
    pub fn ok(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(Level::Ok, code, text)
    }

    /// Worth knowing.
    pub fn note(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(Level::Note, code, text)
    }

    /// Will hurt some client or some rotation.
    pub fn warn(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(Level::Warn, code, text)
    }

    /// Broken, or not to be trusted.
    pub fn fail(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(Level::Fail, code, text)
    }

    fn new(level: Level, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            level,
            code,
            text: text.into(),
        }
    }
}
