//! What a rule found.

use jeton_oauth::finding::{Finding, Severity};
use std::borrow::Cow;
use std::fmt;

/// A rule, by the name that machines see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A signed JWT in compact form, nothing else (RFC 7515 3.1).
    Form,
    /// No extension is demanded that nobody here understands (RFC 7515 4.1.11).
    Crit,
    /// The algorithm is on the list (RFC 8725 3.1).
    Algorithm,
    /// Keys and addresses of keys inside the token count for nothing (RFC 8725 3.10).
    EmbeddedKey,
    /// There is a key for it, of the right kind (RFC 7517).
    Key,
    /// The signature matches (RFC 7515 5.2).
    Signature,
    /// What kind of token it says to be (RFC 8725 3.11).
    Type,
    /// Whether the claims were checked.
    Claims,
    /// Who issued it (RFC 8725 3.8).
    Issuer,
    /// Whom it is for (RFC 8725 3.9).
    Audience,
    /// When it ends (RFC 7519 4.1.4).
    Expiry,
    /// When it begins (RFC 7519 4.1.5).
    NotBefore,
    /// When it was issued (RFC 7519 4.1.6).
    IssuedAt,
    /// The profile of JWT access tokens (RFC 9068 2.2).
    Profile,
    /// What it allows (RFC 9068 2.2.3).
    Scope,
    /// What the authorization server says of a token, inside its signed answer (RFC 9701 5).
    Introspection,
}

impl Rule {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Crit => "crit",
            Self::Algorithm => "alg",
            Self::EmbeddedKey => "embedded_key",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Type => "typ",
            Self::Claims => "claims",
            Self::Issuer => "iss",
            Self::Audience => "aud",
            Self::Expiry => "exp",
            Self::NotBefore => "nbf",
            Self::IssuedAt => "iat",
            Self::Profile => "profile",
            Self::Scope => "scope",
            Self::Introspection => "token_introspection",
        }
    }
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFinding {
    /// Which rule.
    pub rule: Rule,
    /// [`Severity::Ok`] where the rule holds, [`Severity::Fail`] where it does not, and so neither does the token;
    /// [`Severity::Note`] decides nothing.
    pub severity: Severity,
    /// In words, which may quote the token.
    pub words: Cow<'static, str>,
}

impl RuleFinding {
    pub(super) fn ok(rule: Rule, words: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, Severity::Ok, words)
    }

    pub(super) fn note(rule: Rule, words: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, Severity::Note, words)
    }

    pub(super) fn fail(rule: Rule, words: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, Severity::Fail, words)
    }

    pub(super) fn new(rule: Rule, severity: Severity, words: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rule,
            severity,
            words: words.into(),
        }
    }
}

impl fmt::Display for RuleFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (severity, rule) = (self.severity.as_str(), self.rule.as_str());
        write!(f, "{severity} {rule}: {}", self.words)
    }
}

/// In the vocabulary of all findings: the code is the name of the rule.
impl From<&RuleFinding> for Finding {
    fn from(found: &RuleFinding) -> Self {
        Self::new(found.severity, found.rule.as_str(), &*found.words)
    }
}
