//! TLS as the platform does it: certificates are always checked, and there is no switch that turns it off.

use super::identity;
use crate::transport::{Distrust, SetupError, TransportError};
use jeton_oauth::certificate::ClientCertificate;
use rustls::ClientConfig;
use rustls::client::WantsClientCert;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::{CertificateError, OtherError};
use rustls_platform_verifier::Verifier;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// No CA file is longer: 4 MiB hold some two thousand certificates, and a whole system has a few hundred.
const LONGEST_CA_FILE: usize = 4 * 1024 * 1024;

/// Trusts the certificates of the platform (on Linux also those that `SSL_CERT_FILE` names) and those of one's own file;
/// presents a certificate where there is one and the server asks for it.
pub(super) fn platform(
    ca_file: Option<&Path>,
    certificate: Option<&ClientCertificate>,
) -> Result<ClientConfig, TransportError> {
    let builder = verified_by(verifier(ca_file)?)?;
    Ok(match certificate {
        Some(certificate) => builder.with_client_cert_resolver(identity::resolver(certificate)?),
        None => builder.with_no_client_auth(),
    })
}

/// How TLS is set up for every request, up to the client's certificate: versions and cipher suites.
///
/// The verifier is that of [`verifier`], or one around it that refuses what it refuses.
///
/// # Errors
/// [`SetupError`] where the crypto library cannot do what is wanted.
pub fn verified_by(
    verifier: Arc<dyn ServerCertVerifier>,
) -> Result<rustls::ConfigBuilder<ClientConfig, WantsClientCert>, SetupError> {
    Ok(versions(Arc::new(aws_lc_rs::default_provider()))?
        .dangerous() // the verifier is the platform's own
        .with_custom_certificate_verifier(verifier))
}

/// Verifies certificates as the platform does; those in `ca_file` are trusted too.
///
/// # Errors
/// [`SetupError`] where the trusted certificates or the file cannot be read, and where others may change the file.
pub fn verifier(ca_file: Option<&Path>) -> Result<Arc<dyn ServerCertVerifier>, SetupError> {
    let extra = ca_file.map(read_certificates).transpose()?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    Verifier::new_with_extra_roots(extra.unwrap_or_default(), provider)
        .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
        .map_err(|error| {
            let reason = match error {
                // Such as a system without CA certificates, which is not what its prefix says: unexpected.
                rustls::Error::General(reason) => reason,
                other => other.to_string(),
            };
            SetupError::new(format!("the trusted certificates cannot be loaded: {reason}")).with_hint(
                "install the package ca-certificates, or name a file of certificates (PEM) with SSL_CERT_FILE or --ca-file",
            )
        })
}

/// The TLS error inside an error of I/O.
pub(super) fn of_io(error: &std::io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// A failed handshake in words.
pub(super) fn words_of(error: &std::io::Error) -> String {
    match of_io(error) {
        Some(rustls::Error::InvalidCertificate(why)) => words(why),
        Some(rustls::Error::InvalidMessage(_)) => "it does not speak TLS".to_owned(),
        Some(other) => other.to_string(),
        None => error.to_string(),
    }
}

/// What is wrong with a certificate.
#[must_use]
pub const fn distrust(error: &CertificateError) -> Distrust {
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

/// What is wrong with a certificate, in words: with dates that a person can read, and the names that it is for.
#[must_use]
pub fn words(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired => "the certificate has expired".to_owned(),
        CertificateError::ExpiredContext { not_after, .. } => {
            format!("the certificate expired on {}", date(*not_after))
        }
        CertificateError::NotValidYet => "the certificate is not valid yet".to_owned(),
        CertificateError::NotValidYetContext { not_before, .. } => {
            format!("the certificate is not valid before {}", date(*not_before))
        }
        CertificateError::UnknownIssuer => {
            "the certificate was issued by an authority that is not trusted here".to_owned()
        }
        CertificateError::BadSignature => {
            "the certificate is not signed by the key of the authority that it names".to_owned()
        }
        CertificateError::NotValidForName => "the certificate is for another name".to_owned(),
        CertificateError::NotValidForNameContext { presented, .. } => match names(presented) {
            names if names.is_empty() => "the certificate is for no name".to_owned(),
            names => format!("the certificate is for another name: {}", names.join(", ")),
        },
        CertificateError::Revoked => "the certificate was revoked".to_owned(),
        CertificateError::Other(OtherError(inner)) => inner.to_string(),
        other => other.to_string(),
    }
}

fn date(time: UnixTime) -> String {
    // The date format ends with the year 9999.
    let seconds = time.as_secs().min(253_402_300_799);
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// The first names of a certificate, which come as `DnsName("as.example")`, without what no name has in it.
fn names(presented: &[String]) -> Vec<String> {
    let inner = presented.iter().take(5).filter_map(|text| {
        let (_, rest) = text.split_once('(')?;
        let letters = rest.chars().filter(|letter| {
            letter.is_ascii_alphanumeric()
                || matches!(letter, '.' | '-' | '_' | '*' | ':' | '@' | '/')
        });
        Some(letters.take(253).collect::<String>())
    });
    inner.filter(|name| !name.is_empty()).collect()
}

/// That a file can be used, even where no TLS is needed: a wrong name should not wait for the day when it is.
pub(super) fn check(ca_file: &Path) -> Result<(), SetupError> {
    read_certificates(ca_file).map(drop)
}

/// For http on loopback, which never shakes hands: no roots, nothing loaded.
pub(super) fn none() -> Result<ClientConfig, SetupError> {
    Ok(versions(Arc::new(aws_lc_rs::default_provider()))?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth())
}

fn versions(
    provider: Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, SetupError> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SetupError::new(format!("TLS cannot be set up: {error}")))
}

fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, SetupError> {
    let failed = |why: String| {
        SetupError::new(format!("the CA file {} {why}", path.display()))
            .with_hint("it must hold one or more certificates in PEM (BEGIN CERTIFICATE)")
    };
    let content = jeton_files::read(path, LONGEST_CA_FILE)
        .map_err(|error| failed(format!("cannot be read: {error}")))?;
    content.access.require_trusted().map_err(|distrust| {
        SetupError::new(format!(
            "the CA file {} is not used: it {distrust}",
            path.display()
        ))
        .with_hint(distrust.remedy(path))
    })?;
    let certificates = CertificateDer::pem_slice_iter(&content.bytes)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| failed(format!("is malformed: {error}")))?;
    if certificates.is_empty() {
        return Err(failed("has no certificate".to_owned()));
    }
    Ok(certificates)
}
