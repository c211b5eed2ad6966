//! The proxy: which one is in between, and whether it opens a tunnel.

use super::convert::tunnel_failure;
use super::path::NetworkPath;
use super::step::{Name, Step};
use super::subject::Subject;
use crate::commands::source::known;
use crate::exit::Exit;
use jeton_client::{HttpConfig, HttpProxy, proxy_for};
use jeton_inspect::context::Setting;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::{ConnectFailure, ProxyFailure};
use jeton_oauth::is_loopback_host;
use jeton_probe::path::{self, Stream, open_tunnel, resolve, unresolved};
use jeton_profile::{Proxies, Sourced};
use url::Url;

/// Whether there is a proxy in between, and a connection through it.
pub(super) enum Proxied {
    /// There is none on this path.
    Direct,
    /// It is there, with a tunnel through it.
    Through(Box<dyn Stream>),
    Broken,
}

/// Asks the proxy for a tunnel, where there is one.
pub(super) async fn connect(subject: &Subject<'_>, path: &mut NetworkPath<'_>) -> Proxied {
    let proxies = &Proxies::of(&subject.settings.tool, subject.profile());
    let configured = configured(proxies, path.url);
    let via = match proxy_for(&path.config, path.url) {
        Ok(Some(via)) => via,
        Ok(None) => {
            path.steps.push(none(proxies, path.url));
            return Proxied::Direct;
        }
        Err(_) => {
            path.context.proxy = configured;
            let broken = diagnosis::proxy(&path.context, &ProxyFailure::Unusable);
            let step = Step::fail(Name::Proxy, broken);
            path.steps.push(step.would_exit(Exit::Config));
            return Proxied::Broken;
        }
    };
    path.context.proxy.clone_from(&configured);
    let Setting {
        value: proxy,
        origin,
    } = configured.unwrap_or_default();
    let label = format!("asking the proxy {proxy}");
    let tunnel = through(&path.config, &via, path.url);
    let (opened, time) = subject.session.during(&label, tunnel).await;
    let (step, stream) = match opened {
        Ok(stream) => {
            let summary = format!("{proxy} ({origin})");
            (Step::ok(Name::Proxy, summary), Proxied::Through(stream))
        }
        Err(failure) => {
            let broken = diagnosis::proxy(&path.context, &failure);
            (Step::fail(Name::Proxy, broken), Proxied::Broken)
        }
    };
    path.steps.push(
        step.took(time)
            .fact("url", proxy)
            .fact("origin", origin.to_string())
            .fact("has_password", via.has_password()),
    );
    stream
}

/// Connects to the proxy, and through it. Every request through a proxy has a tunnel: plain HTTP is for loopback only.
async fn through(
    config: &HttpConfig,
    via: &HttpProxy,
    url: &Url,
) -> Result<Box<dyn Stream>, ProxyFailure> {
    let place = resolve(config, &via.url).await;
    let place = place.map_err(|error| ProxyFailure::Name(unresolved(&error)))?;
    let mut last = ConnectFailure::Unreachable;
    let mut open = None;
    for attempt in path::connect(&place.addresses).await {
        match attempt.outcome {
            Ok(stream) => {
                open.get_or_insert(stream);
            }
            Err(failure) => last = failure,
        }
    }
    let stream = open.ok_or(ProxyFailure::Closed(last))?;
    let tunnel = open_tunnel(config, via, stream, url).await;
    tunnel.map_err(|trouble| ProxyFailure::Tunnel(tunnel_failure(trouble)))
}

/// The proxy for this kind of URL, and where it is set.
fn configured(proxies: &Proxies, url: &Url) -> Option<Setting> {
    let own = match url.scheme() {
        "https" => &proxies.https,
        _ => &proxies.http,
    };
    let Sourced { value, origin } = own.as_ref().or(proxies.all.as_ref())?;
    Some(Setting {
        value: value.to_string(),
        origin: known(origin),
    })
}

fn is_loopback(url: &Url) -> bool {
    url.host().is_some_and(|host| is_loopback_host(&host))
}

/// No proxy: none is configured, the host is on loopback, or it is excluded.
fn none(proxies: &Proxies, url: &Url) -> Step {
    let Some(Setting {
        value: proxy,
        origin,
    }) = configured(proxies, url)
    else {
        let other = [&proxies.https, &proxies.http].into_iter().flatten().next();
        return Step::ok(
            Name::Proxy,
            match other {
                Some(found) => format!(
                    "none for {} URLs ({} is for others)",
                    url.scheme(),
                    found.origin
                ),
                None => "none is configured".to_owned(),
            },
        );
    };
    if is_loopback(url) {
        let summary =
            format!("none: requests to loopback go through no proxy ({origin} names one)");
        return Step::ok(Name::Proxy, summary);
    }
    let exception = proxies
        .no_proxy
        .as_ref()
        .map_or_else(String::new, |list| list.origin.to_string());
    Step::ok(
        Name::Proxy,
        format!("none: {exception} excludes this host from {proxy} ({origin})"),
    )
    .fact(
        "no_proxy",
        proxies.no_proxy.as_ref().map(|list| list.value.clone()),
    )
}
