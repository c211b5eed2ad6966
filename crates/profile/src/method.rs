//! Which method and credential a profile means: the client's decision, made from what is configured and what is in the keyring.

use crate::certificate_file::CertificateFile;
use crate::keyring::Keyring;
use crate::profile::Profile;
use crate::secret_ref::SecretRef;
use jeton_client::MethodChoice;
use jeton_client::method::{
    self, Available, CertificateKind, CredentialKind, MethodDecision, NoMethod,
};

impl Profile {
    /// Decides before anything is known of the server, with the certificate of [`Profile::certificate`].
    ///
    /// # Errors
    /// Where the profile names a method that it cannot be authenticated by.
    pub fn decide(
        &self,
        certificate: Option<&CertificateFile>,
        keyring: &dyn Keyring,
    ) -> Result<MethodDecision, NoMethod> {
        self.decide_by(certificate.map(kind), || self.available(keyring))
    }

    /// The credential that is configured, without a look into the keyring: for words about a failure, which must not ask
    /// anybody to unlock it.
    #[must_use]
    pub fn configured_credential(&self) -> CredentialKind {
        let certificate = self.mtls.certificate();
        let available = || Available {
            private_key: self.assertion.private_key.is_some(),
            secret: self.client_secret.is_some(),
        };
        self.decide_by(certificate.map(|_| CertificateKind::Issued), available)
            .map_or(CredentialKind::Secret, |decision| decision.credential)
    }

    /// Which credentials there are. One that is configured counts; where nothing is, `jeton auth login` may have put one into
    /// the keyring, which is asked only where the choice depends on it.
    #[must_use]
    pub fn available(&self, keyring: &dyn Keyring) -> Available {
        let has_secret = self.client_secret.is_some();
        let private_key = self.assertion.private_key.is_some()
            || (!has_secret && is_in(keyring, &self.private_key().value));
        let certificate = self.mtls.certificate().is_some();
        Available {
            private_key,
            secret: has_secret
                || (!private_key && certificate && is_in(keyring, &self.secret().value)),
        }
    }

    fn decide_by(
        &self,
        certificate: Option<CertificateKind>,
        available: impl Fn() -> Available,
    ) -> Result<MethodDecision, NoMethod> {
        let choice = self.auth_method.value;
        let available = match choice {
            MethodChoice::Auto => available(),
            MethodChoice::One(_) => Available::default(),
        };
        method::decide(choice, available, certificate, None)
    }
}

fn kind(certificate: &CertificateFile) -> CertificateKind {
    match certificate.facts() {
        Ok(facts) if facts.self_signed => CertificateKind::SelfSigned,
        _ => CertificateKind::Issued,
    }
}

fn is_in(keyring: &dyn Keyring, reference: &SecretRef) -> bool {
    match reference {
        SecretRef::Keyring { service, user } => keyring.get(service, user).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::keyring::Keyring as _;
    use crate::testing::{FakeKeyring, Home, NoKeyring};
    use jeton_client::method::CredentialKind;
    use jeton_oauth::AuthMethod;

    /// The rule is one for `token get`, `auth status`, `auth login` and `doctor`.
    #[test]
    fn client_29_what_is_in_the_keyring_counts_where_nothing_is_configured() {
        let decided = |lines: &str, entries: &[&str]| {
            let home = Home::new(&format!("[profiles.p]\nclient_id = 'c'\n{lines}\n"));
            let profile = home.load(&[]).unwrap().select().unwrap();
            let keyring = FakeKeyring::default();
            for entry in entries {
                keyring.set("jeton", entry, "x").unwrap();
            }
            profile.decide(None, &keyring).unwrap().credential
        };
        let (secret, key) = (CredentialKind::Secret, CredentialKind::PrivateKey);
        assert_eq!(decided("", &[]), secret);
        assert_eq!(decided("", &["p"]), secret);
        assert_eq!(decided("", &["p/private_key"]), key);
        assert_eq!(decided("", &["p", "p/private_key"]), key);
        let configured = "client_secret.env = 'S'";
        assert_eq!(decided(configured, &["p/private_key"]), secret);
        let both = "client_secret.env = 'S'\nassertion.private_key.env = 'K'";
        assert_eq!(decided(both, &[]), key);
        let named = "auth_method = 'client_secret_post'";
        assert_eq!(decided(named, &["p/private_key"]), secret);
    }

    #[test]
    fn a_configured_method_asks_no_keyring() {
        let home = Home::new("[profiles.p]\nclient_id = 'c'\nauth_method = 'private_key_jwt'\n");
        let profile = home.load(&[]).unwrap().select().unwrap();
        let decision = profile.decide(None, &NoKeyring).unwrap();
        assert_eq!(decision.method, AuthMethod::PrivateKeyJwt);
        assert_eq!(profile.configured_credential(), CredentialKind::PrivateKey);
    }
}
