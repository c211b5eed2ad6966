//! Authorization server metadata (RFC 8414 2): read by the client, written by the authority.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

/// The document. Members that are absent are left out when it is written; unknown ones are kept in `other`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the standard's own")]
pub struct Metadata {
    pub issuer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_endpoint: Option<String>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub scopes_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub response_types_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub grant_types_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub token_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub introspection_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub introspection_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub revocation_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub revocation_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub dpop_signing_alg_values_supported: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_none_or_empty")]
    pub protected_resources: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mtls_endpoint_aliases: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_certificate_bound_access_tokens: Option<bool>,
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

fn is_none_or_empty(list: &Option<Vec<String>>) -> bool {
    list.as_ref().is_none_or(Vec::is_empty)
}

/// Why a document is no metadata.
#[derive(Debug, Error)]
#[error("the metadata document is not what RFC 8414 describes: {0}")]
pub struct MetadataError(#[from] serde_json::Error);

impl Metadata {
    /// Reads a document; repeated members are refused.
    ///
    /// # Errors
    /// [`MetadataError`] where it is not a JSON object with at least an `issuer`, or a member has the wrong type.
    pub fn parse(bytes: &[u8]) -> Result<Self, MetadataError> {
        Ok(crate::json::parse(bytes)?)
    }

    /// The methods of the token endpoint; a missing list means `client_secret_basic` (RFC 8414 2).
    #[must_use]
    pub fn auth_methods(&self) -> Vec<&str> {
        self.token_endpoint_auth_methods_supported
            .as_ref()
            .map_or_else(
                || vec!["client_secret_basic"],
                |list| list.iter().map(String::as_str).collect(),
            )
    }

    /// The grants; a missing list means the two defaults of RFC 8414 2, so it is no proof that client credentials
    /// are not served (client requirement 8).
    #[must_use]
    pub fn grant_types(&self) -> Vec<&str> {
        self.grant_types_supported.as_ref().map_or_else(
            || vec!["authorization_code", "implicit"],
            |list| list.iter().map(String::as_str).collect(),
        )
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_08_defaults() {
        let metadata = Metadata::parse(br#"{"issuer":"https://as.example"}"#).unwrap();
        assert_eq!(metadata.auth_methods(), ["client_secret_basic"]);
        assert_eq!(metadata.grant_types(), ["authorization_code", "implicit"]);
    }

    #[test]
    fn server_64_empty_lists_are_left_out_and_unknown_members_kept() {
        let mut metadata =
            Metadata::parse(br#"{"issuer":"https://as.example","x":1,"scopes_supported":[]}"#)
                .unwrap();
        metadata.token_endpoint = Some("https://as.example/token".into());
        assert_eq!(
            serde_json::to_string(&metadata).unwrap(),
            r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/token","x":1}"#
        );
    }

    #[test]
    fn what_is_no_metadata() {
        for bad in [
            &b"<html>"[..],
            b"{}",
            br#"{"issuer":1}"#,
            br#"{"issuer":"a","issuer":"b"}"#,
            br#"{"issuer":"a","token_endpoint":["x"]}"#,
        ] {
            assert!(Metadata::parse(bad).is_err());
        }
    }
}
