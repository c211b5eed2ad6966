//! One decision, before it becomes an audit record.

use crate::ephemeral::UsedJti;
use serde_json::{Map, Value};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    TokenIssued,
    TokenRefused,
    ClientRegistered,
    ClientChanged,
    ClientDeleted,
    SecretAdded,
    ResourceChanged,
    KeysRotated,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::TokenIssued => "token.issued",
            Self::TokenRefused => "token.refused",
            Self::ClientRegistered => "client.registered",
            Self::ClientChanged => "client.changed",
            Self::ClientDeleted => "client.deleted",
            Self::SecretAdded => "secret.added",
            Self::ResourceChanged => "resource.changed",
            Self::KeysRotated => "keys.rotated",
        }
    }
}

/// One decision. Never a token, an assertion or a secret: a `jti`, or nothing.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) kind: Kind,
    /// Unix seconds.
    pub(crate) at: i64,
    /// The client it is about; only one that is registered.
    pub(crate) client: Option<String>,
    /// Where the request came from.
    pub(crate) address: Option<String>,
    /// The `jti` of the token.
    pub(crate) jti: Option<String>,
    /// The `jti` of the assertion that the request used up: written down beside the record, not in it.
    pub(crate) used: Option<UsedJti>,
    /// The rest: scopes, audience, error code, reason.
    pub(crate) detail: Map<String, Value>,
}

impl Event {
    pub(crate) fn new(kind: Kind, at: i64) -> Self {
        Self {
            kind,
            at,
            client: None,
            address: None,
            jti: None,
            used: None,
            detail: Map::new(),
        }
    }

    pub(crate) fn client(mut self, client: &str) -> Self {
        self.client = Some(client.to_owned());
        self
    }

    pub(crate) fn detail(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
}
