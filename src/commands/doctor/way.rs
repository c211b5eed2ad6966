//! The way to the server: name, connection, handshake, or through a proxy.

use super::certificates;
use super::evidence::{connect_failure, error_finding, tls_failure};
use super::proxied::Proxied;
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::commands::source::{explain, http_config};
use crate::exit::Exit;
use crate::output::time::rfc3339;
use jeton_client::{HttpConfig, is_private};
use jeton_inspect::EXPIRES_SOON;
use jeton_inspect::context::ProfileContext;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::ConnectFailure;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::certificate::Certificate;
use jeton_probe::path::{
    self, Handshake, Refusal, Stream, connect, handshake, resolve, speaks_http,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Instant;
use tokio::net::TcpStream;
use url::Url;

/// What the way looks like so far.
pub(super) struct Way<'a> {
    pub(super) config: HttpConfig,
    pub(super) url: &'a Url,
    pub(super) context: ProfileContext,
    pub(super) steps: Vec<Step>,
}

impl Walk<'_> {
    /// Proxy, DNS, TCP and TLS to the host of `url`; it ends where one is broken.
    pub(super) async fn way(&mut self, ready: &Ready, url: &Url) -> Vec<Step> {
        let mut way = Way {
            config: http_config(&ready.settings.tool, &ready.opened.profile),
            url,
            context: ready.context.clone(),
            steps: Vec::new(),
        };
        let stream = match self.proxied(ready, &mut way).await {
            Proxied::Broken => None,
            Proxied::Through(stream) => {
                for (name, why) in [
                    (Name::Dns, "the proxy resolves the name"),
                    (Name::Tcp, "the proxy makes the connection"),
                ] {
                    way.steps.push(Step::skipped(name, why));
                }
                stream
            }
            Proxied::Direct => {
                let stream = self.direct(&mut way).await;
                stream.map(|stream| Box::new(stream) as Box<dyn Stream>)
            }
        };
        if let Some(stream) = stream {
            self.secured(ready, &mut way, stream).await;
        }
        if way.steps.iter().any(Step::is_broken) {
            self.would_end(Exit::Network);
        }
        way.steps
    }

    async fn direct(&self, way: &mut Way<'_>) -> Option<TcpStream> {
        let host = way.url.host_str().unwrap_or_default();
        let (found, time) = self.during("resolving the name", resolve(way.url)).await;
        let place = match found {
            Ok(place) => place,
            Err(failure) => {
                let broken = diagnosis::dns(&way.context, host, &connect_failure(&failure));
                way.steps.push(Step::fail(Name::Dns, broken).took(time));
                return None;
            }
        };
        let step = if place.literal {
            Step::skipped(Name::Dns, "an address, no name to resolve")
        } else {
            Step::ok(Name::Dns, addresses(&place.addresses)).took(time)
        };
        let all = place.addresses.iter().map(|address| {
            let ip = address.ip();
            json!({ "address": ip.to_string(), "private": is_private(ip) })
        });
        way.steps
            .push(step.fact("addresses", all.collect::<Vec<Value>>()));

        let (knocks, time) = self.during("connecting", connect(&place.addresses)).await;
        let facts: Vec<Value> = knocks
            .iter()
            .map(|knock| {
                let failure = knock.outcome.as_ref().err();
                let failure = failure.map(ToString::to_string);
                json!({ "address": knock.address.to_string(), "failure": failure })
            })
            .collect();
        let mut open = None;
        let mut closed = Vec::new();
        for knock in knocks {
            match knock.outcome {
                Ok(stream) if open.is_none() => open = Some((knock.address, stream)),
                Ok(_) => {}
                Err(failure) => closed.push((knock.address.to_string(), connect_failure(&failure))),
            }
        }
        let step = match (&open, closed.as_slice()) {
            (None, closed) => {
                Step::fail(Name::Tcp, diagnosis::tcp(&way.context, &place.host, closed))
            }
            (Some((address, _)), []) => Step::ok(Name::Tcp, format!("connects to {address}")),
            (Some((address, _)), closed) => Step::warn(Name::Tcp, partly(*address, closed)),
        };
        way.steps.push(step.took(time).fact("attempts", facts));
        open.map(|(_, stream)| stream)
    }

    async fn secured(&mut self, ready: &Ready, way: &mut Way<'_>, stream: Box<dyn Stream>) {
        if way.url.scheme() != "https" {
            way.steps.push(Step::skipped(
                Name::Tls,
                "http, which is for this machine alone",
            ));
            return;
        }
        let (result, time) = self
            .during("shaking hands", handshake(&way.config, way.url, stream))
            .await;
        let step = match result {
            Ok(found) => {
                self.chain.clone_from(&found.chain);
                self.judged(ready, way, &found).await
            }
            Err(error) => {
                let error = explain(error, &ready.opened.profile);
                self.would_end(error.exit);
                let broken = error_finding("tls.config", Who::You, &error);
                Step::fail(Name::Tls, broken)
            }
        };
        way.steps.push(step.took(time));
    }

    async fn judged(&self, ready: &Ready, way: &Way<'_>, found: &Handshake) -> Step {
        let chain = certificates::read(&found.chain);
        let step = match &found.outcome {
            Ok(()) => trusted(found, &chain, self.app.console.now()),
            // An endpoint that demands a certificate; the request presents one, and this handshake does not.
            Err(Refusal::Alert(_) | Refusal::Closed)
                if ready.opened.profile.mtls.certificate().is_some() =>
            {
                Step::skipped(
                    Name::Tls,
                    "the server ends handshakes without a client certificate; the request presents it",
                )
            }
            Err(refusal) => {
                let suspicious = matches!(
                    refusal,
                    Refusal::NotTls | Refusal::Closed | Refusal::Alert(_)
                );
                let plain = suspicious && way.context.proxy.is_none() && is_plain(way.url).await;
                let broken = diagnosis::tls(
                    &way.context,
                    &tls_failure(refusal),
                    &certificates::shown(&chain),
                    plain,
                );
                Step::fail(Name::Tls, broken)
            }
        };
        let chain: Vec<Value> = chain.iter().map(certificates::json).collect();
        step.fact("version", found.version.as_deref())
            .fact("cipher", found.cipher.as_deref())
            .fact("chain", chain)
    }
}

