//! The client certificate: from the files of the command line, or of the profile.

use super::ProbeArgs;
use super::target::ProbeContext;
use crate::error::{Error, Result};
use jeton_files::{Content, Privacy};
use jeton_oauth::certificate::{CertificateError, ClientCertificate, Half};
use jeton_profile::Purpose;
use jeton_profile::keyring::SystemKeyring;
use std::path::Path;

/// Room for a chain and a key.
const LIMIT: usize = 64 * 1024;

/// A certificate, and where it comes from.
pub(super) struct Own {
    pub(super) certificate: ClientCertificate,
    /// The file; for one of a profile, also what names it.
    pub(super) from: String,
    /// A warning about how its key is stored.
    pub(super) warning: Option<String>,
}

impl Own {
    /// That of `--cert` and `--key`, or that of the profile.
    ///
    /// # Errors
    /// Exit 4, with the file and the line of what is wrong; exit 3 where the profile contradicts itself.
    pub(super) fn read(args: &ProbeArgs, context: &ProbeContext) -> Result<Option<Self>> {
        match &args.cert {
            Some(cert) => Self::of_files(cert, args.key.as_deref()).map(Some),
            None => Self::of_profile(context),
        }
    }

    fn of_files(cert: &Path, key: Option<&Path>) -> Result<Self> {
        let pem = read(cert)?;
        let key_pem = key.map(read).transpose()?;
        let certificate = ClientCertificate::from_pem(
            &pem.bytes,
            key_pem.as_ref().map(|content| content.bytes.as_slice()),
        );
        Ok(Self {
            certificate: certificate.map_err(|error| wrong(&error, cert, key.unwrap_or(cert)))?,
            from: cert.display().to_string(),
            warning: match key_pem.as_ref().unwrap_or(&pem).access.privacy() {
                Privacy::OpenToOthers(mode) => Some(format!(
                    "{} contains a private key and is readable by others (mode {mode}): chmod 600 {0}",
                    key.unwrap_or(cert).display()
                )),
                Privacy::Private | Privacy::Foreign => None,
            },
        })
    }

    fn of_profile(context: &ProbeContext) -> Result<Option<Self>> {
        let Some(found) = context.profile.certificate()? else {
            return Ok(None);
        };
        let key = found.own_key().map(|key| {
            let settings = &context.settings;
            settings.fetch(key, Purpose::CertificateKey, &SystemKeyring)
        });
        let key = key.transpose()?;
        let place = found.place();
        Ok(Some(Self {
            certificate: found.and_key(key.as_ref())?,
            from: format!("{} ({})", place.value.display(), place.origin),
            warning: key.and_then(|key| key.warning).or_else(|| found.warning()),
        }))
    }
}

fn read(path: &Path) -> Result<Content> {
    jeton_files::read(path, LIMIT)
        .map_err(|error| Error::credential(format!("cannot read {}: {error}", path.display())))
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
