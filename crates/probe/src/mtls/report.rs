//! What a probe has seen.

use super::connector::Timings;
use super::exchange::Exchange;
use super::legacy_versions::LegacyVersion;
use super::trust::Trust;
use super::versions::{Suite, Version};
use crate::tls::{Negotiated, TlsFailure};
use jeton_inspect::certificate::ServerChain;
use jeton_oauth::certificate::OcspAnswer;
use std::net::SocketAddr;
use url::Url;

/// What was seen. Names and texts of the server are foreign.
#[derive(Debug)]
pub struct Report {
    /// The proxy that connections went through; `None` where they went to the server itself.
    pub proxy: Option<Url>,
    /// Where the connection went; `None` behind a proxy.
    pub address: Option<SocketAddr>,
    /// How long its steps took.
    pub timings: Timings,
    /// What both sides agreed on in the first handshake, with everything on offer; `None` where they did not.
    pub negotiated: Option<Negotiated>,
    /// Why there is none, or why it broke off.
    pub failure: Option<TlsFailure>,
    /// The checked chain of the server; empty where it sent none.
    pub chain: ServerChain,
    /// Whether this machine trusts it; `None` where it sent none.
    pub trust: Option<Trust>,
    /// What was stapled to it.
    pub staple: Staple,
    /// TLS 1.3 and 1.2, each offered alone.
    pub versions: Vec<Version>,
    /// TLS 1.1 and 1.0.
    pub legacy_versions: Vec<LegacyVersion>,
    /// The cipher suites that are known here.
    pub suites: Vec<Suite>,
    /// How the server responded without and with the client certificate; empty where its chain is not trusted.
    pub exchanges: Vec<Exchange>,
    /// Whether the time ran out before everything was tried.
    pub unfinished: bool,
}

/// What is stapled to the certificate of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staple {
    /// Nothing.
    None,
    /// So many bytes that are no OCSP response.
    Unreadable(usize),
    /// An OCSP response.
    Answer(OcspAnswer),
}

impl Staple {
    pub(super) fn read(bytes: &[u8]) -> Self {
        match bytes {
            [] => Self::None,
            bytes => OcspAnswer::read(bytes).map_or(Self::Unreadable(bytes.len()), Self::Answer),
        }
    }
}
