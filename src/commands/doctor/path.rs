//! The network path to the server: name, connection, handshake, or through a proxy.

use super::proxy::{self, Proxied};
use super::step::{Name, Step};
use super::steps::{Evidence, Fact, Outcome, Running};
use super::subject::{Session, Subject};
use super::tls;
use crate::exit::Exit;
use jeton_client::{HttpConfig, is_private};
use jeton_inspect::context::ProfileContext;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::{ConnectFailure, HandshakeFailure};
use jeton_inspect::finding::{Finding, Who};
use jeton_probe::path::{self, Stream, connect, handshake, resolve, unresolved};
use jeton_profile::http_config;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Instant;
use tokio::net::TcpStream;
use url::Url;

/// The path as far as it was followed.
pub(super) struct NetworkPath<'a> {
    pub(super) config: HttpConfig,
    pub(super) url: &'a Url,
    pub(super) context: ProfileContext,
    pub(super) steps: Vec<Step>,
}

pub(super) fn check<'a>(subject: &'a Subject<'a>, _: &'a Evidence) -> Running<'a> {
    Box::pin(to(subject, &subject.target))
}

/// Proxy, DNS, TCP and TLS to the host of `url`; it ends where one is broken.
pub(super) async fn to(subject: &Subject<'_>, url: &Url) -> Outcome {
    let mut path = NetworkPath {
        config: http_config(&subject.settings.tool, subject.profile()),
        url,
        context: subject.context.clone(),
        steps: Vec::new(),
    };
    let stream = match proxy::connect(subject, &mut path).await {
        Proxied::Broken => None,
        Proxied::Through(stream) => {
            for (name, why) in [
                (Name::Dns, "the proxy resolves the name"),
                (Name::Tcp, "the proxy makes the connection"),
            ] {
                path.steps.push(Step::skipped(name, why));
            }
            Some(stream)
        }
        Proxied::Direct => {
            let stream = direct(subject.session, &mut path).await;
            stream.map(|stream| Box::new(stream) as Box<dyn Stream>)
        }
    };
    let mut chain = None;
    if let Some(stream) = stream {
        let (step, shown) = tls::secure(subject, &path, stream).await;
        path.steps.push(step);
        chain = shown.map(Fact::Chain);
    }
    let steps = path.steps.into_iter().map(|step| match step.would_exit {
        None if step.is_broken() => step.would_exit(Exit::Network),
        _ => step,
    });
    Outcome {
        steps: steps.collect(),
        fact: chain,
        ..Outcome::none()
    }
}

async fn direct(session: &Session<'_>, path: &mut NetworkPath<'_>) -> Option<TcpStream> {
    let host = path.url.host_str().unwrap_or_default();
    let (found, time) = session
        .during("resolving the name", resolve(&path.config, path.url))
        .await;
    let place = match found {
        Ok(place) => place,
        Err(error) => {
            let broken = diagnosis::dns(&path.context, host, &unresolved(&error));
            path.steps.push(Step::fail(Name::Dns, broken).took(time));
            return None;
        }
    };
    let step = if place.literal {
        Step::skipped(Name::Dns, "an address; nothing to resolve")
    } else {
        Step::ok(Name::Dns, addresses(&place.addresses)).took(time)
    };
    let all = place.addresses.iter().map(|address| {
        let ip = address.ip();
        json!({ "address": ip.to_string(), "private": is_private(ip) })
    });
    path.steps
        .push(step.fact("addresses", all.collect::<Vec<Value>>()));

    let (attempts, time) = session
        .during("connecting", connect(&place.addresses))
        .await;
    let facts: Vec<Value> = attempts
        .iter()
        .map(|attempt| {
            let failure = attempt.outcome.as_ref().err();
            let failure = failure.map(ToString::to_string);
            json!({ "address": attempt.address.to_string(), "failure": failure })
        })
        .collect();
    let mut open = None;
    let mut closed = Vec::new();
    for attempt in attempts {
        match attempt.outcome {
            Ok(stream) if open.is_none() => open = Some((attempt.address, stream)),
            Ok(_) => {}
            Err(failure) => closed.push((attempt.address.to_string(), failure)),
        }
    }
    let step = match (&open, closed.as_slice()) {
        (None, closed) => Step::fail(
            Name::Tcp,
            diagnosis::tcp(&path.context, &place.host, closed),
        ),
        (Some((address, _)), []) => Step::ok(Name::Tcp, format!("connects to {address}")),
        (Some((address, _)), closed) => Step::warn(Name::Tcp, partly(*address, closed)),
    };
    path.steps.push(step.took(time).fact("attempts", facts));
    open.map(|(_, stream)| stream)
}

fn addresses(all: &[SocketAddr]) -> String {
    let shown: Vec<String> = all
        .iter()
        .take(4)
        .map(|address| address.ip().to_string())
        .collect();
    let more = match all.len() {
        0..=4 => String::new(),
        many => format!(", and {} more", many - 4),
    };
    let kind = match all
        .iter()
        .filter(|address| is_private(address.ip()))
        .count()
    {
        0 => "public",
        private if private == all.len() => "private",
        _ => "private and public",
    };
    format!("{}{more} ({kind})", shown.join(", "))
}

/// Some addresses accept no connection: clients may try them first, and wait.
fn partly(address: SocketAddr, closed: &[(String, ConnectFailure)]) -> Finding {
    let what = format!("connects to {address}, but not to {}", closed[0].0);
    let finding = Finding::warn("tcp.partly", what).by(Who::Network);
    closed
        .iter()
        .fold(finding, |finding, (address, failure)| {
            finding.seen(format!("{address}: {failure}"))
        })
        .remedy("connections may be slow if the closed address is tried first: often IPv6 is announced but does not work")
}

/// Whether what listens at an http URL speaks TLS.
pub(super) async fn speaks_tls(config: &HttpConfig, url: &Url) -> bool {
    let started = Instant::now();
    let Ok(place) = resolve(config, url).await else {
        return false;
    };
    for attempt in connect(&place.addresses).await {
        if started.elapsed() > path::LONGEST {
            break;
        }
        if let Ok(stream) = attempt.outcome {
            let found = handshake(config, url, Box::new(stream)).await;
            return found.is_ok_and(|found| {
                matches!(
                    found.outcome,
                    Ok(()) | Err(HandshakeFailure::Certificate(..))
                )
            });
        }
    }
    false
}
