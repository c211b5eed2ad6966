//! Our certificate: the files that were named.

use crate::cli::mtls::ProbeArgs;
use crate::error::{Error, Result};
use crate::platform::files::read_bounded;
use jeton_oauth::certificate::{CertificateError, ClientCertificate, Half};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use zeroize::Zeroizing;

/// Room for a chain and a key.
const LIMIT: usize = 64 * 1024;

/// A certificate, and where it is from.
pub(super) struct Own {
    pub(super) certificate: ClientCertificate,
    /// The file, or what the profile calls it.
    pub(super) from: String,
}

impl Own {
    /// Reads the files of `--cert` and `--key`.
    ///
    /// # Errors
    /// Exit 4, with the file and the line of what is wrong.
    pub(super) fn read(args: &ProbeArgs) -> Result<Option<Self>> {
        let Some(cert) = &args.cert else {
            return Ok(None);
        };
        let pem = file(cert)?;
        let key = args.key.as_deref().map(file).transpose()?;
        let certificate = ClientCertificate::from_pem(&pem, key.as_deref().map(Vec::as_slice));
        let key_place = args.key.as_deref().unwrap_or(cert);
        Ok(Some(Self {
            certificate: certificate.map_err(|error| wrong(&error, cert, key_place))?,
            from: cert.display().to_string(),
        }))
    }
}

fn file(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let failed = |error: std::io::Error| {
        let why = match error.kind() {
            ErrorKind::FileTooLarge => "it is longer than 64 KiB".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Error::credential(format!("{} cannot be read: {why}", path.display()))
    };
    let mut file = File::open(path).map_err(failed)?;
    read_bounded(&mut file, LIMIT).map_err(failed)
}

fn wrong(error: &CertificateError, cert: &Path, key: &Path) -> Error {
    let (path, what) = match error.half {
        Half::Certificate => (cert, "client certificate"),
        Half::Key => (key, "private key"),
    };
    let line = error
        .line
        .map_or_else(String::new, |line| format!(", line {line}"));
    let failure = Error::credential(format!(
        "{}{line}: {} (looking for the {what})",
        path.display(),
        error.problem
    ));
    match error.problem.remedy() {
        Some(remedy) => failure.hint(remedy),
        None => failure,
    }
}