fn trusted(found: &Handshake, chain: &[Certificate], now: i64) -> Step {
    let version = found.version.as_deref().unwrap_or("TLS");
    let Some(own) = chain.first() else {
        return Step::ok(Name::Tls, format!("{version}, the certificate is trusted"));
    };
    let days = (own.not_after - now) / 86_400;
    let summary = format!("{version}, trusted, the certificate ends in {days} days");
    if own.not_after - now >= EXPIRES_SOON {
        return Step::ok(Name::Tls, summary);
    }
    let end = rfc3339(own.not_after).unwrap_or_default();
    let diagnosis = Finding::warn("tls.expires_soon", summary)
        .by(Who::Operator)
        .seen(format!("the server's certificate ends at {end}"))
        .remedy("tell the server's operator: the certificate has to be renewed");
    Step::warn(Name::Tls, diagnosis)
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

/// Some addresses take no connection: clients try them first, and wait.
fn partly(address: SocketAddr, closed: &[(String, ConnectFailure)]) -> Finding {
    let what = format!("connects to {address}, and not to {}", closed[0].0);
    let diagnosis = Finding::warn("tcp.partly", what).by(Who::Network);
    closed
        .iter()
        .fold(diagnosis, |diagnosis, (address, failure)| {
            diagnosis.seen(format!("{address}: {failure}"))
        })
        .remedy("connections may be slow where the closed address is tried first: often IPv6 is announced and does not work")
}

async fn is_plain(url: &Url) -> bool {
    match resolve(url).await {
        Ok(place) => match place.addresses.first() {
            Some(address) => speaks_http(*address).await,
            None => false,
        },
        Err(_) => false,
    }
}

/// Whether what listens at an http URL speaks TLS.
pub(super) async fn speaks_tls(config: &HttpConfig, url: &Url) -> bool {
    let started = Instant::now();
    let Ok(place) = resolve(url).await else {
        return false;
    };
    for knock in connect(&place.addresses).await {
        if started.elapsed() > path::LONGEST {
            break;
        }
        if let Ok(stream) = knock.outcome {
            let found = handshake(config, url, Box::new(stream)).await;
            return found.is_ok_and(|found| {
                matches!(found.outcome, Ok(()) | Err(Refusal::Certificate(..)))
            });
        }
    }
    false
}
