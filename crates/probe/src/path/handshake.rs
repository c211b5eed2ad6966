//! A TLS handshake as the HTTP client makes it, with everything that the other side showed.

use super::connect::Failure;
use super::{LONGEST, Stream};
use crate::names;
use jeton_client::ClientError;
use jeton_client::{HttpConfig, tls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

/// What was seen of a handshake.
#[derive(Debug)]
pub struct Handshake {
    /// `TLS 1.3`; `None` where it did not come so far.
    pub version: Option<String>,
    /// The cipher suite.
    pub cipher: Option<String>,
    /// The certificates that the server sent, its own first, in DER. They are shown whether they are trusted or not.
    pub chain: Vec<Vec<u8>>,
    /// Whether the server is trusted.
    pub outcome: Result<(), Refusal>,
}

/// Why there is no trusted connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The certificate is not trusted; with the words of the TLS library.
    Certificate(Distrust, String),
    /// The other side does not speak TLS.
    NotTls,
    /// It gave up: the name of its alert, or what it did wrong.
    Alert(String),
    /// It closed the connection.
    Closed,
    /// It said nothing in time.
    Timeout,
    /// Anything else.
    Other(String),
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// It has ended.
    Expired,
    /// It begins later.
    NotYetValid,
    /// Whoever issued it is not trusted here.
    UnknownIssuer,
    /// Whoever issued it has the name of somebody who is trusted, and another key.
    OtherKey,
    /// It is for another name.
    OtherName,
    /// It was taken back.
    Revoked,
    /// Anything else.
    Other,
}

/// Shakes hands with the host of `url` over an open connection, and closes it.
///
/// # Errors
/// [`ClientError::Config`] where TLS cannot be set up: no trusted certificates, a CA file that is none.
pub async fn handshake(
    config: &HttpConfig,
    url: &Url,
    stream: Box<dyn Stream>,
) -> Result<Handshake, ClientError> {
    let (handshake, stream) = shake(config, url, stream).await?;
    if let Some(mut stream) = stream {
        // The other side may be gone already, which changes nothing.
        let _ = timeout(LONGEST, stream.shutdown()).await;
    }
    Ok(handshake)
}

/// The same, with the connection where it is trusted.
pub(super) async fn shake(
    config: &HttpConfig,
    url: &Url,
    stream: Box<dyn Stream>,
) -> Result<(Handshake, Option<Box<dyn Stream>>), ClientError> {
    let chain = Arc::new(Mutex::new(Vec::new()));
    let shown = Arc::clone(&chain);
    let inner = tls::verifier(config.ca_file.as_deref())?;
    let tls = tls::verified_by(Arc::new(Showing { inner, shown }))?.with_no_client_auth();
    let name = url.host_str().unwrap_or_default();
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(name.to_owned())
        .map_err(|_| ClientError::config(format!("{name} is no name that a certificate has")))?;
    let connecting = TlsConnector::from(Arc::new(tls)).connect(name, stream);
    let result = timeout(LONGEST, connecting).await;
    let chain = std::mem::take(&mut *chain.lock().unwrap_or_else(PoisonError::into_inner));
    let failed = |refusal: Refusal| Handshake {
        version: None,
        cipher: None,
        chain,
        outcome: Err(refusal),
    };
    let stream = match result {
        Err(_) => return Ok((failed(Refusal::Timeout), None)),
        Ok(Err(error)) => return Ok((failed(refusal(&error)), None)),
        Ok(Ok(stream)) => stream,
    };
    let session = stream.get_ref().1;
    let handshake = Handshake {
        version: session
            .protocol_version()
            .map(|version| names::version(version).to_owned()),
        cipher: session
            .negotiated_cipher_suite()
            .map(|suite| names::suite(suite.suite())),
        chain: session
            .peer_certificates()
            .unwrap_or_default()
            .iter()
            .map(|certificate| certificate.to_vec())
            .collect(),
        outcome: Ok(()),
    };
    Ok((handshake, Some(Box::new(stream))))
}

fn refusal(error: &std::io::Error) -> Refusal {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(why)) => Refusal::Certificate(distrust(why), words(why)),
        Some(Error::InvalidMessage(_)) => Refusal::NotTls,
        Some(Error::AlertReceived(alert)) => Refusal::Alert(names::alert(*alert)),
        Some(other) => Refusal::Alert(other.to_string()),
        None => match error.kind() {
            std::io::ErrorKind::UnexpectedEof
            | std::io::ErrorKind::ConnectionReset
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::BrokenPipe => Refusal::Closed,
            _ => Refusal::Other(Failure::of(error).to_string()),
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

/// Whether what listens at an address answers a plain HTTP request. It is asked for nothing and told nothing.
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

/// The platform's verifier, which keeps what it was shown. It decides as before.
#[derive(Debug)]
struct Showing {
    inner: Arc<dyn ServerCertVerifier>,
    shown: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl ServerCertVerifier for Showing {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all = std::iter::once(end_entity).chain(intermediates);
        let all = all.map(|certificate| certificate.to_vec()).collect();
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = all;
        self.inner
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
