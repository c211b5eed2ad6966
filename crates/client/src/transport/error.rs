//! Why a transport has no response.

use crate::name_failure::NameFailure;
use jeton_oauth::KeyError;
use std::fmt;
use thiserror::Error;

/// Why a request got no response.
#[derive(Debug, Error)]
pub enum TransportError {
    /// The network, TLS or the time.
    #[error("{kind} the server: {cause}")]
    Network {
        /// The step that failed.
        kind: NetworkKind,
        /// The reason in the words of the system or of the TLS library.
        cause: String,
    },
    /// The proxy stands in the way.
    #[error("{} {proxy}: {cause}", NetworkKind::Proxy(*.failure))]
    Proxy {
        /// What it does.
        failure: ProxyFailure,
        /// Where it is, without name and password, and where that is configured.
        proxy: String,
        /// The reason in the words of the system, or what it answered.
        cause: String,
    },
    /// The server sent something that is not HTTP: the connection is sound, and another attempt would bring the same.
    #[error("the server does not speak HTTP ({0})")]
    NotHttp(String),
    /// The body is larger than [`Rules::max_body`](super::Rules::max_body).
    #[error("the response is too large")]
    TooLarge {
        /// The HTTP status of the response.
        status: u16,
    },
    /// TLS cannot use the client's certificate or its key.
    #[error(transparent)]
    Certificate(#[from] KeyError),
    /// The transport itself cannot be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),
}

/// What is wrong with the configuration of a transport: a proxy's URL, a file of certificates.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct SetupError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl SetupError {
    /// An error without a hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn with_hint(self, text: impl Into<String>) -> Self {
        Self {
            hint: Some(text.into()),
            ..self
        }
    }
}

impl TransportError {
    /// No response before the deadline.
    #[must_use]
    pub fn timeout() -> Self {
        Self::Network {
            kind: NetworkKind::Timeout,
            cause: "operation timed out".to_owned(),
        }
    }
}

/// The step at which the network failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkKind {
    /// The name did not resolve, or to no address that may be connected to.
    Dns(NameFailure),
    /// No connection.
    Connect,
    /// The proxy stands in the way.
    Proxy(ProxyFailure),
    /// The certificate of the server is not trusted.
    Untrusted(Distrust),
    /// What listens there does not speak TLS, and the URL says https.
    NotTls,
    /// What listens there speaks TLS, and the URL says http.
    SpeaksTls,
    /// The TLS handshake failed in another way.
    Tls,
    /// The server ended the TLS handshake with the alert `handshake_failure` (RFC 8446 section 6.2): the two have no parameters in
    /// common, or in TLS 1.2 it demands a client certificate.
    TlsRejected,
    /// The server demands a client certificate (RFC 8705), and none was presented.
    CertificateWanted,
    /// The server does not take the client certificate that was presented.
    CertificateRefused,
    /// Time ran out.
    Timeout,
    /// The connection broke in the middle.
    Broken,
}

/// How a proxy stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyFailure {
    /// Its name does not resolve.
    Name(NameFailure),
    /// It accepts no connection, or breaks it.
    Connect,
    /// It accepts the connection and does not answer.
    Silent,
    /// There is no trusted TLS connection to it.
    Tls,
    /// It wants a name and a password (HTTP 407).
    Credentials,
    /// It opens no tunnel to the server; its HTTP status.
    Refused(u16),
    /// Its answer is not HTTP.
    NotHttp,
}

/// What is wrong with the certificate of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// Its issuer is not trusted here.
    UnknownIssuer,
    /// Its issuer has the name of a trusted one, and another key.
    OtherKey,
    /// It is for another name.
    OtherName,
    /// It was revoked.
    Revoked,
    /// Anything else.
    Other,
}

impl fmt::Display for NetworkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dns(_) => "cannot resolve",
            Self::Connect => "cannot connect to",
            Self::Proxy(failure) => match failure {
                ProxyFailure::Name(_) => "cannot resolve the proxy",
                ProxyFailure::Connect => "cannot connect to the proxy",
                ProxyFailure::Silent => "no answer in time from the proxy",
                ProxyFailure::Tls => "no trusted TLS connection to the proxy",
                ProxyFailure::Credentials => "a name and a password are required by the proxy",
                ProxyFailure::Refused(_) => "no connection through the proxy",
                ProxyFailure::NotHttp => "no HTTP from the proxy",
            },
            Self::Untrusted(_) | Self::Tls | Self::TlsRejected => "no trusted TLS connection to",
            Self::NotTls => "no TLS connection to",
            Self::SpeaksTls => "no plain HTTP connection to",
            Self::CertificateWanted => "no client certificate for",
            Self::CertificateRefused => "the client certificate is refused by",
            Self::Timeout => "no answer in time from",
            Self::Broken => "the connection broke with",
        })
    }
}
