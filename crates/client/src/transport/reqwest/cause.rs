//! A second look where there was no connection: at the proxy, and at what else may listen on the port. It sends nothing of the
//! request, and no credential but that of the proxy.

use super::failure::words;
use super::proxy::HttpProxy;
use super::{other_protocol, tls};
use crate::http_config::HttpConfig;
use crate::transport::{NetworkKind, ProxyFailure, TransportError};
use rustls::pki_types::ServerName;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout_at;
use tokio_rustls::TlsConnector;
use url::Url;
use zeroize::Zeroizing;

/// The look takes no longer.
pub(super) const LONGEST: Duration = Duration::from_secs(1);

/// No more is read of the head of a response.
const MAX_HEAD: u64 = 16 * 1024;

/// Where a request went.
pub(super) struct Route<'a> {
    pub(super) config: &'a HttpConfig,
    pub(super) url: &'a Url,
    pub(super) proxy: Option<&'a HttpProxy>,
    /// Of the proxy, or of the host where there is none.
    pub(super) addresses: Vec<SocketAddr>,
}

/// What the failure of a connection comes from, as far as a look shows it; else the failure itself.
pub(super) async fn cause(
    route: &Route<'_>,
    failed: TransportError,
    deadline: Instant,
) -> TransportError {
    let until = deadline.min(Instant::now() + LONGEST);
    let found = match route.proxy {
        Some(proxy) if may_be_of_the_proxy(&failed, proxy) => of_proxy(route, proxy, until).await,
        Some(_) => None,
        None => of_port(route, &failed, until).await,
    };
    found.unwrap_or(failed)
}

/// A certificate is that of the server, unless the proxy is spoken to over TLS too.
fn may_be_of_the_proxy(failed: &TransportError, proxy: &HttpProxy) -> bool {
    match failed {
        TransportError::Network { kind, .. } => match kind {
            NetworkKind::Connect | NetworkKind::Timeout | NetworkKind::Broken => true,
            NetworkKind::Untrusted(_)
            | NetworkKind::Tls
            | NetworkKind::TlsRejected
            | NetworkKind::NotTls => proxy.url.scheme() == "https",
            NetworkKind::Dns(_)
            | NetworkKind::Proxy(_)
            | NetworkKind::SpeaksTls
            | NetworkKind::CertificateWanted
            | NetworkKind::CertificateRefused => false,
        },
        _ => false,
    }
}

/// Another protocol than that of the URL.
async fn of_port(
    route: &Route<'_>,
    failed: &TransportError,
    until: Instant,
) -> Option<TransportError> {
    let address = *route.addresses.first()?;
    let other = |kind, cause: &str| {
        let cause = cause.to_owned();
        Some(TransportError::Network { kind, cause })
    };
    match (route.url.scheme(), failed) {
        (
            "https",
            TransportError::Network {
                kind: NetworkKind::Connect | NetworkKind::Broken,
                ..
            },
        ) if other_protocol::speaks_http(address, until).await => other(
            NetworkKind::NotTls,
            "the server speaks plain HTTP on this port",
        ),
        (
            "http",
            TransportError::NotHttp(_)
            | TransportError::Network {
                kind: NetworkKind::Broken,
                ..
            },
        ) if other_protocol::speaks_tls(address, until).await => {
            other(NetworkKind::SpeaksTls, "the server speaks TLS on this port")
        }
        _ => None,
    }
}

/// Asks the proxy once more for a tunnel, and says why it opens none; `None` where it opens one.
async fn of_proxy(route: &Route<'_>, proxy: &HttpProxy, until: Instant) -> Option<TransportError> {
    let asked = timeout_at(until.into(), ask(route, proxy)).await;
    let (failure, cause) = match asked {
        Ok(Ok(())) => return None,
        Ok(Err(failed)) => failed,
        Err(_) => {
            let cause = "it does not answer a CONNECT request".to_owned();
            (ProxyFailure::Silent, cause)
        }
    };
    Some(TransportError::Proxy {
        failure,
        proxy: proxy.place(),
        cause,
    })
}

type Refusal = (ProxyFailure, String);

async fn ask(route: &Route<'_>, proxy: &HttpProxy) -> Result<(), Refusal> {
    let stream = TcpStream::connect(route.addresses.as_slice()).await;
    let mut stream = stream.map_err(|error| (ProxyFailure::Connect, words(&error)))?;
    let target = target(route.url);
    let head = if proxy.url.scheme() == "https" {
        let distrusted = |error: String| (ProxyFailure::Tls, error);
        let config = tls::platform(route.config.ca_file.as_deref(), None)
            .map_err(|error| distrusted(error.to_string()))?;
        let host = proxy.url.host_str().unwrap_or_default();
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|error| distrusted(error.to_string()))?;
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
        let mut stream = connecting
            .await
            .map_err(|error| distrusted(tls::words_of(&error)))?;
        connect_request(&mut stream, proxy, &target).await
    } else {
        connect_request(&mut stream, proxy, &target).await
    };
    let head = head.map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => (
            ProxyFailure::NotHttp,
            "it closed the connection without an answer".to_owned(),
        ),
        _ => (ProxyFailure::Connect, words(&error)),
    })?;
    match status(&head) {
        Some(200..=299) => Ok(()),
        Some(407) => Err((
            ProxyFailure::Credentials,
            format!("HTTP 407 for CONNECT {target}"),
        )),
        Some(status) => Err((
            ProxyFailure::Refused(status),
            format!("HTTP {status} for CONNECT {target}"),
        )),
        None => Err((
            ProxyFailure::NotHttp,
            "its answer to a CONNECT request is not HTTP".to_owned(),
        )),
    }
}

fn target(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("{host}:{}", url.port_or_known_default().unwrap_or(443))
}

/// Sends the request (RFC 9110 9.3.6), and reads the first line of the response.
async fn connect_request(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    proxy: &HttpProxy,
    target: &str,
) -> Result<Vec<u8>, Error> {
    let authorization = proxy
        .authorization()
        .map_or_else(Zeroizing::default, |value| {
            Zeroizing::new(format!("Proxy-Authorization: {value}\r\n"))
        });
    let request = Zeroizing::new(format!(
        "CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{}\r\n",
        authorization.as_str()
    ));
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut line = Vec::new();
    let mut bounded = stream.take(MAX_HEAD);
    while !line.ends_with(b"\n") {
        match bounded.read_u8().await {
            Ok(byte) => line.push(byte),
            Err(error) if line.is_empty() => return Err(error),
            Err(_) => break,
        }
    }
    Ok(line)
}

/// The status of a response of HTTP/1 (RFC 9112 4).
fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.trim_end().splitn(3, ' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    let digits = words.next().filter(|word| word.len() == 3)?;
    digits.parse().ok().filter(|status| *status >= 100)
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn first_lines_of_responses() {
        assert_eq!(
            status(b"HTTP/1.1 200 Connection established\r\n"),
            Some(200)
        );
        assert_eq!(status(b"HTTP/1.0 407\r\n"), Some(407));
        for other in [
            &b"220 mail ESMTP\r\n"[..],
            b"HTTP/1.1 x\r\n",
            b"HTTP/1.1 20 x",
            b"HTTP/1.1 020 x",
            b"\xff",
        ] {
            assert_eq!(status(other), None, "{other:?}");
        }
    }
}
