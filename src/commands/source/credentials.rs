//! The credentials of a profile, read when the client asks for them.

use crate::error::Error;
use crate::log::{Log, Module, field};
use jeton_client::method::{Available, MethodDecision, NoMethod};
use jeton_client::{CredentialError, Found};
use jeton_inspect::secret::oddity;
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use jeton_profile::keyring::SystemKeyring;
use jeton_profile::{
    CertificateFile, FetchedSecret, Origin, Profile, Purpose, SecretRef, Settings, Sourced,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Kept = (SecretRef, Arc<FetchedSecret>);

pub(crate) struct ProfileCredentials {
    settings: Arc<Settings>,
    profile: Profile,
    certificate: Option<CertificateFile>,
    log: Arc<Log>,
    /// What was fetched, where it is kept: a program or a keyring is then asked once.
    kept: Option<Mutex<Vec<Kept>>>,
    /// What is odd about the client secret that was read last.
    secret_oddity: Mutex<Option<&'static str>>,
}

impl ProfileCredentials {
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
            secret_oddity: Mutex::new(None),
        }
    }

    /// Keeps what it fetches, for whoever looks at a credential before it is used.
    pub(super) fn remembering(self) -> Self {
        Self {
            kept: Some(Mutex::default()),
            ..self
        }
    }

    fn fetch(
        &self,
        reference: &Sourced<SecretRef>,
        purpose: Purpose<'_>,
    ) -> Result<Arc<FetchedSecret>, Error> {
        let Some(kept) = &self.kept else {
            return self.fetch_now(reference, purpose).map(Arc::new);
        };
        let mut kept = locked(kept);
        if let Some((_, found)) = kept.iter().find(|(known, _)| *known == reference.value) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(self.fetch_now(reference, purpose)?);
        kept.push((reference.value.clone(), Arc::clone(&found)));
        Ok(found)
    }

    fn fetch_now(
        &self,
        reference: &Sourced<SecretRef>,
        purpose: Purpose<'_>,
    ) -> Result<FetchedSecret, Error> {
        let fetched = self.settings.fetch(reference, purpose, &SystemKeyring)?;
        self.tell(&fetched, &reference.origin);
        Ok(fetched)
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

impl ProfileCredentials {
    /// Which credentials there are.
    pub(super) fn available(&self) -> Available {
        self.profile.available(&SystemKeyring)
    }

    /// Which method and credential the profile means, before anything is known of the server.
    ///
    /// # Errors
    /// Where the profile names a method that it cannot be authenticated by.
    pub(crate) fn decide(&self) -> Result<MethodDecision, NoMethod> {
        self.profile
            .decide(self.certificate.as_ref(), &SystemKeyring)
    }

    /// What is odd about the client secret, if one was read: it explains why a server refuses it.
    pub(super) fn secret_oddity(&self) -> Option<&'static str> {
        *locked(&self.secret_oddity)
    }

    pub(super) fn secret(&self) -> Result<Found<ClientSecret>, CredentialError> {
        let fetched = self.fetch(
            &self.profile.secret(),
            Purpose::ClientSecret(&self.profile.name),
        )?;
        *locked(&self.secret_oddity) = oddity(&fetched.text);
        Ok(Found {
            value: ClientSecret::new(fetched.text.as_str()),
            source: fetched.source,
        })
    }

    pub(super) fn private_key(&self) -> Result<Found<PrivateKey>, CredentialError> {
        let reference = self.profile.private_key();
        let fetched = self.fetch(&reference, Purpose::PrivateKey(&self.profile.name))?;
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

    pub(super) fn certificate(&self) -> Result<Found<ClientCertificate>, CredentialError> {
        let Some(certificate) = &self.certificate else {
            return Err(Error::config("no client certificate is configured").into());
        };
        let key = certificate
            .own_key()
            .map(|reference| self.fetch_now(reference, Purpose::CertificateKey))
            .transpose()?;
        if let Some(warning) = certificate.warning() {
            self.log.warn(Module::Mtls, warning, &[]);
        }
        Ok(Found {
            value: certificate.with_key(key.as_ref()).map_err(Error::from)?,
            source: key.map_or("file", |key| key.source),
        })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
