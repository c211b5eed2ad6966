//! The handshake with a server, told: which versions and ciphers it takes, which certificates it sends and whether they are
//! trusted, whether and of whom it asks for a certificate, and what it makes of ours (RFC 8446, RFC 5246, RFC 8705).
//!
//! A few dozen short connections, one after the other. Two kinds of them must not be confused:
//!
//! - those that *look* (`inspect.rs`, `versions.rs`, `old.rs`) go on whatever certificate the server shows, so that it can be
//!   told in full; they never carry a client certificate nor a byte of application data;
//! - those that *ask* (`exchange.rs`) check the server as every other connection of jeton does, and are not made at all
//!   where the first look found its chain untrusted. They send a GET without credentials.

mod answer;
mod asked;
mod config;
mod dial;
mod endpoint;
mod exchange;
mod findings;
mod inspect;
mod link;
mod old;
mod requirement;
mod target;
mod trouble;
mod trust;
mod versions;

pub use answer::Answer;
pub use asked::Asked;
pub use dial::Timings;
pub use endpoint::{Endpoint, of_issuer};
pub use exchange::{Exchange, Outcome, Shown};
pub use findings::findings;
pub use inspect::Negotiated;
pub use jeton_client::Meaning;
pub use old::OldVersion;
pub use requirement::Requirement;
pub use target::{NoTarget, Target};
pub use trouble::Trouble;
pub use trust::Trust;
pub use versions::{Suite, Version};

use config::Configs;
use dial::Dialer;
use jeton_client::ClientError;
use jeton_client::Clock;
use jeton_client::HttpConfig;
use jeton_oauth::certificate::{ClientCertificate, OcspAnswer, ServerChain, judge_server};
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// No step is waited for longer.
pub const STEP: Duration = Duration::from_secs(5);
/// When so much time has gone, what is left to be looked at is left out.
pub const WHOLE: Duration = Duration::from_secs(45);

/// What is looked at, and with what.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The server.
    pub target: &'a Target,
    /// How connections are made.
    pub http: &'a HttpConfig,
    /// Ours.
    pub certificate: Option<&'a ClientCertificate>,
    /// For dates and durations.
    pub clock: &'a dyn Clock,
}

/// What was seen. Names and texts of the server are foreign.
#[derive(Debug)]
pub struct Probed {
    /// Through which proxy; `None` where the connection is our own.
    pub proxy: Option<Url>,
    /// Where the connection went; `None` behind a proxy.
    pub address: Option<std::net::SocketAddr>,
    /// How long its steps took.
    pub timings: Timings,
    /// The handshake that both sides choose freely; `None` where there is none.
    pub negotiated: Option<Negotiated>,
    /// Why there is none, or why it broke off.
    pub trouble: Option<Trouble>,
    /// The chain of the server, judged; empty where it sent none.
    pub chain: ServerChain,
    /// Whether this machine trusts it; `None` where it sent none.
    pub trust: Option<Trust>,
    /// What was stapled to it.
    pub staple: Staple,
    /// TLS 1.3 and 1.2, each for itself.
    pub versions: Vec<Version>,
    /// TLS 1.1 and 1.0.
    pub old: Vec<OldVersion>,
    /// The cipher suites that are known here.
    pub suites: Vec<Suite>,
    /// What came back with and without our certificate; empty where the chain is not trusted.
    pub exchanges: Vec<Exchange>,
    /// Whether time ran out before everything was looked at.
    pub unfinished: bool,
}

/// What is stapled to the certificate of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staple {
    /// Nothing.
    None,
    /// So many bytes that are no answer.
    Unreadable(usize),
    /// An answer.
    Answer(OcspAnswer),
}

/// Why there is nothing to tell.
#[derive(Debug, Error)]
pub enum NoProbe {
    /// There is no connection, or the trusted certificates or the proxy cannot be used.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There is a connection, and no TLS on it.
    #[error("no TLS handshake with {host}: {trouble}")]
    NoTls {
        /// Host and port.
        host: String,
        /// What there is instead.
        trouble: Trouble,
    },
}

/// Looks at a server.
///
/// # Errors
/// [`NoProbe`] where it does not come to a handshake. One that fails is told in the result.
pub async fn probe(plan: Plan<'_>) -> Result<Probed, NoProbe> {
    let target = plan.target;
    target.reach.check(&target.url)?;
    let configs = Configs::new(target, plan.http, plan.clock)?;
    let mut dialer = Dialer::new(target, plan.http, plan.clock)?;

    let look = inspect::first(&mut dialer, &configs).await?;
    let chain: Vec<&[u8]> = look.chain.iter().map(Vec::as_slice).collect();
    let staple = match look.staple.as_slice() {
        [] => Staple::None,
        bytes => OcspAnswer::read(bytes).map_or(Staple::Unreadable(bytes.len()), Staple::Answer),
    };
    let versions = versions::look(&mut dialer, &configs).await;
    let suites = versions::suites(&mut dialer, &configs, &versions).await;
    let old = old::look(&mut dialer, &target.host, plan.clock).await;
    let trusted = look.trust.as_ref() == Some(&Trust::Trusted);
    let exchanges = if trusted {
        exchange::all(&mut dialer, &configs, &versions, plan.certificate).await?
    } else {
        Vec::new()
    };
    Ok(Probed {
        address: dialer.address(),
        timings: look.timings,
        negotiated: look.negotiated,
        trouble: look.trouble,
        chain: judge_server(&chain, &target.host, plan.clock.now()),
        trust: look.trust,
        staple,
        versions,
        old,
        suites,
        exchanges,
        unfinished: dialer.is_out_of_time(),
        proxy: dialer.proxy().cloned(),
    })
}
