//! The client certificate of a profile (RFC 8705): its file read with the profile, its private key when a request needs it.
//!
//! The certificate is part of the key of the cache, so a warm call reads its file too; the private key it does not read,
//! unless the two stand in one file.

use crate::error::{Error, Result};
use crate::origin::Sourced;
use crate::profile::Profile;
use crate::secret_ref::{FetchedSecret, SecretRef};
use jeton_files::{Content, Privacy};
use jeton_oauth::certificate::{self, Certificate, CertificateError, ClientCertificate, Half};
use std::path::PathBuf;

/// As much as a certificate with those behind it and a key takes, in bytes.
const LIMIT: usize = 64 * 1024;

/// A certificate that is used, as its file was when the profile was opened. A file that is renewed meanwhile does not
/// change it: the token is asked for, bound and kept under one and the same certificate.
pub struct CertificateFile {
    place: Sourced<PathBuf>,
    key: Sourced<SecretRef>,
    content: Content,
    thumbprint: String,
}

impl CertificateFile {
    /// Reads the certificate that the profile uses, if it uses one.
    ///
    /// # Errors
    /// Exit 3 where the profile contradicts itself; exit 4 where the file cannot be read, or has no certificate.
    pub(crate) fn of(profile: &Profile) -> Result<Option<Self>> {
        profile.require_mtls()?;
        let mtls = &profile.mtls;
        let (Some(place), Some(key)) = (mtls.certificate(), mtls.key()) else {
            return Ok(None);
        };
        let content = read(place)?;
        let thumbprint =
            certificate::thumbprint(&content.bytes).map_err(|error| wrong(&error, place, &key))?;
        Ok(Some(Self {
            place: place.clone(),
            key,
            content,
            thumbprint,
        }))
    }

    /// `x5t#S256` of the certificate (RFC 8705 section 3.1).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Where the certificate is.
    #[must_use]
    pub const fn place(&self) -> &Sourced<PathBuf> {
        &self.place
    }

    /// What the certificate says.
    ///
    /// # Errors
    /// Exit 4 where it is no certificate after all.
    pub fn facts(&self) -> Result<Certificate> {
        certificate::read_first(&self.content.bytes)
            .map_err(|error| wrong(&error, &self.place, &self.key))
    }

    /// Where the private key is; `None` where it stands in the file of the certificate.
    pub fn own_key(&self) -> Option<&Sourced<SecretRef>> {
        let beside = matches!(&self.key.value, SecretRef::File(path) if *path == self.place.value);
        Some(&self.key).filter(|_| !beside)
    }

    /// What should be said about how the private key is kept that stands beside the certificate.
    pub fn warning(&self) -> Option<String> {
        match self.content.access.privacy() {
            Privacy::OpenToOthers(mode) if self.own_key().is_none() => Some(format!(
                "{} contains a private key and is readable by others (mode {mode}): chmod 600 {0}",
                self.place.value.display()
            )),
            _ => None,
        }
    }

    /// The certificate and its private key, which was fetched where it has a place of its own; whether they belong together
    /// is left open.
    ///
    /// # Errors
    /// Exit 4 where one of them cannot be read.
    pub fn and_key(&self, key: Option<&FetchedSecret>) -> Result<ClientCertificate> {
        let key = key.map(|fetched| fetched.text.as_bytes());
        ClientCertificate::from_pem(&self.content.bytes, key)
            .map_err(|error| wrong(&error, &self.place, &self.key))
    }

    /// The same, fit for a connection.
    ///
    /// # Errors
    /// Exit 4 where one of them cannot be used, and where they do not belong together.
    pub fn with_key(&self, key: Option<&FetchedSecret>) -> Result<ClientCertificate> {
        let certificate = self.and_key(key)?;
        match certificate.place_of_key() {
            Some(0) if certificate.facts().key.is_weak() => Err(Error::credential(format!(
                "the client certificate {} ({}) has a key that TLS does not take any more: {}",
                self.place.value.display(),
                self.place.origin,
                certificate.facts().key
            ))
            .hint("have a certificate issued for an RSA key of at least 2048 bits, or for P-256")),
            Some(0) => Ok(certificate),
            found => Err(self.mismatch(found)),
        }
    }

    fn mismatch(&self, found: Option<usize>) -> Error {
        let (cert, key) = (self.place.value.display(), &self.key);
        let error = Error::credential(format!(
            "the private key from {} ({}) is not that of the client certificate {cert} ({})",
            key.value, key.origin, self.place.origin
        ));
        if self.place.origin.is_environment() && !key.origin.is_environment() {
            return error
                .hint("the certificate is named in CC_MTLS_CERT: name its key in CC_MTLS_KEY");
        }
        match found {
            Some(at) => error.hint(format!(
                "it belongs to certificate {} of the file: the client's own has to be the first",
                at + 1
            )),
            None => error.hint(format!(
                "was one of the two renewed without the other? `openssl x509 -in {cert} -noout -pubkey` and `openssl pkey -pubout` of the key must say the same"
            )),
        }
    }
}

fn read(place: &Sourced<PathBuf>) -> Result<Content> {
    jeton_files::read(&place.value, LIMIT).map_err(|error| {
        Error::credential(format!(
            "the client certificate {} cannot be read: {error}",
            place.value.display()
        ))
        .hint(format!("mtls.cert names it ({})", place.origin))
    })
}

/// A document that cannot be used, with its line and what helps.
fn wrong(error: &CertificateError, cert: &Sourced<PathBuf>, key: &Sourced<SecretRef>) -> Error {
    let what = match error.half {
        Half::Certificate => format!(
            "the client certificate {} ({})",
            cert.value.display(),
            cert.origin
        ),
        Half::Key => format!(
            "the key of the client certificate from {} ({})",
            key.value, key.origin
        ),
    };
    let told = Error::credential(format!("{what} cannot be used: {error}"));
    match error.problem.remedy() {
        Some(remedy) => told.hint(remedy),
        None => told,
    }
}
