//! A way through a proxy (RFC 9110 9.3.6).

use super::handshake::{Refusal, shake};
use super::route::Via;
use super::{LONGEST, Stream};
use jeton_client::ClientError;
use jeton_client::HttpConfig;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

/// No head of an answer is longer.
const LONGEST_HEAD: usize = 16 * 1024;

/// Why a proxy opens no way.
#[derive(Debug)]
pub enum NoTunnel {
    /// It answered, with anything but success.
    Status {
        /// The HTTP status: 407 asks for a name and password.
        status: u16,
        /// `Content-Type`: foreign text.
        kind: Option<String>,
        /// `Server` or `Via`: foreign text.
        server: Option<String>,
    },
    /// What came is no HTTP.
    NotHttp,
    /// It closed the connection, or said nothing in time.
    Silent,
    /// It is to be spoken to over TLS, and that failed.
    Tls(Refusal),
    /// TLS cannot be set up at all.
    Config(ClientError),
}

/// Asks the proxy at the other end of `stream` for a connection to the host of `target`.
///
/// # Errors
/// [`NoTunnel`] where it gives none.
pub async fn open_tunnel(
    config: &HttpConfig,
    via: &Via,
    stream: TcpStream,
    target: &Url,
) -> Result<Box<dyn Stream>, NoTunnel> {
    let mut stream: Box<dyn Stream> = if via.url.scheme() == "https" {
        let (handshake, stream) = shake(config, &via.url, Box::new(stream))
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
    let head = timeout(LONGEST, ask(&mut stream, via, target)).await;
    let head = head
        .map_err(|_| NoTunnel::Silent)?
        .map_err(|_| NoTunnel::Silent)?;
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.split("\r\n");
    let status = lines
        .next()
        .filter(|line| line.starts_with("HTTP/1."))
        .and_then(|line| line.split(' ').nth(1)?.parse::<u16>().ok());
    let Some(status) = status else {
        return Err(if head.is_empty() {
            NoTunnel::Silent
        } else {
            NoTunnel::NotHttp
        });
    };
    if (200..300).contains(&status) {
        return Ok(stream);
    }
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |wanted: &str| {
        let found = headers.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| (*value).to_owned())
    };
    Err(NoTunnel::Status {
        status,
        kind: header("content-type"),
        server: header("server").or_else(|| header("via")),
    })
}

/// Sends the request and reads up to the end of the answer's head.
async fn ask(
    stream: &mut Box<dyn Stream>,
    via: &Via,
    target: &Url,
) -> Result<Vec<u8>, std::io::Error> {
    let port = target.port_or_known_default().unwrap_or(443);
    let host = target.host_str().unwrap_or_default();
    let mut request = zeroize::Zeroizing::new(format!(
        "CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n"
    ));
    if let Some(authorization) = &via.authorization {
        request.push_str("Proxy-Authorization: ");
        request.push_str(authorization);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut head = Vec::new();
    // One at a time: what follows the head belongs to the server behind the proxy.
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
    }
    Ok(head)
}
