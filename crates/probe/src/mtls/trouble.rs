//! Why a connection came to nothing, or broke off.

use crate::names;
use rustls::AlertDescription;
use std::fmt;

/// What went wrong after the connection was there. Texts in it are foreign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing came in time.
    Timeout,
    /// The server closed the connection without a word.
    Closed,
    /// The connection broke: the system's words.
    Broken(String),
    /// The server said why, by the name of its TLS alert (RFC 8446 6.2).
    Alert(String),
    /// It speaks HTTP without TLS: its first line.
    PlainHttp(String),
    /// It speaks something else: its first bytes.
    OtherProtocol(String),
    /// What came over TLS is no answer of HTTP.
    NotHttp,
    /// Its certificate is not trusted.
    Untrusted(String),
    /// Both sides speak TLS, and not the same: the library's words.
    Tls(String),
    /// The time of the whole ran out before.
    NoTime,
}

impl Trouble {
    /// Whether what is on the other side speaks TLS at all.
    pub(super) const fn is_of_tls(&self) -> bool {
        matches!(self, Self::Alert(_) | Self::Untrusted(_) | Self::Tls(_))
    }

    /// The alert's name, where there is one.
    #[must_use]
    pub fn alert(&self) -> Option<&str> {
        match self {
            Self::Alert(name) => Some(name),
            _ => None,
        }
    }

    /// A word for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Closed => "closed",
            Self::Broken(_) => "broken",
            Self::Alert(_) => "alert",
            Self::PlainHttp(_) => "plain_http",
            Self::OtherProtocol(_) => "other_protocol",
            Self::NotHttp => "not_http",
            Self::Untrusted(_) => "untrusted",
            Self::Tls(_) => "tls",
            Self::NoTime => "not_tried",
        }
    }

    /// The first bytes of a server that does not speak TLS.
    pub(super) fn of_first_bytes(bytes: &[u8]) -> Self {
        const LONGEST: usize = 60;
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
        let text = String::from_utf8_lossy(line);
        let text: String = text.trim().chars().take(LONGEST).collect();
        if bytes.starts_with(b"HTTP/") {
            Self::PlainHttp(text)
        } else {
            Self::OtherProtocol(text)
        }
    }
}

impl From<rustls::Error> for Trouble {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::AlertReceived(AlertDescription::CloseNotify) => Self::Closed,
            rustls::Error::AlertReceived(alert) => Self::Alert(names::alert(alert)),
            rustls::Error::InvalidCertificate(error) => Self::Untrusted(error.to_string()),
            other => Self::Tls(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        match error.kind() {
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof => Self::Closed,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("no answer in time"),
            Self::Closed => f.write_str("the server closed the connection without a word"),
            Self::Broken(why) => write!(f, "the connection broke: {why}"),
            Self::Alert(name) => write!(f, "TLS alert {name}"),
            Self::PlainHttp(line) => write!(f, "the server answered in plain HTTP ({line})"),
            Self::OtherProtocol(line) if line.is_empty() => f.write_str("the server speaks no TLS"),
            Self::OtherProtocol(line) => write!(f, "the server speaks no TLS, but says \"{line}\""),
            Self::NotHttp => f.write_str("what came back is not HTTP"),
            Self::Untrusted(why) => {
                write!(f, "the certificate of the server is not trusted: {why}")
            }
            Self::Tls(why) => f.write_str(why),
            Self::NoTime => f.write_str("not tried, since the time was up"),
        }
    }
}
