//! Requests and responses: why one failed, and what was sent.

use super::{Distrust, NameFailure};
use jeton_oauth::{AuthMethod, ErrorResponse};
use std::fmt;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server refused it with an OAuth error (RFC 6749 5.2).
    Refused {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        error: ErrorResponse,
        /// The server's clock minus ours in seconds, where the difference is notable.
        skew: Option<i64>,
    },
    /// A response that is not an OAuth response, or says that the server is failing.
    Response(BadResponse),
    /// No response.
    Network(NetworkFailure),
    /// The configuration cannot lead to a request.
    Config {
        /// What the failure itself advises.
        hint: Option<String>,
    },
    /// The credential is not available.
    Credential {
        /// What the failure itself advises.
        hints: Vec<String>,
    },
    /// The credential cannot be used for this method.
    Key,
}

/// A response that is not an OAuth response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BadResponse {
    /// The HTTP status; none where it was not HTTP.
    pub status: Option<u16>,
    /// Whether the body is an HTML page.
    pub html: bool,
    /// What the body says of client certificates.
    pub certificate: CertificateRemark,
    /// How many seconds the server asked to wait.
    pub retry_after: Option<u64>,
}

/// What a response says of client certificates: some servers finish the handshake and complain in HTTP.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CertificateRemark {
    /// Nothing.
    #[default]
    None,
    /// One is required, and none was sent.
    Missing,
    /// The one that was sent is refused.
    Refused,
}

/// Which step of a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFailure {
    /// The name did not resolve.
    Dns(NameFailure),
    /// No connection.
    Connect,
    /// The proxy stands in the way.
    Proxy(ProxyStep),
    /// The server's certificate is not trusted.
    Untrusted(Distrust),
    /// What listens there does not speak TLS, and the URL says https.
    NotTls,
    /// What listens there speaks TLS, and the URL says http.
    SpeaksTls,
    /// The TLS handshake failed in another way.
    Tls {
        /// Whether the server said that the two have nothing in common (alert `handshake_failure`).
        nothing_in_common: bool,
    },
    /// The server requires a client certificate, and none was presented.
    CertificateWanted,
    /// The server refuses the client certificate.
    CertificateRefused,
    /// Time ran out.
    Timeout,
    /// The connection broke.
    Broken,
}

/// The step at which a proxy stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyStep {
    /// Its name does not resolve.
    Name,
    /// It accepts no connection.
    Connect,
    /// It does not answer.
    Silent,
    /// There is no trusted TLS connection to it.
    Tls,
    /// It wants a name and a password.
    Credentials,
    /// It does not allow a tunnel to the server.
    Refused,
    /// It cannot open a tunnel to the server (HTTP 5xx).
    Unable,
    /// Its answer is not HTTP.
    NotHttp,
}

/// Which document or endpoint was asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Endpoint {
    /// It is not known.
    #[default]
    Unknown,
    /// The metadata (RFC 8414).
    Metadata,
    /// The token endpoint.
    Token,
}

/// What is known of the request, without any secret.
#[derive(Debug, Clone, Default)]
pub struct RequestFacts {
    /// What was asked.
    pub endpoint: Endpoint,
    /// How the client authenticated.
    pub method: Option<AuthMethod>,
    /// The assertion, where the method has one.
    pub assertion: Option<AssertionFacts>,
    /// The methods that the metadata lists.
    pub offered: Option<Vec<String>>,
    /// The token endpoint.
    pub token_endpoint: Option<String>,
}

/// What a client assertion says (RFC 7523).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionFacts {
    /// `alg`.
    pub alg: String,
    /// `kid`.
    pub kid: Option<String>,
    /// `aud`.
    pub audience: String,
    /// `iss` and `sub`.
    pub client: String,
    /// From `iat` to `exp`, in seconds.
    pub lifetime: i64,
}

/// A failure in the words of the program: what `token get` prints for it.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// In one line.
    pub what: String,
    /// The other side's own words.
    pub seen: Vec<String>,
}

/// A response that was observed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservedResponse {
    /// Of the request.
    pub method: &'static str,
    /// Of the request.
    pub url: String,
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Location`.
    pub location: Option<String>,
}

impl ObservedResponse {
    /// Whether it is an HTML page.
    #[must_use]
    pub fn is_html(&self) -> bool {
        let kind = self.content_type.as_deref().unwrap_or_default();
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    }
}

/// `GET https://…: HTTP 200, text/html`
impl fmt::Display for ObservedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, url, status) = (self.method, &self.url, self.status);
        match &self.location {
            Some(target) => write!(f, "{method} {url}: HTTP {status}, to {target}"),
            None => {
                let kind = self.content_type.as_deref().unwrap_or("no content type");
                write!(f, "{method} {url}: HTTP {status}, {kind}")
            }
        }
    }
}
