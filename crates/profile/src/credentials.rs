//! The credentials of a profile, read when the client asks for them.

use crate::background::Background;
use crate::certificate_file::CertificateFile;
use crate::error::Error;
use crate::keyring::SystemKeyring;
use crate::notice::{Notice, Observer};
use crate::oddity::oddity;
use crate::origin::{Origin, Sourced};
use crate::profile::Profile;
use crate::purpose::Purpose;
use crate::secret_ref::{FetchedSecret, SecretRef};
use crate::{Settings, stop_secret_commands};
use jeton_client::method::{Available, MethodDecision, NoMethod};
use jeton_client::{BoxFuture, CredentialError, Credentials, Found};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type CachedSecret = (SecretRef, Arc<FetchedSecret>);

/// The credentials of a profile. Clones share what was read.
///
/// As [`Credentials`] it reads in a thread: a keyring, a program or a pipe may take its time. A read that nobody waits for any more
/// stops the programs that were asked.
#[derive(Clone)]
pub struct ProfileCredentials(Arc<Reader>);

struct Reader {
    settings: Arc<Settings>,
    profile: Profile,
    certificate: Option<CertificateFile>,
    observer: Arc<Observer>,
    /// What was fetched, where it is kept: a program or a keyring is then asked once.
    kept: Option<Mutex<Vec<CachedSecret>>>,
    /// What is odd about the client secret that was read last.
    secret_oddity: Mutex<Option<&'static str>>,
}

impl ProfileCredentials {
    /// Of a profile, with the certificate of [`Profile::certificate`]. Nothing is read yet.
    #[must_use]
    pub fn new(
        settings: Arc<Settings>,
        profile: Profile,
        certificate: Option<CertificateFile>,
        observer: Arc<Observer>,
    ) -> Self {
        Self(Arc::new(Reader {
            settings,
            profile,
            certificate,
            observer,
            kept: None,
            secret_oddity: Mutex::new(None),
        }))
    }

    /// The same, which keep what they read: for whoever looks at a credential before it is used.
    #[must_use]
    pub fn remembering(
        settings: Arc<Settings>,
        profile: Profile,
        certificate: Option<CertificateFile>,
        observer: Arc<Observer>,
    ) -> Self {
        Self(Arc::new(Reader {
            settings,
            profile,
            certificate,
            observer,
            kept: Some(Mutex::default()),
            secret_oddity: Mutex::new(None),
        }))
    }

    /// Which method and credential the profile means, before anything is known of the server. It may ask the keyring.
    ///
    /// # Errors
    /// Where the profile names a method that it cannot be authenticated by.
    pub fn decide(&self) -> Result<MethodDecision, NoMethod> {
        let certificate = self.0.certificate.as_ref();
        self.0.profile.decide(certificate, &SystemKeyring)
    }

    /// What is odd about the client secret, if one was read: it explains why a server refuses it.
    #[must_use]
    pub fn secret_oddity(&self) -> Option<&'static str> {
        *locked(&self.0.secret_oddity)
    }

    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Reader) -> Result<T, CredentialError> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, CredentialError>> {
        let reader = Arc::clone(&self.0);
        let reading = Background::new(move || read(&reader), stop_secret_commands);
        Box::pin(async { reading?.await? })
    }
}

impl Credentials for ProfileCredentials {
    fn available(&self) -> BoxFuture<'_, Available> {
        let reading = self.read(|reader| Ok(reader.profile.available(&SystemKeyring)));
        Box::pin(async { reading.await.unwrap_or_default() })
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        self.read(Reader::secret)
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        self.read(Reader::private_key)
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        self.read(Reader::certificate)
    }
}

impl Reader {
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
            (self.observer)(&Notice::KeyringRead { entry: origin });
        }
        if let Some(text) = &fetched.warning {
            (self.observer)(&Notice::SecretExposed { text });
        }
    }

    fn secret(&self) -> Result<Found<ClientSecret>, CredentialError> {
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

    fn private_key(&self) -> Result<Found<PrivateKey>, CredentialError> {
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

    fn certificate(&self) -> Result<Found<ClientCertificate>, CredentialError> {
        let Some(certificate) = &self.certificate else {
            return Err(Error::config("no client certificate is configured").into());
        };
        let key = certificate
            .own_key()
            .map(|reference| self.fetch_now(reference, Purpose::CertificateKey))
            .transpose()?;
        if let Some(text) = certificate.warning() {
            (self.observer)(&Notice::CertificateKeyExposed { text: &text });
        }
        Ok(Found {
            value: certificate.with_key(key.as_ref())?,
            source: key.map_or("file", |key| key.source),
        })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::ProfileCredentials;
    use crate::notice::Notice;
    use crate::testing::{Home, block_on};
    use jeton_client::Credentials as _;
    use std::sync::{Arc, Mutex};

    /// All that a program needs that is no command line: a profile, and no runtime.
    #[cfg(unix)]
    #[test]
    fn a_profile_alone_gives_its_credentials_and_tells_what_is_odd() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::new("[profiles.p]\nclient_id = 'c'\nclient_secret.file = 'secret'\n");
        let path = home.folder.path().join("secret");
        std::fs::write(&path, "'canary'\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let settings = Arc::new(home.load(&[]).unwrap());
        let profile = settings.select().unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let observer = move |notice: &Notice<'_>| heard.lock().unwrap().push(notice.to_string());
        let credentials = ProfileCredentials::new(settings, profile, None, Arc::new(observer));
        assert!(block_on(credentials.available()).secret);
        let found = block_on(credentials.secret()).unwrap();
        assert_eq!((found.value.expose(), found.source), ("'canary'", "file"));
        assert!(credentials.secret_oddity().unwrap().contains("quotes"));
        assert!(block_on(credentials.private_key()).is_err());
        assert!(block_on(credentials.certificate()).is_err());
        let told = told.lock().unwrap().join("\n");
        assert!(
            told.contains("readable by others") && !told.contains("canary"),
            "{told}"
        );
    }
}
