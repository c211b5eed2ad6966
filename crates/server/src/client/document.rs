//! A client as the store keeps it: text as it was registered, secrets hashed or sealed.

use crate::hex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The document of a client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClientDocument {
    pub(crate) name: String,
    pub(crate) method: String,
    /// Space separated.
    pub(crate) grants: String,
    /// Space separated.
    pub(crate) scopes: String,
    /// All that may be asked for, as registered.
    pub(crate) resources: Vec<String>,
    /// Used when none is asked for.
    pub(crate) default_resources: Vec<String>,
    /// Seconds.
    pub(crate) lifetime: Option<u32>,
    pub(crate) enabled: bool,
    /// JSON, public members only.
    pub(crate) jwks: Option<String>,
    pub(crate) assertion_algorithm: Option<String>,
    /// Unix seconds: until then an assertion may name the token endpoint.
    pub(crate) endpoint_audience_until: Option<i64>,
    /// Unix seconds: what was issued or signed earlier is void.
    pub(crate) not_before: i64,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Oldest first.
    pub(crate) secrets: Vec<SecretDocument>,
    /// What a newer version has written, so that a change by this one does not lose it.
    #[serde(flatten)]
    pub(crate) other: Map<String, Value>,
}

/// One secret of a client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SecretDocument {
    /// Unique among all secrets.
    pub(crate) id: String,
    pub(crate) value: SecretValue,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds; `None`: until it is replaced.
    pub(crate) expires_at: Option<i64>,
    /// As in [`ClientDocument::other`].
    #[serde(flatten)]
    pub(crate) other: Map<String, Value>,
}

/// What is kept of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretValue {
    /// HMAC-SHA-256 under a key that is derived from the master key.
    Keyed(#[serde(with = "hex")] [u8; 32]),
    /// Sealed by the master key: `client_secret_jwt` needs the clear text.
    Sealed(#[serde(with = "hex")] Vec<u8>),
    /// Argon2id version 1.3 with one lane; replaced by the keyed kind when it is first used.
    Argon2id {
        memory_kib: u32,
        passes: u32,
        #[serde(with = "hex")]
        salt: Vec<u8>,
        #[serde(with = "hex")]
        hash: [u8; 32],
    },
}

impl ClientDocument {
    /// Reads a document.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Writes it.
    pub(crate) fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{ClientDocument, SecretValue};
    use serde_json::{Value, json};

    fn newer() -> Value {
        json!({
            "name": "n", "method": "client_secret_basic", "grants": "client_credentials", "scopes": "a b", "resources": [],
            "default_resources": [], "lifetime": null, "enabled": true, "jwks": null, "assertion_algorithm": null,
            "endpoint_audience_until": null, "not_before": 0, "created_at": 7, "owner": "a team",
            "secrets": [{"id": "s1", "value": {"keyed": "07".repeat(32)}, "created_at": 7, "expires_at": null, "label": "x"}],
        })
    }

    #[test]
    fn what_a_newer_version_has_written_is_kept() {
        let document = ClientDocument::parse(&newer().to_string()).unwrap();
        assert_eq!(document.secrets[0].value, SecretValue::Keyed([7; 32]));
        let text = document.to_text().unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), newer());
    }

    #[test]
    fn a_value_of_another_length_is_refused() {
        let mut document = newer();
        document["secrets"][0]["value"] = json!({"keyed": "07"});
        assert!(ClientDocument::parse(&document.to_string()).is_err());
    }
}
