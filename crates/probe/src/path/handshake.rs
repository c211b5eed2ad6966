//! A TLS handshake as the HTTP client makes it, with everything that the other side sent.

use super::LONGEST;
use super::connect;
use crate::stream::Stream;
use crate::tls::{Recorder, names};
use jeton_client::{ClientError, HttpConfig, other_protocol, tls};
use jeton_inspect::evidence::{Distrust, HandshakeFailure};
use rustls::Error;
use rustls::pki_types::ServerName;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::AsyncWriteExt as _;
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
    let name = ServerName::try_from(name.to_owned()).map_err(|_| {
        ClientError::config(format!(
            "{name} is not a kind of name that a certificate has"
        ))
    })?;
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
    let found = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match found {
        Some(Error::InvalidCertificate(why)) => {
            HandshakeFailure::Certificate(distrust(tls::distrust(why)), tls::words(why))
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

/// What is wrong with a certificate, as evidence.
#[must_use]
pub const fn distrust(found: jeton_client::Distrust) -> Distrust {
    use jeton_client::Distrust as Found;
    match found {
        Found::Expired => Distrust::Expired,
        Found::NotYetValid => Distrust::NotYetValid,
        Found::UnknownIssuer => Distrust::UnknownIssuer,
        Found::OtherKey => Distrust::OtherKey,
        Found::OtherName => Distrust::OtherName,
        Found::Revoked => Distrust::Revoked,
        Found::Other => Distrust::Other,
    }
}

/// Whether what listens at an address responds to a request over plain HTTP, within five seconds.
pub async fn speaks_http(address: SocketAddr) -> bool {
    other_protocol::speaks_http(address, Instant::now() + LONGEST).await
}
