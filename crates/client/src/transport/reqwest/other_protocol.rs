//! What a port speaks that does not speak what its URL says. Nothing is sent but a request for nothing, or the beginning of a
//! handshake.

use super::tls;
use rustls::pki_types::{IpAddr, ServerName};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout_at;
use tokio_rustls::TlsConnector;

/// Whether what listens at an address responds to a request over plain HTTP, which asks for nothing and tells nothing.
pub async fn speaks_http(address: SocketAddr, until: Instant) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream
            .write_all(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .await?;
        let mut start = [0; 7];
        stream.read_exact(&mut start).await?;
        std::io::Result::Ok(start.starts_with(b"HTTP/1."))
    };
    matches!(timeout_at(until.into(), asked).await, Ok(Ok(true)))
}

/// Whether what listens at an address answers the beginning of a TLS handshake, trusted or not.
pub async fn speaks_tls(address: SocketAddr, until: Instant) -> bool {
    let Ok(config) = tls::none() else {
        return false;
    };
    let name = ServerName::IpAddress(IpAddr::from(address.ip()));
    let asked = async {
        let stream = TcpStream::connect(address).await?;
        TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
    };
    match timeout_at(until.into(), asked).await {
        Ok(Ok(_)) => true,
        // A certificate that nobody trusts, and an alert, come in TLS.
        Ok(Err(error)) => matches!(
            tls::of_io(&error),
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::AlertReceived(_))
        ),
        Err(_) => false,
    }
}
