//! The native transport: HTTP/1.1 by reqwest, TLS by rustls, on a tokio runtime.
//!
//! Each request has a client and a connection of its own, so that no connection is made under another certificate than that
//! of its request. TLS is set up for https only: it loads the root certificates, which a request over http on loopback need
//! not pay for.

mod cause;
mod failure;
mod identity;
pub mod other_protocol;
mod proxy;
mod resolver;
mod timer;
pub mod tls;

pub use proxy::{HttpProxy, proxy_for};
pub use timer::TokioTimer;

use super::{
    AddressPolicy, Method, ProxyFailure, Request, Response, Rules, SetupError, Transport,
    TransportError,
};
use crate::http_config::HttpConfig;
use crate::timer::BoxFuture;
use cause::{Route, cause};
use failure::failure;
use resolver::Known;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;
use zeroize::Zeroizing;

/// No connection is waited for longer.
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// Sends requests by reqwest.
#[derive(Debug, Clone, Default)]
pub struct ReqwestTransport {
    config: HttpConfig,
}

impl ReqwestTransport {
    /// A transport of this configuration; nothing is opened yet.
    #[must_use]
    pub const fn new(config: HttpConfig) -> Self {
        Self { config }
    }

    async fn exchange(&self, request: &Request, rules: &Rules) -> Result<Response, TransportError> {
        let proxy = proxy_for(&self.config, &request.url)?;
        // A proxy resolves the name of the host by itself, and its own address may be private.
        let (connected, policy) = match &proxy {
            Some(proxy) => (&proxy.url, AddressPolicy::Anywhere),
            None => (&request.url, rules.addresses),
        };
        let files = &self.config.name_files;
        let known = resolver::addresses(files, connected, policy, rules.deadline).await;
        let known = known.map_err(|error| match &proxy {
            Some(proxy) => TransportError::Proxy {
                failure: ProxyFailure::Name(error.failure),
                proxy: proxy.place(),
                cause: error.message,
            },
            None => error.into(),
        })?;
        let route = Route {
            config: &self.config,
            url: &request.url,
            proxy: proxy.as_ref(),
            addresses: known.sockets(connected),
        };
        let client = self.client(&request.url, rules, proxy.as_ref(), known)?;
        let url = request.url.clone();
        let builder = match request.method {
            Method::Get => client.get(url),
            Method::Post => client.post(url).body(request.body.to_vec()),
        };
        let left = rules.deadline.saturating_duration_since(Instant::now());
        // A proxy that keeps silent is told apart from a server that does, which takes a moment.
        let left = match proxy {
            Some(_) => left - cause::LONGEST.min(left / 4),
            None => left,
        };
        let builder = builder.headers(request.headers.clone()).timeout(left);
        let presented = rules.certificate.is_some();
        let failed = |error: reqwest::Error| failure(&error.without_url(), presented);
        let mut response = match builder.send().await {
            Ok(response) => response,
            Err(error) => return Err(cause(&route, failed(error), rules.deadline).await),
        };
        let status = response.status().as_u16();
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > rules.max_body {
                return Err(TransportError::TooLarge { status });
            }
            body.extend_from_slice(&chunk);
        }
        let peer = response.remote_addr().map(|peer| peer.ip());
        Ok(Response {
            status,
            headers: response.headers().clone(),
            body,
            peer: peer.filter(|_| proxy.is_none()),
        })
    }

    fn client(
        &self,
        url: &Url,
        rules: &Rules,
        proxy: Option<&HttpProxy>,
        known: Known,
    ) -> Result<reqwest::Client, TransportError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls(url, rules, proxy)?)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("jeton/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIME)
            .dns_resolver(Arc::new(known))
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(proxy.for_reqwest()?);
        }
        builder.build().map_err(|error| {
            SetupError::new(format!("the HTTP client cannot be made: {error}")).into()
        })
    }

    fn tls(
        &self,
        url: &Url,
        rules: &Rules,
        proxy: Option<&HttpProxy>,
    ) -> Result<rustls::ClientConfig, TransportError> {
        let ca_file = self.config.ca_file.as_deref();
        let proxy = proxy.map(|proxy| &proxy.url);
        if std::iter::once(url)
            .chain(proxy)
            .any(|url| url.scheme() == "https")
        {
            return tls::platform(ca_file, rules.certificate.as_deref());
        }
        if let Some(ca_file) = ca_file {
            tls::check(ca_file)?;
        }
        Ok(tls::none()?)
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        rules: &'a Rules,
    ) -> BoxFuture<'a, Result<Response, TransportError>> {
        Box::pin(self.exchange(request, rules))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::http_config::{NameFiles, Proxies, ProxySetting};
    use crate::transport::MAX_BODY;
    use http::HeaderMap;

    /// A proxy resolves the names of its requests; the others are resolved here, and checked: those that `NO_PROXY` excepts, and
    /// those of https where the proxy is for http.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn client_12_a_host_that_no_proxy_is_for_is_checked() {
        let folder = tempfile::tempdir().unwrap();
        let hosts = folder.path().join("hosts");
        std::fs::write(&hosts, "10.0.0.1 as.example\n").unwrap();
        let proxy = || Some(ProxySetting::new("http://127.0.0.1:9", "here"));
        let only_http = Proxies {
            http: proxy(),
            ..Proxies::default()
        };
        let excepted = Proxies {
            https: proxy(),
            no_proxy: Some("as.example".to_owned()),
            ..Proxies::default()
        };
        for proxies in [only_http, excepted] {
            let transport = ReqwestTransport::new(HttpConfig {
                proxies,
                name_files: NameFiles {
                    hosts: hosts.clone(),
                    ..NameFiles::default()
                },
                ..HttpConfig::default()
            });
            let request = Request {
                method: Method::Get,
                url: "https://as.example/".parse().unwrap(),
                headers: HeaderMap::new(),
                body: Zeroizing::default(),
            };
            let rules = Rules {
                addresses: AddressPolicy::PublicOnly,
                max_body: MAX_BODY,
                deadline: Instant::now() + CONNECT_TIME,
                certificate: None,
            };
            let failure = transport.send(&request, &rules).await.err().unwrap();
            assert!(failure.to_string().contains("private"), "{failure}");
        }
    }
}
