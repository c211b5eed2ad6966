//! Connections to the server: names, TCP, a proxy where there is one, and the time that is left.

use super::trouble::Trouble;
use super::{STEP, Target, WHOLE, Way};
use crate::clock::Clock;
use crate::error::{ClientError, NetworkKind};
use crate::http::{Reach, is_private};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Addresses of a name that are tried.
const ADDRESSES: usize = 4;
/// The answer of a proxy is not read beyond this.
const PROXY_ANSWER: usize = 8 * 1024;

/// How long the steps of the first connection took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// The name; `None` for an address.
    pub dns: Option<Duration>,
    /// The connection.
    pub tcp: Duration,
    /// The way through the proxy.
    pub proxy: Option<Duration>,
    /// The handshake.
    pub tls: Option<Duration>,
}

/// Makes connections to one server.
pub(super) struct Dialer<'a> {
    target: &'a Target,
    way: Way,
    clock: &'a dyn Clock,
    end: Instant,
    /// What answered the first time; later connections go there too, so that one server is told of.
    address: Option<SocketAddr>,
}

impl<'a> Dialer<'a> {
    pub(super) fn new(target: &'a Target, way: Way, clock: &'a dyn Clock) -> Self {
        Self {
            target,
            way,
            clock,
            end: clock.instant() + WHOLE,
            address: None,
        }
    }

    /// Where the connections go; none behind a proxy.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.address
            .filter(|_| !matches!(self.way, Way::Proxy { .. }))
    }

    pub(super) fn into_way(self) -> Way {
        self.way
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

    /// A request without credentials, whose answer ends the connection.
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
    /// [`Trouble`]: it may fail where the first one did not.
    pub(super) async fn again(&mut self) -> Result<TcpStream, Trouble> {
        if self.is_out_of_time() {
            return Err(Trouble::NoTime);
        }
        let dialed = self.first().await;
        dialed
            .map(|(stream, _)| stream)
            .map_err(|error| match error {
                ClientError::Network {
                    kind: NetworkKind::Timeout,
                    ..
                } => Trouble::Timeout,
                ClientError::Network { cause, .. } => Trouble::Broken(cause),
                other => Trouble::Broken(other.to_string()),
            })
    }

    /// The first connection, with what it took.
    ///
    /// # Errors
    /// [`ClientError::Network`].
    pub(super) async fn first(&mut self) -> Result<(TcpStream, Timings), ClientError> {
        let (host, port) = match &self.way {
            Way::Proxy { host, port, .. } => (host.clone(), *port),
            Way::Direct | Way::DirectInsteadOf(_) => (self.target.host.clone(), self.target.port),
        };
        let mut timings = Timings::default();
        let addresses = match (self.address, host.parse()) {
            (Some(known), _) => vec![known],
            (None, Ok(ip)) => vec![SocketAddr::new(ip, port)],
            (None, Err(_)) => {
                let begun = self.now();
                let found = self.resolve(&host, port).await?;
                timings.dns = Some(self.now().duration_since(begun));
                found
            }
        };
        let begun = self.now();
        let stream = self.connect(&host, port, &addresses).await?;
        timings.tcp = self.now().duration_since(begun);
        if let Way::Proxy { .. } = self.way {
            let begun = self.now();
            self.through(&stream).await?;
            timings.proxy = Some(self.now().duration_since(begun));
        }
        Ok((stream, timings))
    }

    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, ClientError> {
        let failed = |cause: String| network(NetworkKind::Dns, host, port, cause);
        let found = timeout(self.step(), tokio::net::lookup_host((host, port)))
            .await
            .map_err(|_| failed("no answer in time".to_owned()))?
            .map_err(|error| failed(error.to_string()))?;
        // A public server must not lead into a private network (client requirement 10).
        let public_only = self.target.reach == Reach::PublicOnly && self.way == Way::Direct;
        let found = found.filter(|address| !public_only || !is_private(address.ip()));
        let found: Vec<_> = found.take(ADDRESSES).collect();
        if found.is_empty() {
            return Err(failed(
                "it has no address that may be connected to".to_owned(),
            ));
        }
        Ok(found)
    }

    async fn connect(
        &mut self,
        host: &str,
        port: u16,
        addresses: &[SocketAddr],
    ) -> Result<TcpStream, ClientError> {
        let mut last = (NetworkKind::Connect, "no address".to_owned());
        for address in addresses {
            match timeout(self.step(), TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    self.address = Some(*address);
                    // Small messages back and forth: waiting for more of them only costs time.
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Ok(Err(error)) => last = (NetworkKind::Connect, error.to_string()),
                Err(_) => {
                    last = (
                        NetworkKind::Timeout,
                        format!("{address} takes no connection"),
                    );
                }
            }
        }
        Err(network(last.0, host, port, last.1))
    }

    /// RFC 9110 9.3.6.
    async fn through(&self, stream: &TcpStream) -> Result<(), ClientError> {
        let Way::Proxy { host, port, auth } = &self.way else {
            return Ok(());
        };
        let failed = |cause: String| network(NetworkKind::Connect, host, *port, cause);
        let authority = self.target.authority();
        let mut request =
            format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
        if let Some(auth) = auth {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(auth.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        let talk = async {
            write_all(stream, &request).await?;
            let mut answer = Vec::new();
            while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
                let mut buffer = [0; 1024];
                let read = read(stream, &mut buffer).await?;
                answer.extend_from_slice(&buffer[..read]);
                if read == 0 || answer.len() > PROXY_ANSWER {
                    break;
                }
            }
            Ok::<_, std::io::Error>(answer)
        };
        let answer = timeout(self.step(), talk)
            .await
            .map_err(|_| {
                network(
                    NetworkKind::Timeout,
                    host,
                    *port,
                    "the proxy does not answer".to_owned(),
                )
            })?
            .map_err(|error| failed(error.to_string()))?;
        let line = answer
            .split(|byte| *byte == b'\r')
            .next()
            .unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        match line.split(' ').nth(1) {
            Some(status) if line.starts_with("HTTP/1.") && status.starts_with('2') => Ok(()),
            Some(status) if line.starts_with("HTTP/1.") => {
                let status: String = status.chars().take(3).collect();
                Err(failed(format!(
                    "the proxy lets nobody through to {authority} (HTTP {status})"
                )))
            }
            _ => Err(failed("the proxy does not speak HTTP".to_owned())),
        }
    }
}

fn network(kind: NetworkKind, host: &str, port: u16, cause: String) -> ClientError {
    ClientError::Network {
        kind,
        host: format!("{host}:{port}"),
        cause,
    }
}

/// Writes everything; only `net` of tokio is needed for it.
pub(super) async fn write_all(stream: &TcpStream, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads what there is, and waits for the first byte of it; 0 at the end.
pub(super) async fn read(stream: &TcpStream, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        stream.readable().await?;
        match stream.try_read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            result => return result,
        }
    }
}
