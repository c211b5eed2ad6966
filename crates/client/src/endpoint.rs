//! An endpoint of a server: which one it is, where it is, and what is known about the server.

use crate::transport::AddressPolicy;
use jeton_oauth::Metadata;
use serde_json::Value;
use std::borrow::Cow;
use url::Url;

/// A URL that the metadata of a server names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndpointName {
    Token,
    Introspection,
    Revocation,
    Jwks,
}

/// Which of the two URLs that an endpoint may have: whoever presents a certificate takes the alias where there is one, so that
/// servers need not ask everybody for a certificate (RFC 8705 section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndpointKind {
    Ordinary,
    Mtls,
}

impl EndpointName {
    /// The member of the metadata.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token_endpoint",
            Self::Introspection => "introspection_endpoint",
            Self::Revocation => "revocation_endpoint",
            Self::Jwks => "jwks_uri",
        }
    }

    /// The URL of this kind, and whether it is an alias.
    pub(crate) fn of_kind(
        self,
        kind: EndpointKind,
        metadata: &Metadata,
    ) -> Option<(Cow<'_, str>, bool)> {
        let alias = match kind {
            EndpointKind::Ordinary => None,
            EndpointKind::Mtls => metadata
                .mtls_endpoint_aliases
                .as_ref()
                .and_then(|aliases| aliases.get(self.as_str()))
                .filter(|alias| !alias.is_null()),
        };
        match alias {
            Some(Value::String(text)) => Some((text.into(), true)),
            Some(other) => Some((other.to_string().into(), true)),
            None => self.of(metadata).map(|text| (text.into(), false)),
        }
    }

    fn of(self, metadata: &Metadata) -> Option<&str> {
        match self {
            Self::Token => metadata.token_endpoint.as_deref(),
            Self::Introspection => metadata.introspection_endpoint.as_deref(),
            Self::Revocation => metadata.revocation_endpoint.as_deref(),
            Self::Jwks => metadata.jwks_uri.as_deref(),
        }
    }
}

/// An endpoint and what is known about its server.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) name: EndpointName,
    pub(crate) url: Url,
    /// The metadata that names it; `None` where it is configured.
    pub(crate) metadata: Option<Metadata>,
    pub(crate) addresses: AddressPolicy,
    /// Whether it comes from an earlier discovery and may have moved since.
    pub(crate) cached: bool,
}

impl Endpoint {
    /// The authentication methods that are accepted here; `None` where nothing is known about the server. Beside the
    /// token endpoint's a list is optional, and a client has one method for all (RFC 8414 2).
    pub(crate) fn auth_methods(&self) -> Option<Vec<&str>> {
        let metadata = self.metadata.as_ref()?;
        let own = match self.name {
            EndpointName::Introspection => &metadata.introspection_endpoint_auth_methods_supported,
            EndpointName::Revocation => &metadata.revocation_endpoint_auth_methods_supported,
            EndpointName::Token | EndpointName::Jwks => &None,
        };
        Some(own.as_ref().map_or_else(
            || metadata.auth_methods(),
            |list| list.iter().map(String::as_str).collect(),
        ))
    }

    /// Whether the server announces tokens that are bound to certificates (RFC 8705 3.3).
    pub(crate) fn announces_binding(&self) -> bool {
        let announced = |metadata: &Metadata| metadata.tls_client_certificate_bound_access_tokens;
        self.metadata.as_ref().and_then(announced) == Some(true)
    }

    /// The algorithms of assertions that are accepted here, where the server lists them.
    pub(crate) fn signing_algs(&self) -> Option<&Vec<String>> {
        let metadata = self.metadata.as_ref()?;
        let own = match self.name {
            EndpointName::Introspection => {
                &metadata.introspection_endpoint_auth_signing_alg_values_supported
            }
            EndpointName::Revocation => {
                &metadata.revocation_endpoint_auth_signing_alg_values_supported
            }
            EndpointName::Token | EndpointName::Jwks => &None,
        };
        own.as_ref().or(metadata
            .token_endpoint_auth_signing_alg_values_supported
            .as_ref())
    }
}
