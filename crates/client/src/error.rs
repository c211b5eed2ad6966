//! Why there is no token.

use crate::transport::{NetworkKind, ProxyFailure, SetupError, TransportError};
use jeton_oauth::{AuthMethod, ErrorResponse, KeyError};
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// What went wrong, by who has to act. Texts of the server are foreign and already free of our own secrets.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The configuration cannot lead to a token.
    #[error("{message}")]
    Config {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The credential is not available; the cause is that of the [`Credentials`](crate::Credentials) given.
    #[error("the credential is not available: {0}")]
    Credential(Box<dyn std::error::Error + Send + Sync>),
    /// The credential is there and cannot be used for this.
    #[error("the credential cannot be used: {0}")]
    Key(#[from] KeyError),
    /// The authorization server answered with an OAuth error (RFC 6749 5.2).
    #[error("the server refused the request ({}, HTTP {status})", .error.error)]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        error: ErrorResponse,
        /// The method that was used.
        method: AuthMethod,
        /// The difference between the server's clock and ours in seconds, where it is notable.
        skew: Option<i64>,
    },
    /// No answer: names, connections, TLS, time.
    #[error("{kind} {host}: {cause}")]
    Network {
        /// Which step failed.
        kind: NetworkKind,
        /// Host and port; of the proxy, where that stands in the way, and where it is configured.
        host: String,
        /// The system's or the TLS library's words.
        cause: String,
    },
    /// An answer that is no OAuth answer, or a failure of the server.
    #[error("{what}: {reason}")]
    Server {
        /// Which answer: that of the token endpoint, the metadata document.
        what: &'static str,
        /// The HTTP status, where there was one.
        status: Option<u16>,
        /// What is wrong with it.
        reason: String,
        /// The beginning of the body, where it cannot hold a token.
        excerpt: Option<String>,
        /// How long the server asked to wait.
        retry_after: Option<Duration>,
    },
}

impl From<SetupError> for ClientError {
    fn from(error: SetupError) -> Self {
        let SetupError { message, hint } = error;
        Self::Config { message, hint }
    }
}

impl ClientError {
    /// A configuration that cannot lead to a token, without a hint.
    #[must_use]
    pub fn config(message: impl Into<String>) -> Self {
        Self::Config {
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what to do about it; only a failure of the configuration has a hint.
    #[must_use]
    pub fn with_hint(self, text: impl Into<String>) -> Self {
        match self {
            Self::Config { message, .. } => Self::Config {
                message,
                hint: Some(text.into()),
            },
            other => other,
        }
    }

    /// That the metadata of a public server names an address of a private network.
    #[must_use]
    pub fn private_address(url: &Url) -> Self {
        Self::config(format!(
            "the server's metadata names the private address {}, and the issuer is public",
            url.host_str().unwrap_or_default()
        ))
        .with_hint("if the server is meant to be there, name the URL yourself: token_endpoint in the profile, or --jwks")
    }

    /// Why a request to `url` got no response.
    pub(crate) fn from_transport(error: TransportError, url: &Url) -> Self {
        let no_response = |status, reason| Self::Server {
            what: "the answer",
            status,
            reason,
            excerpt: None,
            retry_after: None,
        };
        match error {
            TransportError::Network { kind, cause } => Self::Network {
                kind,
                host: host_and_port(url),
                cause,
            },
            TransportError::Proxy {
                failure,
                proxy,
                cause,
            } => Self::Network {
                kind: NetworkKind::Proxy(failure),
                host: proxy,
                cause,
            },
            TransportError::NotHttp(cause) => no_response(
                None,
                format!("{} does not speak HTTP ({cause})", host_and_port(url)),
            ),
            TransportError::TooLarge { status } => no_response(
                Some(status).filter(|status| *status < 500),
                "it is larger than 1 MiB".to_owned(),
            ),
            TransportError::Certificate(error) => Self::Key(error),
            TransportError::Setup(error) => error.into(),
        }
    }

    /// The same failure of a document that another place redirects to: without it, the message would name a host that nobody has
    /// configured.
    #[must_use]
    pub(crate) fn after_redirect(mut self, from: &Url) -> Self {
        let text = match &mut self {
            Self::Config { message, .. } => message,
            Self::Network { cause, .. } => cause,
            Self::Server { reason, .. } => reason,
            Self::Credential(_) | Self::Key(_) | Self::Refused { .. } => return self,
        };
        text.push_str(&format!(" (redirected from {from})"));
        self
    }

    /// The word for logs: an OAuth error code, or the kind of failure.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Config { .. } => "config",
            Self::Credential(_) => "credential",
            Self::Key(_) => "key",
            Self::Refused { error, .. } => error.error.as_str(),
            Self::Network { kind, .. } => match kind {
                NetworkKind::Dns(_) => "dns",
                NetworkKind::Connect => "connect",
                NetworkKind::Proxy(_) => "proxy",
                NetworkKind::Untrusted(_)
                | NetworkKind::NotTls
                | NetworkKind::SpeaksTls
                | NetworkKind::Tls
                | NetworkKind::TlsRejected => "tls",
                NetworkKind::CertificateWanted => "certificate_wanted",
                NetworkKind::CertificateRefused => "certificate_refused",
                NetworkKind::Timeout => "timeout",
                NetworkKind::Broken => "connection",
            },
            Self::Server { .. } => "server",
        }
    }

    /// The HTTP status of the answer, where there was one.
    #[must_use]
    pub const fn http_status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            Self::Server { status, .. } => *status,
            Self::Config { .. } | Self::Credential(_) | Self::Key(_) | Self::Network { .. } => None,
        }
    }

    /// Whether something was sent, or should have been: the rest failed before that.
    #[must_use]
    pub const fn is_of_a_request(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::Network { .. } | Self::Server { .. }
        )
    }

    /// How long the server asked to wait.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Server { retry_after, .. } => *retry_after,
            Self::Config { .. }
            | Self::Credential(_)
            | Self::Key(_)
            | Self::Refused { .. }
            | Self::Network { .. } => None,
        }
    }

    /// Whether another attempt may succeed: connections, timeouts, 429, 5xx; never after any other 4xx, nor after a
    /// certificate that is not trusted, on either side.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Network { kind, .. } => match kind {
                NetworkKind::Connect | NetworkKind::Timeout | NetworkKind::Broken => true,
                NetworkKind::Dns(failure) => failure.is_transient(),
                NetworkKind::Proxy(failure) => match failure {
                    ProxyFailure::Name(failure) => failure.is_transient(),
                    ProxyFailure::Connect | ProxyFailure::Silent => true,
                    ProxyFailure::Refused(status) => is_transient_status(*status),
                    ProxyFailure::Tls | ProxyFailure::Credentials | ProxyFailure::NotHttp => false,
                },
                NetworkKind::Untrusted(_)
                | NetworkKind::NotTls
                | NetworkKind::SpeaksTls
                | NetworkKind::Tls
                | NetworkKind::TlsRejected
                | NetworkKind::CertificateWanted
                | NetworkKind::CertificateRefused => false,
            },
            Self::Server { status, .. } => status.is_some_and(is_transient_status),
            Self::Refused { status, .. } => is_transient_status(*status),
            Self::Config { .. } | Self::Credential(_) | Self::Key(_) => false,
        }
    }
}

pub(crate) const fn is_transient_status(status: u16) -> bool {
    status == 429 || (status >= 500 && status != 501 && status != 505)
}

/// Host and port, as a person would look for them.
fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
