//! Which token a request asks for.

use super::hex::hex;
use aws_lc_rs::digest::{SHA256, digest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Everything that decides which token comes back. Values are taken as they were configured, byte for byte:
/// two spellings of one thing cost one more fetch, while one key for two things would hand out the wrong token.
///
/// Written as a plain literal, without `..Default::default()`, so that a new part cannot be forgotten.
#[derive(Clone, Default)]
pub struct RequestIdentity {
    /// The issuer, where the server is found by discovery.
    pub issuer: Option<String>,
    /// The token endpoint, where it is configured.
    pub token_endpoint: Option<String>,
    /// The `grant_type`.
    pub grant_type: String,
    /// The `client_id`.
    pub client_id: String,
    /// The authentication method as configured, such as `auto`.
    pub auth_method: String,
    /// How Basic credentials are encoded, where it is configured.
    pub basic_encoding: Option<String>,
    /// `alg` of the client assertion.
    pub assertion_algorithm: Option<String>,
    /// `kid` of the client assertion.
    pub assertion_key_id: Option<String>,
    /// `aud` of the client assertion as configured: `issuer`, `token_endpoint` or a value.
    pub assertion_audience: Option<String>,
    /// `typ` of the client assertion.
    pub assertion_type: Option<String>,
    /// Where a foreign assertion comes from (it decides who the client is), such as `file:/var/run/token`.
    pub assertion_source: Option<String>,
    /// The scopes asked for, in any order.
    pub scopes: Vec<String>,
    /// The `audience` parameters, in order.
    pub audience: Vec<String>,
    /// The `resource` parameters (RFC 8707), in any order.
    pub resources: Vec<String>,
    /// Further form parameters.
    pub params: BTreeMap<String, String>,
    /// Further request headers.
    pub headers: BTreeMap<String, String>,
    /// The environment of the profile, such as `prod`.
    pub environment: Option<String>,
    /// The environment id of the provider.
    pub environment_id: Option<String>,
    /// The region of the provider.
    pub region: Option<String>,
    /// The DPoP key that the token is bound to (RFC 9449), as a thumbprint or a reference.
    pub dpop_key: Option<String>,
    /// The client certificate (RFC 8705), as a thumbprint or a reference.
    pub certificate: Option<String>,
}

/// The values of one part. An absent value and an empty one are different.
pub(super) enum Values<'a> {
    One(Option<&'a str>),
    Ordered(&'a [String]),
    Set(BTreeSet<&'a str>),
    /// Values may be secrets: they are hashed like all others and never shown.
    Pairs(&'a BTreeMap<String, String>),
}

impl RequestIdentity {
    /// The parts with names and readable values, in the order in which they are hashed: for `cache explain`.
    ///
    /// An absent part is empty. Values of parameters and headers may be secrets: the first eight hex digits of their SHA-256 stand for them.
    #[must_use]
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        self.values()
            .into_iter()
            .map(|(name, values)| (name, values.shown()))
            .collect()
    }

    /// The one list of all parts. Taking the struct apart without `..` makes a part that is missing here a compile error.
    pub(super) fn values(&self) -> Vec<(&'static str, Values<'_>)> {
        let Self {
            issuer,
            token_endpoint,
            grant_type,
            client_id,
            auth_method,
            basic_encoding,
            assertion_algorithm,
            assertion_key_id,
            assertion_audience,
            assertion_type,
            assertion_source,
            scopes,
            audience,
            resources,
            params,
            headers,
            environment,
            environment_id,
            region,
            dpop_key,
            certificate,
        } = self;
        vec![
            ("issuer", Values::One(issuer.as_deref())),
            ("token_endpoint", Values::One(token_endpoint.as_deref())),
            ("grant_type", Values::One(Some(grant_type))),
            ("client_id", Values::One(Some(client_id))),
            ("auth_method", Values::One(Some(auth_method))),
            ("basic_encoding", Values::One(basic_encoding.as_deref())),
            ("assertion.alg", Values::One(assertion_algorithm.as_deref())),
            ("assertion.kid", Values::One(assertion_key_id.as_deref())),
            (
                "assertion.audience",
                Values::One(assertion_audience.as_deref()),
            ),
            ("assertion.typ", Values::One(assertion_type.as_deref())),
            ("assertion.source", Values::One(assertion_source.as_deref())),
            ("scopes", Values::set(scopes)),
            ("audience", Values::Ordered(audience)),
            ("resource", Values::set(resources)),
            ("params", Values::Pairs(params)),
            ("headers", Values::Pairs(headers)),
            ("environment", Values::One(environment.as_deref())),
            ("environment_id", Values::One(environment_id.as_deref())),
            ("region", Values::One(region.as_deref())),
            ("dpop_key", Values::One(dpop_key.as_deref())),
            ("certificate", Values::One(certificate.as_deref())),
        ]
    }
}

impl fmt::Debug for RequestIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.parts()).finish()
    }
}

impl<'a> Values<'a> {
    fn set(values: &'a [String]) -> Self {
        Self::Set(values.iter().map(String::as_str).collect())
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::One(value) => value.iter().copied().collect(),
            Self::Ordered(values) => values.iter().map(String::as_str).collect(),
            Self::Set(values) => values.iter().copied().collect(),
            Self::Pairs(pairs) => pairs
                .iter()
                .flat_map(|(name, value)| [name.as_str(), value.as_str()])
                .collect(),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::One(_) | Self::Ordered(_) | Self::Set(_) => self.texts().join(" "),
            Self::Pairs(pairs) => pairs
                .iter()
                .map(|(name, value)| {
                    let hash = digest(&SHA256, value.as_bytes());
                    format!("{name}=sha256:{}", hex(&hash.as_ref()[..4]))
                })
                .collect::<Vec<_>>()
                .join(" "),
        }
    }
}
