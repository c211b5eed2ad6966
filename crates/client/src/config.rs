//! What a client is and what it asks for.

use crate::cache::RequestIdentity;
use crate::metadata::Door;
use crate::policy::Thresholds;
use jeton_oauth::{Algorithm, AuthMethod, ClientCredentialsRequest, Issuer, assertion};
use std::time::Duration;
use url::Url;

/// The configuration of one client at one authorization server.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The issuer: its metadata names the endpoints.
    pub issuer: Option<Issuer>,
    /// The token endpoint, where it is configured rather than discovered. https, or http on loopback.
    pub token_endpoint: Option<Url>,
    /// `client_id`.
    pub client_id: String,
    /// How the client authenticates.
    pub method: MethodChoice,
    /// Scopes, audience, resources, further parameters.
    pub request: ClientCredentialsRequest,
    /// How assertions are built.
    pub assertion: AssertionConfig,
    /// The certificate that the client presents at the endpoints of the server (RFC 8705): its SHA-256 in base64url, as
    /// `x5t#S256` has it. A renewed certificate takes a new source: it has another key in the cache, and connections of
    /// its own.
    pub certificate: Option<String>,
    /// How Basic credentials are written.
    pub basic_encoding: BasicEncoding,
    /// Further headers of the token request.
    pub headers: Vec<(String, String)>,
    /// How long the whole acquisition may take, retries and waiting included.
    pub timeout: Duration,
    /// When a kept token is used, renewed or given up.
    pub thresholds: Thresholds,
    /// What the configuration calls it.
    pub labels: Labels,
}

/// Names that a configuration gives to a client. Tokens of differently labelled clients are kept apart.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// The profile; for display, it does not decide which token comes back.
    pub profile: String,
    /// Such as `prod`.
    pub environment: Option<String>,
    /// The provider's identifier of it.
    pub environment_id: Option<String>,
    /// Such as `eu`.
    pub region: Option<String>,
}

impl ClientConfig {
    /// The door through which this client goes.
    pub(crate) const fn door(&self) -> Door {
        match self.certificate {
            Some(_) => Door::Mtls,
            None => Door::Ordinary,
        }
    }

    /// Everything that decides which token comes back: the cache key is made of it.
    #[must_use]
    pub fn identity(&self) -> RequestIdentity {
        let text = |value: &str| Some(value.to_owned());
        RequestIdentity {
            issuer: self
                .issuer
                .as_ref()
                .map(|issuer| issuer.as_str().to_owned()),
            token_endpoint: self.token_endpoint.as_ref().map(ToString::to_string),
            grant_type: "client_credentials".to_owned(),
            client_id: self.client_id.clone(),
            auth_method: self.method.as_str().to_owned(),
            basic_encoding: text(match self.basic_encoding {
                BasicEncoding::Form => "form",
                BasicEncoding::Raw => "raw",
            }),
            assertion_algorithm: self.assertion.alg.map(|alg| alg.to_string()),
            assertion_key_id: self.assertion.kid.clone(),
            assertion_audience: text(match &self.assertion.audience {
                AssertionAudience::Issuer => "issuer",
                AssertionAudience::TokenEndpoint => "token_endpoint",
                AssertionAudience::Own(own) => own,
            }),
            assertion_type: text(&self.assertion.typ),
            assertion_source: None,
            scopes: self.request.scopes.iter().map(str::to_owned).collect(),
            audience: self.request.audience.clone(),
            resources: self
                .request
                .resources
                .iter()
                .map(|resource| resource.as_str().to_owned())
                .collect(),
            params: self.request.params.iter().cloned().collect(),
            headers: self.headers.iter().cloned().collect(),
            environment: self.labels.environment.clone(),
            environment_id: self.labels.environment_id.clone(),
            region: self.labels.region.clone(),
            dpop_key: None,
            certificate: self.certificate.clone(),
        }
    }
}

/// The authentication method, or the choice of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodChoice {
    /// The strongest that server and credentials allow.
    Auto,
    /// This one.
    One(AuthMethod),
}

impl MethodChoice {
    /// The word of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::One(method) => method.as_str(),
        }
    }
}

/// How client assertions are built (RFC 7523 with RFC 10070).
#[derive(Debug, Clone)]
pub struct AssertionConfig {
    /// The algorithm; where there is none, what the key can do and the server lists.
    pub alg: Option<Algorithm>,
    /// `kid` of the header.
    pub kid: Option<String>,
    /// `exp` − `iat`.
    pub lifetime: Duration,
    /// `aud`.
    pub audience: AssertionAudience,
    /// `typ` of the header; empty leaves it out.
    pub typ: String,
    /// Whether `client_id` is sent beside the assertion (RFC 7521 4.2: optional).
    pub send_client_id: bool,
}

impl Default for AssertionConfig {
    fn default() -> Self {
        Self {
            alg: None,
            kid: None,
            lifetime: Duration::from_secs(60),
            audience: AssertionAudience::Issuer,
            typ: assertion::TYP.to_owned(),
            send_client_id: false,
        }
    }
}

/// The audience of an assertion: one value, never a second try with another (RFC 10070).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssertionAudience {
    /// The issuer identifier.
    Issuer,
    /// The URL of the token endpoint, for servers that know nothing else.
    TokenEndpoint,
    /// A value of one's own.
    Own(String),
}

/// How identifier and secret stand in a Basic header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BasicEncoding {
    /// Form-encoded first, as RFC 6749 2.3.1 wants it.
    Form,
    /// As they are, for servers that skip the decoding.
    Raw,
}
