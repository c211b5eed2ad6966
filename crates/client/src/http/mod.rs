//! The HTTP client: made when it is needed, no redirects, bounded bodies, bounded time.

mod about_certificates;
mod guard;
mod identity;
pub mod tls;
mod watch;

pub use about_certificates::Meaning;
pub use guard::is_private;
pub(crate) use guard::names_private;
pub(crate) use identity::Identity;
pub use watch::{Exchange, Watcher};

use crate::error::{ClientError, NetworkKind};
use guard::GuardedResolver;
use reqwest::header::HeaderMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use zeroize::Zeroizing;

/// No answer is read beyond this (1 MiB).
pub const MAX_BODY: usize = 1 << 20;

/// How connections are made.
#[derive(Debug, Clone, Default)]
pub struct HttpConfig {
    /// Further certificate authorities in PEM, beside those of the platform.
    pub ca_file: Option<PathBuf>,
    /// `HTTPS_PROXY` and its kin.
    pub proxies: Proxies,
}

/// Proxies by the scheme of the request.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// For https URLs.
    pub https: Option<String>,
    /// For http URLs.
    pub http: Option<String>,
    /// Hosts that are reached without one, as `NO_PROXY` writes them.
    pub no_proxy: Option<String>,
}

impl Proxies {
    fn any(&self) -> bool {
        self.https.is_some() || self.http.is_some()
    }
}

/// Whether addresses of private networks may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Any address: the user has named the host.
    Anywhere,
    /// Public addresses alone: a public server has named the host (client requirement 10).
    PublicOnly,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Zeroizing<Vec<u8>>,
    /// Whether the peer is on a public address; `None` behind a proxy.
    pub(crate) public_peer: Option<bool>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Sends requests. A TLS configuration, which loads root certificates, is made for the first https URL only.
