//! What the server answers without our certificate, with it, and on a resumed connection. In TLS 1.3 a server says that it
//! misses one only after its side of the handshake, so a request has to be sent before one knows.

use super::answer::Answer;
use super::asked::Resolver;
use super::config::{Asking, Configs};
use super::dial::Dialer;
use super::link::Link;
use super::trouble::Trouble;
use super::versions::Version;
use jeton_client::ClientError;
use jeton_oauth::certificate::ClientCertificate;
use rustls::HandshakeKind;
use rustls::sign::CertifiedKey;
use serde::Serialize;
use std::sync::Arc;

/// What we showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// Our certificate.
    Certificate,
}

/// A connection with a request on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// `TLS 1.3` or `TLS 1.2`.
    pub version: &'static str,
    /// What we showed, on this connection or on the one that it resumes.
    pub shown: Shown,
    /// `None` for a first connection; for a second one, whether the server resumed the session of the first.
    pub resumed: Option<bool>,
    /// Whether our key can make a signature of a kind that the server takes; `None` where it was not asked to. Where it
    /// cannot, nothing was shown.
    pub scheme_fits: Option<bool>,
    /// What came back.
    pub outcome: Outcome,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An answer in HTTP.
    Answered(Answer),
    /// None.
    Failed(Trouble),
}

impl Outcome {
    /// The answer, where there is one.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::Failed(_) => None,
        }
    }
}

/// Every connection, version by version.
pub(super) async fn all(
    dialer: &mut Dialer<'_>,
    configs: &Configs,
    versions: &[Version],
    certificate: Option<&ClientCertificate>,
) -> Result<Vec<Exchange>, ClientError> {
    // What cannot be shown is told by its judgement.
    let own = certificate.and_then(|own| {
        CertifiedKey::from_der(own.chain_der(), own.key_der(), &configs.provider).ok()
    });
    let own = own.map(Arc::new);
    let mut exchanges = Vec::new();
    for version in versions.iter().filter(|version| version.is_accepted()) {
        let mut one = Connections {
            version: version.name,
            shown: Shown::Nothing,
            asking: configs.asking(version.of, Resolver::without())?,
        };
        let mut first = one.make(dialer, configs, false).await;
        if let (Some(own), Some(_)) = (&own, &version.asked) {
            exchanges.push(first);
            one.shown = Shown::Certificate;
            one.asking = configs.asking(version.of, Resolver::with(Arc::clone(own)))?;
            first = one.make(dialer, configs, false).await;
        }
        let answered = first.outcome.answer().is_some();
        exchanges.push(first);
        if answered {
            exchanges.push(one.make(dialer, configs, true).await);
        }
    }
    Ok(exchanges)
}

/// Connections of one kind: later ones may resume the session of the first.
struct Connections {
    version: &'static str,
    shown: Shown,
    asking: Asking,
}

impl Connections {
    async fn make(&self, dialer: &mut Dialer<'_>, configs: &Configs, second: bool) -> Exchange {
        let (outcome, resumed) = one(dialer, configs, &self.asking).await;
        Exchange {
            version: self.version,
            shown: self.shown,
            resumed: second.then_some(resumed),
            scheme_fits: self.asking.resolver.take().scheme_fits,
            outcome,
        }
    }
}

/// One connection and one request; whether it was resumed.
async fn one(dialer: &mut Dialer<'_>, configs: &Configs, asking: &Asking) -> (Outcome, bool) {
    let stream = match dialer.again().await {
        Ok(stream) => stream,
        Err(trouble) => return (Outcome::Failed(trouble), false),
    };
    let link = Link::new(Arc::clone(&asking.config), configs.name.clone(), stream);
    let mut link = match link {
        Ok(link) => link,
        Err(trouble) => return (Outcome::Failed(trouble), false),
    };
    let outcome = match talk(&mut link, dialer).await {
        Ok(answer) => Outcome::Answered(answer),
        Err(trouble) => Outcome::Failed(trouble),
    };
    let resumed = link.tls.handshake_kind() == Some(HandshakeKind::Resumed);
    link.close().await;
    (outcome, resumed)
}

async fn talk(link: &mut Link, dialer: &Dialer<'_>) -> Result<Answer, Trouble> {
    link.until(|_| false, dialer.step()).await?;
    let request = dialer.request();
    let bytes = link
        .ask(request.as_bytes(), Answer::is_complete, dialer.step())
        .await?;
    Answer::read(bytes).ok_or(Trouble::NotHttp)
}
