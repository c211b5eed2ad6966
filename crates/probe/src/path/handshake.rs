//! A TLS handshake as the HTTP client makes it, with everything that the other side sent.

use super::LONGEST;
use super::connect;
use crate::stream::Stream;
use crate::tls::{Recorder, names};
use jeton_client::{ClientError, HttpConfig, tls};
use jeton_inspect::evidence::{Distrust, HandshakeFailure};
use rustls::pki_types::ServerName;
use rustls::{CertificateError, Error, OtherError};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

/// What was seen of a handshake.
#[derive(Debug)]
pub struct Handshake {
    /// `TLS 1.3`; `None` where the handshake failed.
    pub version: Option<String>,
    /// The cipher suite.
    pub cipher: Option<String>,
    /// The certificates that the server sent, its own first, in DER. They are here whether they are trusted or not.
    pub chain: Vec<Vec<u8>>,
    /// Whether the server is trusted.
    pub outcome: Result<(), HandshakeFailure>,
}

/// Makes a handshake with the host of `url` over an open connection, and closes it.
///
/// # Errors
/// [`ClientError::Config`] where TLS cannot be set up: no trusted certificates, a CA file that is none.
pub async fn handshake(
    config: &HttpConfig,
    url: &Url,
    stream: Box<dyn Stream>,
) -> Result<Handshake, ClientError> {
    let (handshake, stream) = secure(config, url, stream).await?;
    if let Some(mut stream) = stream {
        // The other side may be gone already, which changes nothing.
        let _ = timeout(LONGEST, stream.shutdown()).await;
    }
    Ok(handshake)
}

/// Makes the handshake, and keeps the connection where the server is trusted.
pub(super) async fn secure(
    config: &HttpConfig,
    url: &Url,
    stream: Box<dyn Stream>,
) -> Result<(Handshake, Option<Box<dyn Stream>>), ClientError> {
    let recorder = Recorder::enforcing(tls::verifier(config.ca_file.as_deref())?);
    let verifier = Arc::clone(&recorder) as _;
    let tls = tls::verified_by(verifier)?.with_no_client_auth();
    let name = url.host_str().unwrap_or_default();
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(name.to_owned())
        .map_err(|_| ClientError::config(format!("{name} is no name that a certificate has")))?;
    let connecting = TlsConnector::from(Arc::new(tls)).connect(name, stream);
    let result = timeout(LONGEST, connecting).await;
    let chain = recorder.take().map_or_else(Vec::new, |seen| seen.chain);
    let stream = match result.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into())) {
        Ok(stream) => stream,
        Err(error) => {
            let handshake = Handshake {
                version: None,
                cipher: None,
                chain,
                outcome: Err(failure(&error)),
            };
            return Ok((handshake, None));
        }
    };
    let session = stream.get_ref().1;
    let handshake = Handshake {
        version: session
            .protocol_version()
            .map(|version| names::version(version).to_owned()),
        cipher: session
            .negotiated_cipher_suite()
            .map(|suite| names::suite(suite.suite())),
        chain,
        outcome: Ok(()),
    };
    Ok((handshake, Some(Box::new(stream))))
}

fn failure(error: &std::io::Error) -> HandshakeFailure {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(why)) => {
            HandshakeFailure::Certificate(distrust(why), words(why))
        }
        Some(Error::InvalidMessage(_)) => HandshakeFailure::NotTls,
        Some(Error::AlertReceived(alert)) => HandshakeFailure::Alert(names::alert(*alert)),
        Some(other) => HandshakeFailure::Alert(other.to_string()),
        None => match error.kind() {
            ErrorKind::TimedOut => HandshakeFailure::Timeout,
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => HandshakeFailure::Closed,
            _ => HandshakeFailure::Other(connect::failure(error).to_string()),
        },
    }
}

fn words(error: &CertificateError) -> String {
    match error {
        CertificateError::Other(OtherError(inner)) => inner.to_string(),
        named => named.to_string(),
    }
}

fn distrust(error: &CertificateError) -> Distrust {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Distrust::NotYetValid
        }
        CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
        CertificateError::BadSignature => Distrust::OtherKey,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Distrust::OtherName
        }
        CertificateError::Revoked => Distrust::Revoked,
        _ => Distrust::Other,
    }
}

/// Whether what listens at an address responds to a request over plain HTTP, which asks for nothing and tells nothing.
pub async fn speaks_http(address: SocketAddr) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream
            .write_all(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .await?;
        let mut start = [0; 7];
        stream.read_exact(&mut start).await?;
        std::io::Result::Ok(start.starts_with(b"HTTP/1."))
    };
    matches!(timeout(LONGEST, asked).await, Ok(Ok(true)))
}
