//! Whether this machine trusts a server.

use rustls::{CertificateError, Error};

/// What the platform's verifier says of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// As every connection of jeton would trust it.
    Trusted,
    /// By an issuer that is not known here, or over a certificate that the server does not send.
    UnknownIssuer,
    /// Of a known issuer, and expired or not yet valid.
    OutsideItsTime,
    /// Of a known issuer, and for another host.
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

    pub(super) fn of(verdict: Result<(), Error>) -> Self {
        match verdict {
            Ok(()) => Self::Trusted,
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
