//! The credentials of a profile, read when the client asks for them.

use super::certificate::CertificateFile;
use crate::error::Error;
use crate::log::{Log, Module, field};
use crate::platform::keyring::{Keyring as _, KeyringFailure, SystemKeyring};
use crate::settings::{FetchedSecret, Origin, Profile, SecretRef, Settings, Sourced};
use jeton_client::{CredentialError, Credentials, Found};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Kept = (SecretRef, Arc<FetchedSecret>);

pub(super) struct OfProfile {
    settings: Arc<Settings>,
    profile: Profile,
    certificate: Option<CertificateFile>,
    log: Arc<Log>,
    /// What was fetched, where it is kept: a program or a keyring is then asked once.
    kept: Option<Mutex<Vec<Kept>>>,
    keyring_fails: AtomicBool,
}

impl OfProfile {
    pub(super) const fn new(
        settings: Arc<Settings>,
        profile: Profile,
        certificate: Option<CertificateFile>,
        log: Arc<Log>,
    ) -> Self {
        Self {
            settings,
            profile,
            certificate,
            log,
            kept: None,
            keyring_fails: AtomicBool::new(false),
        }
    }

    /// Keeps what it fetches, for whoever looks at a credential before it is used.
    pub(super) fn remembering(self) -> Self {
        Self {
            kept: Some(Mutex::default()),
            ..self
        }
    }

    fn fetch(&self, reference: &Sourced<SecretRef>) -> Result<Arc<FetchedSecret>, Error> {
        let Some(kept) = &self.kept else {
            return self.fetch_now(reference).map(Arc::new);
        };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.iter().find(|(known, _)| *known == reference.value) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(self.fetch_now(reference)?);
        kept.push((reference.value.clone(), Arc::clone(&found)));
        Ok(found)
    }

    fn fetch_now(&self, reference: &Sourced<SecretRef>) -> Result<FetchedSecret, Error> {
        let fetched = self
            .settings
            .fetch(&reference.value, &SystemKeyring)
            .map_err(|error| with_remedy(error, &reference.origin, &self.profile.name))?;
        self.tell(&fetched, &reference.origin);
        Ok(fetched)
    }

    /// The key of the certificate has no place that `jeton auth login` or a variable for secrets would fill.
    fn fetch_key(&self, reference: &Sourced<SecretRef>) -> Result<FetchedSecret, Error> {
        let fetched = self
            .settings
            .fetch(&reference.value, &SystemKeyring)
            .map_err(|mut error| {
                let elsewhere = |hint: &str| hint.contains("auth login") || hint.contains("CC_");
                error.hints.retain(|hint| !elsewhere(hint));
                error.hint(format!(
                    "it is the key of the client certificate: mtls.key says where it is ({})",
                    reference.origin
                ))
            })?;
        self.tell(&fetched, &reference.origin);
        Ok(fetched)
    }

    /// Whether the keyring has the entry. One that did not answer is not asked for another: that takes seconds each time.
    fn in_keyring(&self, reference: &SecretRef) -> bool {
        let SecretRef::Keyring { service, user } = reference else {
            return false;
        };
        if self.keyring_fails.load(Ordering::Relaxed) {
            return false;
        }
        let found = SystemKeyring.get(service, user);
        if matches!(&found, Err(failure) if *failure != KeyringFailure::NotFound) {
            self.keyring_fails.store(true, Ordering::Relaxed);
        }
        found.is_ok()
    }

    /// Says where it was, and what is odd about how it is kept.
    fn tell(&self, fetched: &FetchedSecret, origin: &Origin) {
        if fetched.source == "keyring" {
            self.log.debug(
                Module::Keyring,
                "credential read",
                &[field("entry", origin)],
            );
        }
        if let Some(warning) = &fetched.warning {
            self.log.warn(Module::ClientCreds, warning, &[]);
        }
    }
}

/// Where nothing better is said, the place to put it right.
fn with_remedy(error: Error, origin: &Origin, profile: &str) -> Error {
    if !error.hints.is_empty() {
        return error;
    }
    error.hint(format!(
        "correct it where it is configured ({origin}); left out there, it is taken from the keyring (`jeton auth login -p {profile}`)"
    ))
}

impl Credentials for OfProfile {
    /// One that is configured counts; where nothing is, `jeton auth login` may have put one into the keyring.
    fn has_private_key(&self) -> bool {
        if self.profile.assertion.private_key.is_some() {
            return true;
        }
        self.profile.client_secret.is_none() && self.in_keyring(&self.profile.private_key().value)
    }

    fn has_secret(&self) -> bool {
        self.profile.client_secret.is_some() || self.in_keyring(&self.profile.secret().value)
    }

    fn secret(&self) -> Result<Found<ClientSecret>, CredentialError> {
        let fetched = self.fetch(&self.profile.secret())?;
        Ok(Found {
            value: ClientSecret::new(fetched.text.as_str()),
            source: fetched.source,
        })
    }

    fn private_key(&self) -> Result<Found<PrivateKey>, CredentialError> {
        let reference = self.profile.private_key();
        let fetched = self.fetch(&reference)?;
        let value = PrivateKey::from_text(&fetched.text).map_err(|error| {
            Error::credential(format!(
                "the private key from {} ({}) cannot be used: {error}",
                reference.value, reference.origin
            ))
            .hint("give it as PEM (PKCS#8, PKCS#1 or SEC1, not encrypted) or as JWK")
        })?;
        Ok(Found {
            value,
            source: fetched.source,
        })
    }

    fn certificate(&self) -> Result<Found<ClientCertificate>, CredentialError> {
        let Some(certificate) = &self.certificate else {
            return Err(Error::config("no client certificate is configured").into());
        };
        let key = certificate
            .own_key()
            .map(|reference| self.fetch_key(reference))
            .transpose()?;
        if let Some(warning) = certificate.warning() {
            self.log.warn(Module::Mtls, warning, &[]);
        }
        Ok(Found {
            value: certificate.with_key(key.as_ref())?,
            source: key.map_or("file", |key| key.source),
        })
    }
}
