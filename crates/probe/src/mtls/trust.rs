//! Whether this machine trusts a server: the real check, and a recorder around it for connections that only look.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::{Arc, Mutex, PoisonError};

/// What the check says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// As every connection of jeton would trust it.
    Trusted,
    /// By an issuer that is not known here, or over a certificate that the server does not send.
    UnknownIssuer,
    /// Known, and over its time or before it.
    OutsideItsTime,
    /// Known, and for another host.
    OtherName,
    /// The library's words.
    Refused(String),
}

impl Trust {
    /// A word for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::UnknownIssuer => "unknown_issuer",
            Self::OutsideItsTime => "outside_its_time",
            Self::OtherName => "other_name",
            Self::Refused(_) => "refused",
        }
    }

    fn of(verdict: Result<ServerCertVerified, Error>) -> Self {
        match verdict {
            Ok(_) => Self::Trusted,
            Err(Error::InvalidCertificate(error)) => match error {
                CertificateError::UnknownIssuer => Self::UnknownIssuer,
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. } => Self::OutsideItsTime,
                CertificateError::NotValidForName
                | CertificateError::NotValidForNameContext { .. } => Self::OtherName,
                other => Self::Refused(other.to_string()),
            },
            Err(other) => Self::Refused(other.to_string()),
        }
    }
}

/// What a server showed.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) chain: Vec<Vec<u8>>,
    pub(super) staple: Vec<u8>,
    pub(super) trust: Trust,
}

/// Takes every chain, and writes down what the real check says of it. It is used for connections that carry neither a
/// client certificate nor data, and for nothing else.
#[derive(Debug)]
pub(super) struct Recorder {
    real: Arc<dyn ServerCertVerifier>,
    seen: Mutex<Option<Seen>>,
}

impl Recorder {
    pub(super) fn new(real: Arc<dyn ServerCertVerifier>) -> Self {
        Self {
            real,
            seen: Mutex::new(None),
        }
    }

    /// What was shown on the last connection.
    pub(super) fn take(&self) -> Option<Seen> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.take()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = self.real.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let own = std::iter::once(end_entity.to_vec());
        let seen = Seen {
            chain: own
                .chain(intermediates.iter().map(|der| der.to_vec()))
                .collect(),
            staple: ocsp_response.to_vec(),
            trust: Trust::of(verdict),
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.real.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.real.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.real.supported_verify_schemes()
    }
}
