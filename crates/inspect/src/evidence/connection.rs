//! Connections: names, proxies, TLS and certificates.

use std::fmt;

/// Why there is no address, or no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectFailure {
    /// Nothing is listening there.
    Refused,
    /// Nothing came back in time.
    Timeout {
        /// How long was waited.
        seconds: u64,
    },
    /// This machine has no route to it.
    Unreachable,
    /// Anything else, in the system's words.
    Other(String),
}

impl fmt::Display for ConnectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("refused"),
            Self::Timeout { seconds } => write!(f, "no answer within {seconds} s"),
            Self::Unreachable => f.write_str("not reachable from this machine"),
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// A name without an address that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Which failure it is.
    pub failure: NameFailure,
    /// What happened, in the resolver's words.
    pub cause: String,
}

/// Why a name has no address that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFailure {
    /// There is no such name.
    NotFound,
    /// The name exists, and has no address.
    NoAddress,
    /// It has private addresses only, and a public server has named it.
    OnlyPrivate,
    /// No DNS server answered in time.
    Silent,
    /// The DNS server answered that it has failed, or refuses to answer.
    ServerFailed,
    /// No DNS server is known.
    NoServers,
    /// The resolver does not say which it is.
    Other,
}

/// Why there is no trusted TLS connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandshakeFailure {
    /// The certificate is not trusted; with the words of the TLS library.
    Certificate(Distrust, String),
    /// The other side does not speak TLS.
    NotTls,
    /// The name of the alert that it sent.
    Alert(String),
    /// It closed the connection.
    Closed,
    /// It sent nothing in time.
    Timeout,
    /// Anything else.
    Other(String),
}

/// What is wrong with a certificate.
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

/// A certificate that was shown, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownCertificate {
    /// Its subject.
    pub subject: String,
    /// Its issuer.
    pub issuer: String,
    /// The names that it is for.
    pub names: Vec<String>,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whether it is signed by its own key.
    pub self_signed: bool,
    /// Whether it may issue others.
    pub ca: bool,
}

/// What is wrong with the proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyFailure {
    /// Its URL cannot be used.
    Unusable,
    /// Its name does not resolve.
    Name(Unresolved),
    /// It accepts no connection.
    Closed(ConnectFailure),
    /// It opens no tunnel to the server.
    Tunnel(TunnelFailure),
}

/// Why a proxy opens no tunnel (RFC 9110 9.3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TunnelFailure {
    /// It answered with anything but success.
    Status {
        /// The HTTP status: 407 asks for a name and password.
        status: u16,
        /// `Content-Type`.
        content_type: Option<String>,
        /// `Server` or `Via`.
        server: Option<String>,
    },
    /// Its answer is not HTTP.
    NotHttp,
    /// It closed the connection, or sent nothing in time.
    Silent,
    /// The connection to it uses TLS, and the handshake failed.
    Tls(HandshakeFailure),
    /// TLS cannot be set up at all.
    Config(String),
}