#[derive(Clone, Default)]
pub struct Http {
    config: HttpConfig,
    watcher: Option<Arc<Watcher>>,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Http {
    /// A client of this configuration; nothing is opened yet.
    #[must_use]
    pub const fn new(config: HttpConfig) -> Self {
        Self {
            config,
            watcher: None,
        }
    }

    /// The same, with every answer shown to `watcher`: for diagnosis, where the way matters as much as its end.
    #[must_use]
    pub fn watched(mut self, watcher: Arc<Watcher>) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// Documents are public: no certificate is presented for them.
    pub(crate) async fn get(
        &self,
        url: &Url,
        accept: &'static str,
        reach: Reach,
        limit: Duration,
    ) -> Result<Answer, ClientError> {
        let client = self.client(url, reach, None)?;
        let request = client
            .get(url.clone())
            .header("accept", accept)
            .timeout(limit);
        let answer = self.send(url, request, false).await?;
        self.show(Exchange::document(url, &answer));
        Ok(answer)
    }

    /// With an identity, the server sees it where it asks for a certificate. Each request has a connection of its own, so
    /// that none is made under another identity than that of its request.
    pub(crate) async fn post(
        &self,
        url: &Url,
        headers: HeaderMap,
        body: &Zeroizing<String>,
        (reach, identity): (Reach, Option<&Identity>),
        limit: Duration,
    ) -> Result<Answer, ClientError> {
        let client = self.client(url, reach, identity)?;
        let request = client
            .post(url.clone())
            .headers(headers)
            .body(body.as_bytes().to_vec())
            .timeout(limit);
        let answer = self.send(url, request, identity.is_some()).await?;
        self.show(Exchange::sealed(url, &answer));
        Ok(answer)
    }

    fn show(&self, exchange: Exchange<'_>) {
        if let Some(watcher) = &self.watcher {
            watcher(&exchange);
        }
    }

    async fn send(
        &self,
        url: &Url,
        request: reqwest::RequestBuilder,
        presented: bool,
    ) -> Result<Answer, ClientError> {
        let failed = |error: reqwest::Error| failure(url, &error.without_url(), presented);
        let mut response = request.send().await.map_err(failed)?;
        let public_peer = response
            .remote_addr()
            .filter(|_| !self.config.proxies.any())
            .map(|peer| !is_private(peer.ip()));
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(ClientError::Server {
                    what: "the answer",
                    status: Some(response.status().as_u16()).filter(|status| *status < 500),
                    reason: "it is larger than 1 MiB".to_owned(),
                    excerpt: None,
                    retry_after: None,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
            public_peer,
        })
    }

    fn client(
        &self,
        url: &Url,
        reach: Reach,
        identity: Option<&Identity>,
    ) -> Result<reqwest::Client, ClientError> {
        reach.check(url)?;
        let proxy_with_tls = |proxy: &String| proxy.starts_with("https:");
        let tls = if url.scheme() == "https"
            || self
                .config
                .proxies
                .http
                .as_ref()
                .is_some_and(proxy_with_tls)
        {
            tls::platform(self.config.ca_file.as_deref(), identity)?
        } else {
            if let Some(ca_file) = &self.config.ca_file {
                tls::check(ca_file)?;
            }
            tls::none()?
        };
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("jeton/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(5))
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
                make(proxy).map_err(|_| ClientError::config("the proxy's address is not a URL"))?;
            builder = builder.proxy(proxy.no_proxy(except.clone()));
        }
        if reach == Reach::PublicOnly && !proxies.any() {
            builder = builder.dns_resolver(Arc::new(GuardedResolver));
        }
        builder.build().map_err(|error| {
            ClientError::config(format!("the HTTP client cannot be made: {error}"))
        })
    }
}

/// Sorts a failure by the step at which it happened, in the words of its innermost cause.
fn failure(url: &Url, error: &reqwest::Error, presented: bool) -> ClientError {
    let cause = innermost(error);
    if is_no_http(error) {
        return ClientError::Server {
            what: "the answer",
            status: None,
            reason: format!("{} does not speak HTTP ({cause})", host_of(url)),
            excerpt: None,
            retry_after: None,
        };
    }
    let tls = cause.downcast_ref::<rustls::Error>();
    let kind = if tls.is_some_and(|error| is_about_our_certificate(error, presented)) {
        if presented {
            NetworkKind::CertificateRefused
        } else {
            NetworkKind::CertificateWanted
        }
    } else if tls.is_some() {
        NetworkKind::Tls
    } else if error.is_timeout() {
        NetworkKind::Timeout
    } else if error.is_dns() {
        NetworkKind::Dns
    } else if error.is_connect() {
        NetworkKind::Connect
    } else {
        NetworkKind::Broken
    };
    ClientError::Network {
        kind,
        host: host_of(url),
        cause: cause.to_string(),
    }
}

/// Whether this is how a server objects to what we presented, or to our presenting nothing (RFC 8446 section 6.2). In TLS 1.2
/// some say `handshake_failure` instead, which means other things too. A signature that does not verify is that of the
/// certificate, where one was presented: as when a self-signed one was renewed under its old name.
const fn is_about_our_certificate(error: &rustls::Error, presented: bool) -> bool {
    use rustls::AlertDescription as Alert;
    if let rustls::Error::AlertReceived(Alert::DecryptError) = error {
        return presented;
    }
    matches!(
        error,
        rustls::Error::AlertReceived(
            Alert::CertificateRequired
                | Alert::NoCertificate
                | Alert::BadCertificate
                | Alert::UnsupportedCertificate
                | Alert::CertificateRevoked
                | Alert::CertificateExpired
                | Alert::CertificateUnknown
                | Alert::UnknownCA
                | Alert::AccessDenied
        )
    )
}

/// Whether something was answered that is no HTTP: the connection is sound, and another attempt would bring the same.
fn is_no_http(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

/// The end of a chain of causes. An I/O error passes over the error that it wraps when it is asked for its source, and
/// TLS libraries wrap theirs more than once.
fn innermost<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> &'a (dyn std::error::Error + 'static) {
    if error.is::<rustls::Error>() {
        return error;
    }
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
        .map(|wrapped| wrapped as &'a (dyn std::error::Error + 'static));
    wrapped.or_else(|| error.source()).map_or(error, innermost)
}

/// Host and port, as a person would look for them.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::innermost;
    use std::io;

    /// The shape in which a certificate that is not trusted arrives.
    #[test]
    fn a_cause_is_found_in_errors_within_errors() {
        let certificate = rustls::CertificateError::UnknownIssuer;
        let error = io::Error::other(io::Error::other(rustls::Error::from(certificate)));
        assert!(innermost(&error).is::<rustls::Error>());
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert_eq!(innermost(&refused).to_string(), "connection refused");
    }
}
