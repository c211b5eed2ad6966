//! The native transport: HTTP/1.1 by reqwest, TLS by rustls, on a tokio runtime.
//!
//! Each request has a client and a connection of its own, so that no connection is made under another certificate than that
//! of its request. TLS is set up for https only: it loads the root certificates, which a request over http on loopback need
//! not pay for.

mod failure;
mod identity;
mod resolver;
mod timer;
pub mod tls;

pub use timer::TokioTimer;

use super::{
    AddressPolicy, Method, Request, Response, Rules, SetupError, Transport, TransportError,
};
use crate::http_config::HttpConfig;
use crate::timer::BoxFuture;
use failure::failure;
use resolver::PolicyResolver;
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
        let client = self.client(&request.url, rules)?;
        let url = request.url.clone();
        let builder = match request.method {
            Method::Get => client.get(url),
            Method::Post => client.post(url).body(request.body.to_vec()),
        };
        let left = rules.deadline.saturating_duration_since(Instant::now());
        let builder = builder.headers(request.headers.clone()).timeout(left);
        let presented = rules.certificate.is_some();
        let failed = |error: reqwest::Error| failure(&error.without_url(), presented);
        let mut response = builder.send().await.map_err(failed)?;
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
            peer: peer.filter(|_| !self.config.proxies.any()),
        })
    }

    fn client(&self, url: &Url, rules: &Rules) -> Result<reqwest::Client, TransportError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls(url, rules)?)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("jeton/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIME)
            .no_proxy();
        let proxies = &self.config.proxies;
        let except = proxies
            .no_proxy
            .as_deref()
            .and_then(reqwest::NoProxy::from_string);
        type MakeProxy = fn(&str) -> reqwest::Result<reqwest::Proxy>;
        let makers: [(&Option<String>, MakeProxy); 2] = [
            (&proxies.https, |url| reqwest::Proxy::https(url)),
            (&proxies.http, |url| reqwest::Proxy::http(url)),
        ];
        for (proxy, make) in makers {
            let Some(proxy) = proxy else { continue };
            let proxy =
                make(proxy).map_err(|_| SetupError::new("the proxy's address is not a URL"))?;
            builder = builder.proxy(proxy.no_proxy(except.clone()));
        }
        // A proxy resolves the name by itself.
        if rules.addresses == AddressPolicy::PublicOnly && !proxies.any() {
            builder = builder.dns_resolver(Arc::new(PolicyResolver(rules.addresses)));
        }
        builder.build().map_err(|error| {
            SetupError::new(format!("the HTTP client cannot be made: {error}")).into()
        })
    }

    fn tls(&self, url: &Url, rules: &Rules) -> Result<rustls::ClientConfig, TransportError> {
        let proxy_with_tls = |proxy: &String| proxy.starts_with("https:");
        let ca_file = self.config.ca_file.as_deref();
        let http_proxy = self.config.proxies.http.as_ref();
        if url.scheme() == "https" || http_proxy.is_some_and(proxy_with_tls) {
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
