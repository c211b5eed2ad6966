//! The proxy: which one stands between, and whether it opens a way.

use super::evidence::{connect_failure, tunnel_failure};
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use super::way::Way;
use crate::commands::source::known;
use crate::exit::Exit;
use crate::settings::{Proxies, Sourced};
use jeton_client::HttpConfig;
use jeton_inspect::context::Setting;
use jeton_inspect::diagnosis;
use jeton_inspect::evidence::ProxyFailure;
use jeton_probe::path::{Failure, Stream, Via, connect, open_tunnel, resolve, route};
use url::Url;

/// How the proxy was come by.
pub(super) enum Proxied {
    /// There is none on this way.
    Direct,
    /// It is there; with a connection through it, where one is needed.
    Through(Option<Box<dyn Stream>>),
    Broken,
}

impl Walk<'_> {
    /// Asks the proxy for a way, where there is one.
    pub(super) async fn proxied(&mut self, ready: &Ready, way: &mut Way<'_>) -> Proxied {
        let configured = configured(&ready.settings.tool.proxies, way.url);
        let via = match route(&way.config, way.url) {
            Ok(Some(via)) => via,
            Ok(None) => {
                way.steps
                    .push(straight(&ready.settings.tool.proxies, way.url));
                return Proxied::Direct;
            }
            Err(_) => {
                way.context.proxy = configured;
                let broken = diagnosis::proxy(&way.context, &ProxyFailure::Unusable);
                way.steps.push(Step::fail(Name::Proxy, broken));
                self.would_end(Exit::Config);
                return Proxied::Broken;
            }
        };
        way.context.proxy = configured;
        let Setting {
            value: proxy,
            origin,
        } = way.context.proxy.clone().unwrap_or_default();
        let label = format!("asking the proxy {proxy}");
        let (opened, time) = self
            .during(&label, through(&way.config, &via, way.url))
            .await;
        let (step, stream) = match opened {
            Ok(stream) => {
                let summary = format!("{proxy} ({origin})");
                (Step::ok(Name::Proxy, summary), Proxied::Through(stream))
            }
            Err(failure) => {
                let broken = diagnosis::proxy(&way.context, &failure);
                (Step::fail(Name::Proxy, broken), Proxied::Broken)
            }
        };
        way.steps.push(
            step.took(time)
                .fact("url", proxy)
                .fact("origin", origin.to_string())
                .fact("has_password", via.has_password()),
        );
        stream
    }
}

/// Connects to the proxy, and for https through it. A plain request has no tunnel: the proxy answers it itself.
async fn through(
    config: &HttpConfig,
    via: &Via,
    url: &Url,
) -> Result<Option<Box<dyn Stream>>, ProxyFailure> {
    let place = resolve(&via.url)
        .await
        .map_err(|failure| ProxyFailure::Name(connect_failure(&failure)))?;
    let mut last = Failure::Unreachable;
    let mut open = None;
    for knock in connect(&place.addresses).await {
        match knock.outcome {
            Ok(stream) => {
                open.get_or_insert(stream);
            }
            Err(failure) => last = failure,
        }
    }
    let stream = open.ok_or_else(|| ProxyFailure::Closed(connect_failure(&last)))?;
    if url.scheme() != "https" {
        return Ok(Some(Box::new(stream)));
    }
    let tunnel = open_tunnel(config, via, stream, url).await;
    tunnel
        .map(Some)
        .map_err(|trouble| ProxyFailure::Tunnel(tunnel_failure(trouble)))
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

/// No proxy: because none is named, or because this host is excepted.
fn straight(proxies: &Proxies, url: &Url) -> Step {
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
    let exception = proxies
        .no_proxy
        .as_ref()
        .map_or_else(String::new, |list| list.origin.to_string());
    Step::ok(
        Name::Proxy,
        format!("none: {exception} excepts this host from {proxy} ({origin})"),
    )
    .fact(
        "no_proxy",
        proxies.no_proxy.as_ref().map(|list| list.value.clone()),
    )
}
