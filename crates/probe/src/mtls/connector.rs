//! Opens connections to one server, through the proxy where there is one, within the time for the whole probe.

use super::target::Target;
use super::{STEP, WHOLE};
use crate::path::{NoTunnel, connect, open_tunnel, resolve};
use crate::stream::Stream;
use crate::tls::TlsFailure;
use jeton_client::{
    ClientError, Clock, HttpConfig, HttpProxy, NetworkKind, ProxyFailure, proxy_for,
};
use jeton_inspect::evidence::{ConnectFailure, HandshakeFailure};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use url::Url;

/// How long the steps of the first connection took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Resolving the name; `None` for an address.
    pub dns: Option<Duration>,
    /// Connecting.
    pub tcp: Duration,
    /// Opening the tunnel through the proxy.
    pub proxy: Option<Duration>,
    /// The handshake.
    pub tls: Option<Duration>,
}

/// Opens connections to one server.
pub(super) struct Connector<'a> {
    target: &'a Target,
    http: &'a HttpConfig,
    proxy: Option<HttpProxy>,
    clock: &'a dyn Clock,
    end: Instant,
    /// The address that the first connection went to. Later ones go there too, so that one server is reported.
    address: Option<SocketAddr>,
}

impl<'a> Connector<'a> {
    pub(super) fn new(
        target: &'a Target,
        http: &'a HttpConfig,
        clock: &'a dyn Clock,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            target,
            http,
            proxy: proxy_for(http, &target.url)?,
            clock,
            end: clock.instant() + WHOLE,
            address: None,
        })
    }

    /// Where the connections go; `None` behind a proxy.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.address.filter(|_| self.proxy.is_none())
    }

    /// The proxy that connections go through.
    pub(super) fn proxy(&self) -> Option<&Url> {
        self.proxy.as_ref().map(|proxy| &proxy.url)
    }

    /// How long the next step may take.
    pub(super) fn step(&self) -> Duration {
        let left = self.end.saturating_duration_since(self.clock.instant());
        left.min(STEP)
    }

    pub(super) fn is_out_of_time(&self) -> bool {
        self.step().is_zero()
    }

    /// Host and port of the server.
    pub(super) fn authority(&self) -> String {
        self.target.authority()
    }

    /// A request without credentials, whose response ends the connection.
    pub(super) fn request(&self) -> String {
        format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nAccept: application/json, */*;q=0.5\r\nUser-Agent: jeton/{}\r\nConnection: close\r\n\r\n",
            self.target.path,
            self.target.authority(),
            env!("CARGO_PKG_VERSION"),
        )
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.instant()
    }

    /// A further connection.
    ///
    /// # Errors
    /// [`TlsFailure`]: it may fail where the first one did not.
    pub(super) async fn again(&mut self) -> Result<Box<dyn Stream>, TlsFailure> {
        if self.is_out_of_time() {
            return Err(TlsFailure::NoTime);
        }
        let opened = self.first().await;
        opened
            .map(|(stream, _)| stream)
            .map_err(|error| match error {
                ClientError::Network {
                    kind: NetworkKind::Timeout,
                    ..
                } => TlsFailure::Timeout,
                ClientError::Network { cause, .. } => TlsFailure::Broken(cause),
                other => TlsFailure::Broken(other.to_string()),
            })
    }

    /// The first connection, with what it took.
    ///
    /// # Errors
    /// [`ClientError::Network`].
    pub(super) async fn first(&mut self) -> Result<(Box<dyn Stream>, Timings), ClientError> {
        let host = self.proxy().unwrap_or(&self.target.url).clone();
        let mut timings = Timings::default();
        let addresses = match self.address {
            Some(known) => vec![known],
            None => {
                let begun = self.now();
                let place = resolve(self.http, &host).await;
                let place = place.map_err(|error| match &self.proxy {
                    Some(proxy) => {
                        of_proxy(proxy, ProxyFailure::Name(error.failure), error.message)
                    }
                    None => ClientError::Network {
                        kind: NetworkKind::Dns(error.failure),
                        host: authority(&host),
                        cause: error.message,
                    },
                })?;
                timings.dns = (!place.literal).then(|| self.now().duration_since(begun));
                self.permitted(place.addresses)?
            }
        };
        let begun = self.now();
        let stream = self.connect(&host, &addresses).await?;
        timings.tcp = self.now().duration_since(begun);
        let Some(proxy) = &self.proxy else {
            return Ok((Box::new(stream), timings));
        };
        let begun = self.now();
        let stream = open_tunnel(self.http, proxy, stream, &self.target.url).await;
        let stream = stream.map_err(|error| self.no_tunnel(proxy, error))?;
        timings.proxy = Some(self.now().duration_since(begun));
        Ok((stream, timings))
    }

    /// A public server must not lead into a private network (client requirement 10).
    fn permitted(&self, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, ClientError> {
        match self.proxy {
            None => {
                let Target {
                    addresses: policy,
                    host,
                    ..
                } = self.target;
                policy
                    .permitted(host, addresses)
                    .map_err(|error| ClientError::config(error.to_string()))
            }
            Some(_) => Ok(addresses),
        }
    }

    /// Connects to the first of the addresses that accepts.
    async fn connect(
        &mut self,
        host: &Url,
        addresses: &[SocketAddr],
    ) -> Result<TcpStream, ClientError> {
        let mut last = ConnectFailure::Other("there is no address".to_owned());
        for knock in connect(addresses).await {
            match knock.outcome {
                Ok(stream) => {
                    self.address = Some(knock.address);
                    // Small messages in both directions: collecting them only costs time.
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Err(failure) => last = failure,
            }
        }
        Err(match &self.proxy {
            Some(proxy) => {
                let failure = match last {
                    ConnectFailure::Timeout { .. } => ProxyFailure::Silent,
                    _ => ProxyFailure::Connect,
                };
                of_proxy(proxy, failure, last.to_string())
            }
            None => network(host, NetworkKind::Connect, &last),
        })
    }

    fn no_tunnel(&self, proxy: &HttpProxy, error: NoTunnel) -> ClientError {
        let asked = format!("CONNECT {}", self.authority());
        let (failure, why) = match error {
            NoTunnel::Config(error) => return error,
            NoTunnel::Status { status: 407, .. } => {
                (ProxyFailure::Credentials, format!("HTTP 407 for {asked}"))
            }
            NoTunnel::Status { status, .. } => (
                ProxyFailure::Refused(status),
                format!("HTTP {status} for {asked}"),
            ),
            NoTunnel::NotHttp => (
                ProxyFailure::NotHttp,
                "its answer to a CONNECT request is not HTTP".to_owned(),
            ),
            NoTunnel::Silent => (
                ProxyFailure::Silent,
                "it does not answer a CONNECT request".to_owned(),
            ),
            NoTunnel::Tls(HandshakeFailure::Certificate(_, words)) => (ProxyFailure::Tls, words),
            NoTunnel::Tls(_) => (ProxyFailure::Tls, "the TLS handshake failed".to_owned()),
        };
        of_proxy(proxy, failure, why)
    }
}

fn of_proxy(proxy: &HttpProxy, failure: ProxyFailure, cause: String) -> ClientError {
    ClientError::Network {
        kind: NetworkKind::Proxy(failure),
        host: proxy.place(),
        cause,
    }
}

fn network(url: &Url, kind: NetworkKind, failure: &ConnectFailure) -> ClientError {
    ClientError::Network {
        kind: match failure {
            ConnectFailure::Timeout { .. } => NetworkKind::Timeout,
            _ => kind,
        },
        host: authority(url),
        cause: failure.to_string(),
    }
}

fn authority(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or(443);
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
