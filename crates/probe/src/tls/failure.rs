//! Why there is no TLS on a connection, or why it broke off.

use super::names;
use rustls::AlertDescription;
use std::fmt;

/// What went wrong on an open connection. Texts in it are foreign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsFailure {
    /// Nothing came in time.
    Timeout,
    /// The server closed the connection without an alert.
    Closed,
    /// The connection broke: the system's words.
    Broken(String),
    /// The server sent a TLS alert: its name (RFC 8446 6.2).
    Alert(String),
    /// It speaks HTTP without TLS: its first line.
    PlainHttp(String),
    /// It speaks another protocol: its first bytes.
    OtherProtocol(String),
    /// What came over TLS is no HTTP response.
    NotHttp,
    /// Its certificate is not trusted.
    Untrusted(String),
    /// Both sides speak TLS, and find nothing in common: the library's words.
    Tls(String),
    /// The time for the whole probe ran out before.
    NoTime,
}

/// Of the first line of another protocol, more characters are not kept.
const MAX_LINE: usize = 60;

impl TlsFailure {
    /// Whether the other side speaks TLS.
    pub(crate) const fn is_of_tls(&self) -> bool {
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

    /// Whether the first bytes of a server are TLS, whose records begin with 20 to 23 (RFC 8446 5.1), or which protocol it
    /// speaks instead. `None` where more bytes are needed to tell, which there are not once it has `ended`.
    pub(crate) fn of_first_bytes(bytes: &[u8], ended: bool) -> Option<Result<(), Self>> {
        if matches!(bytes, [20..=23, ..]) {
            return Some(Ok(()));
        }
        // A character has four bytes at most.
        let start = &bytes[..bytes.len().min(4 * MAX_LINE)];
        let line = start.split(|byte| *byte == b'\n').next();
        let line = line.unwrap_or_default();
        let is_whole = line.len() < start.len() || start.len() == 4 * MAX_LINE;
        if bytes.is_empty() || !(is_whole || ended) {
            return None;
        }
        let text = String::from_utf8_lossy(line);
        let text: String = text.trim().chars().take(MAX_LINE).collect();
        Some(Err(if bytes.starts_with(b"HTTP/") {
            Self::PlainHttp(text)
        } else {
            Self::OtherProtocol(text)
        }))
    }
}

impl From<rustls::Error> for TlsFailure {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::AlertReceived(AlertDescription::CloseNotify) => Self::Closed,
            rustls::Error::AlertReceived(alert) => Self::Alert(names::alert(alert)),
            rustls::Error::InvalidCertificate(error) => Self::Untrusted(error.to_string()),
            other => Self::Tls(other.to_string()),
        }
    }
}

impl From<std::io::Error> for TlsFailure {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        match error.kind() {
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof => Self::Closed,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl fmt::Display for TlsFailure {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_speaks_no_tls_is_named_by_its_first_line() {
        let of = TlsFailure::of_first_bytes;
        let http = |line: &str| Some(Err(TlsFailure::PlainHttp(line.to_owned())));
        let other = |line: &str| Some(Err(TlsFailure::OtherProtocol(line.to_owned())));
        assert_eq!(of(&[22, 3], false), Some(Ok(())));
        assert_eq!(
            of(b"HTTP/1.1 400 Bad\r\nServer", false),
            http("HTTP/1.1 400 Bad")
        );
        assert_eq!(of(b"SSH-2.0-x\r\n", false), other("SSH-2.0-x"));
        // However it arrives: a part of a line waits for the rest.
        assert_eq!(of(b"", false), None);
        assert_eq!(of(b"HT", false), None);
        assert_eq!(of(b"HT", true), other("HT"));
        assert_eq!(of(b"", true), None);
        let long = of(&[b'x'; 4 * MAX_LINE], false);
        assert_eq!(long, other(&"x".repeat(MAX_LINE)));
    }

    proptest! {
        /// A decision does not depend on how the bytes were cut into packets.
        #[test]
        fn a_decision_stays(bytes in proptest::collection::vec(any::<u8>(), 0..300), more in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(decision) = TlsFailure::of_first_bytes(&bytes, false) {
                let all = [bytes, more].concat();
                prop_assert_eq!(TlsFailure::of_first_bytes(&all, false), Some(decision));
            }
        }
    }
}
