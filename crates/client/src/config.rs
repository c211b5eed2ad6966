//! What a client is and what it asks for.

use crate::cache::RequestIdentity;
use crate::endpoint::EndpointKind;
use crate::policy::Thresholds;
use jeton_oauth::{AuthMethod, ClientCredentialsRequest, Issuer};
use std::fmt;
use std::time::Duration;
use url::Url;

mod assertion;

pub use assertion::{AssertionAudience, AssertionConfig, AssertionType};

/// The configuration of one client at one authorization server.
///
/// ```
/// use jeton_client::ClientConfig;
/// use jeton_oauth::{Issuer, Scopes};
///
/// let mut config = ClientConfig::new(Issuer::parse("https://auth.example.com")?, "billing");
/// config.request.scopes = Scopes::parse("api.read")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `Debug` shows further headers and parameters by name: one may be a key.
#[derive(Clone)]
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

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without `..`, so that a new field is thought about.
        let Self {
            issuer,
            token_endpoint,
            client_id,
            method,
            request,
            assertion,
            certificate,
            basic_encoding,
            headers,
            timeout,
            thresholds,
            labels,
        } = self;
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ClientConfig")
            .field("issuer", issuer)
            .field("token_endpoint", &token_endpoint.as_ref().map(Url::as_str))
            .field("client_id", client_id)
            .field("method", method)
            .field("request", request)
            .field("assertion", assertion)
            .field("certificate", certificate)
            .field("basic_encoding", basic_encoding)
            .field("headers", &names)
            .field("timeout", timeout)
            .field("thresholds", thresholds)
            .field("labels", labels)
            .finish()
    }
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

/// Where a client gets its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizationServer {
    /// By its issuer: its metadata names the endpoints.
    Issuer(Issuer),
    /// By its token endpoint, where it publishes no metadata.
    TokenEndpoint(Url),
}

impl From<Issuer> for AuthorizationServer {
    fn from(issuer: Issuer) -> Self {
        Self::Issuer(issuer)
    }
}

impl From<Url> for AuthorizationServer {
    fn from(token_endpoint: Url) -> Self {
        Self::TokenEndpoint(token_endpoint)
    }
}

impl ClientConfig {
    /// A client that asks for whatever the server gives it by default, with the strongest authentication that its
    /// credentials and the server allow.
    #[must_use]
    pub fn new(server: impl Into<AuthorizationServer>, client_id: impl Into<String>) -> Self {
        let (issuer, token_endpoint) = match server.into() {
            AuthorizationServer::Issuer(issuer) => (Some(issuer), None),
            AuthorizationServer::TokenEndpoint(url) => (None, Some(url)),
        };
        Self {
            issuer,
            token_endpoint,
            client_id: client_id.into(),
            method: MethodChoice::Auto,
            request: ClientCredentialsRequest::default(),
            assertion: AssertionConfig::default(),
            certificate: None,
            basic_encoding: BasicEncoding::Form,
            headers: Vec::new(),
            timeout: Duration::from_secs(30),
            thresholds: Thresholds::default(),
            labels: Labels::default(),
        }
    }

    /// Which of a server's endpoints this client uses.
    pub(crate) const fn endpoint_kind(&self) -> EndpointKind {
        match self.certificate {
            Some(_) => EndpointKind::Mtls,
            None => EndpointKind::Ordinary,
        }
    }

    /// The server that is asked first: the configured token endpoint, else the issuer.
    pub(crate) fn server(&self) -> Option<&Url> {
        let issuer = self.issuer.as_ref().map(Issuer::url);
        self.token_endpoint.as_ref().or(issuer)
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
            basic_encoding: text(self.basic_encoding.as_str()),
            assertion_algorithm: self.assertion.alg.map(|alg| alg.to_string()),
            assertion_key_id: self.assertion.kid.clone(),
            assertion_audience: text(self.assertion.audience.as_str()),
            assertion_type: text(self.assertion.typ.header()),
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
    /// Every choice that this version supports.
    pub const ALL: [Self; 7] = [
        Self::Auto,
        Self::One(AuthMethod::ClientSecretBasic),
        Self::One(AuthMethod::ClientSecretPost),
        Self::One(AuthMethod::ClientSecretJwt),
        Self::One(AuthMethod::PrivateKeyJwt),
        Self::One(AuthMethod::TlsClientAuth),
        Self::One(AuthMethod::SelfSignedTlsClientAuth),
    ];

    /// The word of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::One(method) => method.as_str(),
        }
    }
}

impl fmt::Display for MethodChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How identifier and secret stand in a Basic header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BasicEncoding {
    /// Form-encoded first, as RFC 6749 2.3.1 wants it.
    Form,
    /// As they are, for servers that skip the decoding.
    Raw,
}

impl BasicEncoding {
    /// Both encodings, the default first.
    pub const ALL: [Self; 2] = [Self::Form, Self::Raw];

    /// The word of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Raw => "raw",
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::ClientConfig;
    use jeton_oauth::Issuer;
    use url::Url;

    #[test]
    fn client_17_debug_shows_no_header_and_no_parameter() {
        let mut config = ClientConfig::new(Issuer::parse("https://a.example").unwrap(), "x");
        let pair = |name: &str| (name.to_owned(), "canary".to_owned());
        config.headers = vec![pair("x-api-key")];
        config.request.params = vec![pair("api_key")];
        let shown = format!("{config:?}");
        assert!(
            shown.contains("x-api-key") && shown.contains("api_key"),
            "{shown}"
        );
        assert!(!shown.contains("canary"), "{shown}");
        assert!(!format!("{:?}", config.identity()).contains("canary"));
    }

    #[test]
    fn a_client_is_its_server_and_its_identifier() {
        let by_issuer = ClientConfig::new(Issuer::parse("https://a.example").unwrap(), "x");
        assert_eq!(by_issuer.issuer.unwrap().as_str(), "https://a.example");
        assert_eq!(by_issuer.token_endpoint, None);
        let endpoint = Url::parse("https://a.example/token").unwrap();
        let by_endpoint = ClientConfig::new(endpoint.clone(), "x");
        assert_eq!(by_endpoint.issuer, None);
        assert_eq!(by_endpoint.token_endpoint, Some(endpoint));
        assert_eq!(by_endpoint.client_id, "x");
    }
}
