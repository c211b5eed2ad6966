//! From what was seen to what it means: pure. Each kind of evidence has one function, and all words about causes and
//! remedies stand here.

mod assertion;
mod certificate;
mod discovery;
mod network;
mod refusal;
mod token;

pub(super) use certificate::{Shown, tls};
pub(super) use discovery::{Document, clock, discovery, issuer, speaks_no_http};
pub(super) use network::{Proxy, dns, http_without_tls, proxy, tcp};
pub(super) use refusal::{Sent, not_offered, request};
pub(super) use token::{audience, odd, scope, unverified};

use crate::error::Error;
use serde::Serialize;

/// Why a step is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Diagnosis {
    /// A word for scripts, such as `tls.expired`.
    pub(super) code: &'static str,
    /// What is wrong, in one line.
    pub(super) what: String,
    /// What was seen that says so, one line each. It may be foreign.
    pub(super) seen: Vec<String>,
    /// What to do, the likeliest first.
    pub(super) remedy: Vec<String>,
    /// Who can do it.
    pub(super) who: Who,
}

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Who {
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
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Operator => "the server's operator",
            Self::Either => "you, or the server's operator",
            Self::Network => "you, or whoever runs the network",
        }
    }
}

impl Diagnosis {
    pub(super) fn new(code: &'static str, who: Who, what: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
            seen: Vec::new(),
            remedy: Vec::new(),
            who,
        }
    }

    pub(super) fn seen(mut self, line: impl Into<String>) -> Self {
        self.seen.push(line.into());
        self
    }

    pub(super) fn seen_if(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.seen(line),
            None => self,
        }
    }

    pub(super) fn remedy(mut self, line: impl Into<String>) -> Self {
        self.remedy.push(line.into());
        self
    }

    pub(super) fn remedy_if(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.remedy(line),
            None => self,
        }
    }

    /// A failure that has its words already.
    pub(super) fn of_error(code: &'static str, who: Who, error: &Error) -> Self {
        Self {
            code,
            what: error.message.clone(),
            seen: error.details.clone(),
            remedy: error.hints.clone(),
            who,
        }
    }
}

/// What is configured, and where: for remedies that name the place.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub(super) profile: String,
    /// The URL that the walk leads to: the issuer, or the token endpoint where that is configured.
    pub(super) target: String,
    /// `issuer` or `token_endpoint`.
    pub(super) target_key: &'static str,
    /// Where that is set: `config.toml:3`.
    pub(super) target_at: String,
    pub(super) client_id: String,
    pub(super) client_id_at: String,
    /// Where the credential is: `file billing.secret (config.toml:8)`.
    pub(super) credential: String,
    /// Whether that is the keyring, where `jeton auth login` puts it.
    pub(super) in_keyring: bool,
    pub(super) method_at: String,
    pub(super) scopes: String,
    pub(super) scopes_at: String,
    pub(super) resource_at: String,
    /// The proxy in use and where it is set.
    pub(super) proxy: Option<(String, String)>,
    /// `assertion.audience`: `issuer`, `token_endpoint` or a text, and where it is set.
    pub(super) assertion_audience: (String, String),
    pub(super) ca_file: Option<String>,
    /// This machine's time, for people.
    pub(super) now: String,
}

impl Around {
    /// `issuer (config.toml:3)`
    pub(super) fn target_setting(&self) -> String {
        format!("{} ({})", self.target_key, self.target_at)
    }
}
