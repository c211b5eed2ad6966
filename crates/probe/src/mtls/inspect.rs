//! The first look: a handshake as both sides like it best, without a certificate and without a byte of data.

use super::NoProbe;
use super::asked::Asked;
use super::config::{Configs, Looking};
use super::dial::{Dialer, Timings};
use super::link::Link;
use super::trouble::Trouble;
use super::trust::Trust;
use crate::names;
use crate::path::{Stream, speaks_http};
use rustls::ClientConnection;
use serde::Serialize;

/// What both sides agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Negotiated {
    /// `TLS 1.3`.
    pub version: &'static str,
    /// By its name in IANA's registry.
    pub suite: String,
    /// The group of the key exchange; `None` where the handshake broke off before.
    pub group: Option<String>,
    /// The application protocol that the server chose of `h2` and `http/1.1`.
    pub alpn: Option<String>,
}

impl Negotiated {
    fn of(tls: &ClientConnection) -> Option<Self> {
        let suite = tls.negotiated_cipher_suite()?;
        let group = tls.negotiated_key_exchange_group();
        let alpn = tls.alpn_protocol();
        Some(Self {
            version: names::version(tls.protocol_version()?),
            suite: names::suite(suite.suite()),
            group: group.map(|group| format!("{:?}", group.name())),
            alpn: alpn.map(|name| String::from_utf8_lossy(name).into_owned()),
        })
    }
}

/// What a connection that looks has seen.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// What it took.
    pub(super) timings: Timings,
    /// What was agreed on, as far as it came.
    pub(super) negotiated: Option<Negotiated>,
    /// What ended it.
    pub(super) trouble: Option<Trouble>,
    /// The certificates of the server, DER.
    pub(super) chain: Vec<Vec<u8>>,
    /// What was stapled to them.
    pub(super) staple: Vec<u8>,
    /// Whether they are trusted.
    pub(super) trust: Option<Trust>,
    /// Whether and how a certificate was asked for.
    pub(super) asked: Option<Asked>,
}

/// The first connection of all.
///
/// # Errors
/// [`NoProbe`] where there is no connection, or no TLS on it.
pub(super) async fn first(dialer: &mut Dialer<'_>, configs: &Configs) -> Result<Look, NoProbe> {
    let (stream, timings) = dialer.first().await?;
    let begun = dialer.now();
    let mut look = on(stream, dialer, configs, &configs.looking()?, |_| false).await;
    look.timings = Timings {
        tls: Some(dialer.now().duration_since(begun)),
        ..timings
    };
    match &look.trouble {
        Some(trouble) if look.negotiated.is_none() && !trouble.is_of_tls() => Err(NoProbe::NoTls {
            host: dialer.authority(),
            trouble: explained(trouble, dialer).await,
        }),
        _ => Ok(look),
    }
}

/// Many servers that speak plain HTTP hang up when they see a handshake: such a one is asked in its own language.
async fn explained(trouble: &Trouble, dialer: &Dialer<'_>) -> Trouble {
    match (trouble, dialer.address()) {
        (Trouble::Closed, Some(address)) if speaks_http(address).await => {
            Trouble::PlainHttp("when it is asked without TLS".to_owned())
        }
        _ => trouble.clone(),
    }
}

/// A look until this holds, or until the handshake is done.
pub(super) async fn on(
    stream: Box<dyn Stream>,
    dialer: &Dialer<'_>,
    configs: &Configs,
    looking: &Looking,
    enough: impl Fn(&ClientConnection) -> bool,
) -> Look {
    let link = Link::new(looking.config.clone(), configs.name.clone(), stream);
    let mut link = match link {
        Ok(link) => link,
        Err(trouble) => return Look::failed(trouble),
    };
    let result = link.until(enough, dialer.step()).await;
    let negotiated = Negotiated::of(&link.tls);
    if result.is_ok() {
        link.close().await;
    }
    let seen = looking.recorder.take();
    let (chain, staple, trust) = seen.map_or_else(Default::default, |seen| {
        (seen.chain, seen.staple, Some(seen.trust))
    });
    Look {
        timings: Timings::default(),
        negotiated,
        trouble: result.err(),
        chain,
        staple,
        trust,
        asked: looking.resolver.take().asked,
    }
}

impl Look {
    pub(super) fn failed(trouble: Trouble) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::default()
        }
    }
}
