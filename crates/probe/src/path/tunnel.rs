//! A tunnel through a proxy (RFC 9110 9.3.6).

use super::LONGEST;
use super::handshake::secure;
use crate::http_head::Head;
use crate::stream::Stream;
use jeton_client::{ClientError, HttpConfig, HttpProxy};
use jeton_inspect::evidence::HandshakeFailure;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

/// No more is read of the head of a response.
const MAX_HEAD: usize = 16 * 1024;

/// Why a proxy opens no tunnel.
#[derive(Debug)]
pub enum NoTunnel {
    /// It responded with another status than 2xx.
    Status {
        /// The HTTP status: 407 asks for a name and password.
        status: u16,
        /// `Content-Type`: foreign text.
        kind: Option<String>,
        /// `Server` or `Via`: foreign text.
        server: Option<String>,
    },
    /// It does not speak HTTP.
    NotHttp,
    /// It closed the connection, or did not respond in time.
    Silent,
    /// The connection to the proxy uses TLS, and the handshake failed.
    Tls(HandshakeFailure),
    /// TLS cannot be set up.
    Config(ClientError),
}

/// Asks the proxy at the other end of `stream` for a connection to the host of `target`.
///
/// # Errors
/// [`NoTunnel`] where it opens none.
pub async fn open_tunnel(
    config: &HttpConfig,
    proxy: &HttpProxy,
    stream: TcpStream,
    target: &Url,
) -> Result<Box<dyn Stream>, NoTunnel> {
    let mut stream: Box<dyn Stream> = if proxy.url.scheme() == "https" {
        let (handshake, stream) = secure(config, &proxy.url, Box::new(stream))
            .await
            .map_err(NoTunnel::Config)?;
        match (stream, handshake.outcome) {
            (Some(stream), _) => stream,
            (None, Err(refusal)) => return Err(NoTunnel::Tls(refusal)),
            (None, Ok(())) => return Err(NoTunnel::Silent),
        }
    } else {
        Box::new(stream)
    };
    let reply = timeout(LONGEST, request(&mut stream, proxy, target)).await;
    let reply = reply
        .map_err(|_| NoTunnel::Silent)?
        .map_err(|_| NoTunnel::Silent)?;
    opened(&reply).map(|()| stream)
}

/// Whether a proxy has opened a tunnel, by the head of its response to CONNECT.
///
/// # Errors
/// [`NoTunnel::Silent`] where there is no response, [`NoTunnel::NotHttp`], and [`NoTunnel::Status`] for any status but 2xx.
pub fn opened(reply: &[u8]) -> Result<(), NoTunnel> {
    if reply.is_empty() {
        return Err(NoTunnel::Silent);
    }
    let head = Head::read(reply).ok_or(NoTunnel::NotHttp)?;
    if (200..300).contains(&head.status) {
        return Ok(());
    }
    let header = |name: &str| head.header(name).map(str::to_owned);
    Err(NoTunnel::Status {
        status: head.status,
        kind: header("content-type"),
        server: header("server").or_else(|| header("via")),
    })
}

/// Sends the request, and reads up to the end of the response's head.
async fn request(
    stream: &mut Box<dyn Stream>,
    proxy: &HttpProxy,
    target: &Url,
) -> Result<Vec<u8>, std::io::Error> {
    let port = target.port_or_known_default().unwrap_or(443);
    let host = target.host_str().unwrap_or_default();
    let mut request = zeroize::Zeroizing::new(format!(
        "CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n"
    ));
    if let Some(authorization) = proxy.authorization() {
        request.push_str("Proxy-Authorization: ");
        request.push_str(authorization);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut head = Vec::new();
    // One at a time: what follows the head belongs to the server behind the proxy.
    while !head.ends_with(b"\r\n\r\n") && head.len() < MAX_HEAD {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
    }
    Ok(head)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use jeton_client::{Proxies, ProxySetting, proxy_for};
    use tokio::io::duplex;

    fn through(proxy: &str, target: &Url) -> HttpProxy {
        let config = HttpConfig {
            proxies: Proxies {
                https: Some(ProxySetting::new(proxy, "here")),
                ..Proxies::default()
            },
            ..HttpConfig::default()
        };
        proxy_for(&config, target).unwrap().unwrap()
    }

    #[tokio::test]
    async fn what_follows_the_head_is_left_to_the_server() {
        let target = "https://as.example/token".parse().unwrap();
        let proxy = through("http://x:y@proxy.example:3128", &target);
        let (ours, mut other) = duplex(4096);
        let reply = b"HTTP/1.1 200 Connection established\r\n\r\n";
        other.write_all(reply).await.unwrap();
        other.write_all(b"from the server").await.unwrap();
        let mut stream: Box<dyn Stream> = Box::new(ours);
        let head = request(&mut stream, &proxy, &target).await.unwrap();
        assert_eq!(head, reply);
        assert!(opened(&head).is_ok());
        let mut rest = [0; 15];
        stream.read_exact(&mut rest).await.unwrap();
        assert_eq!(&rest, b"from the server");
        let mut sent = vec![0; 512];
        let count = other.read(&mut sent).await.unwrap();
        let sent = String::from_utf8_lossy(&sent[..count]).into_owned();
        assert_eq!(
            sent,
            "CONNECT as.example:443 HTTP/1.1\r\nHost: as.example:443\r\nProxy-Authorization: Basic eDp5\r\n\r\n"
        );
    }

    #[tokio::test]
    async fn a_head_without_end_is_bounded() {
        let target = "https://as.example/token".parse().unwrap();
        let proxy = through("http://proxy.example:3128", &target);
        let (ours, mut other) = duplex(4 * MAX_HEAD);
        other.write_all(&vec![b'x'; 2 * MAX_HEAD]).await.unwrap();
        let mut stream: Box<dyn Stream> = Box::new(ours);
        let head = request(&mut stream, &proxy, &target).await.unwrap();
        assert_eq!(head.len(), MAX_HEAD);
    }

    #[test]
    fn replies_of_proxies() {
        assert!(opened(b"HTTP/1.0 204 x\r\n\r\n").is_ok());
        assert!(matches!(opened(b""), Err(NoTunnel::Silent)));
        assert!(matches!(opened(b"SSH-2.0\r\n"), Err(NoTunnel::NotHttp)));
        let refused = opened(b"HTTP/1.1 407 x\r\nContent-Type: text/html\r\nVia: squid\r\n\r\n");
        let Err(NoTunnel::Status {
            status,
            kind,
            server,
        }) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!(status, 407);
        assert_eq!(kind.as_deref(), Some("text/html"));
        assert_eq!(server.as_deref(), Some("squid"));
    }
}
