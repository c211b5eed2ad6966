//! What a secret is for, and what helps where it is not available.

use crate::env;
use crate::error::Error;
use crate::keyring::KeyringFailure;
use crate::origin::Origin;
use crate::secret_ref::SERVICE;

/// What a secret is for. It decides what can be done where the secret is not available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// The client secret of the profile of this name.
    ClientSecret(&'a str),
    /// The private key that signs the client assertions of the profile of this name.
    PrivateKey(&'a str),
    /// The key of the client certificate. `jeton auth login` does not store it, and no variable holds it.
    CertificateKey,
}

impl Purpose<'_> {
    /// Completes an error: every one says what to do.
    pub(crate) fn explain(self, error: Error, origin: &Origin) -> Error {
        match self {
            Self::CertificateKey => error.hint(format!(
                "it is the key of the client certificate: mtls.key says where it is ({origin})"
            )),
            Self::ClientSecret(profile) | Self::PrivateKey(profile) if error.hints.is_empty() => {
                error.hint(format!(
                    "correct it where it is configured ({origin}); left out there, it is taken from the keyring (`jeton auth login -p {profile}`)"
                ))
            }
            Self::ClientSecret(_) | Self::PrivateKey(_) => error,
        }
    }

    /// A failure of the keyring, with the ways around it.
    pub(crate) fn keyring_error(
        self,
        service: &str,
        user: &str,
        failure: &KeyringFailure,
    ) -> Error {
        match failure {
            KeyringFailure::NotFound => {
                let error = Error::credential(format!(
                    "no secret found: the keyring has no entry {service}/{user}"
                ));
                let login = self.login().filter(|_| service == SERVICE);
                let put = login.map(|login| format!("store it with `{login}`"));
                error.hint_if(put).hint_if(self.around())
            }
            KeyringFailure::Locked => Error::credential(format!(
                "cannot read the secret {service}/{user}: the keyring is locked"
            ))
            .hint("unlock the keyring and try again")
            .hint_if(self.around()),
            KeyringFailure::Unavailable(reason) => Error::credential(format!(
                "cannot read the secret {service}/{user}: the keyring is not available"
            ))
            .detail(reason)
            .hint_if(self.without_keyring()),
            KeyringFailure::TimedOut => Error::credential(format!(
                "cannot read the secret {service}/{user}: the keyring did not answer within 3 s"
            ))
            .hint("it may be waiting to be unlocked: unlock it and try again")
            .hint_if(self.around()),
        }
    }

    /// No source has the secret: each place that was looked at, the keyring last.
    pub(crate) fn found_nowhere(
        self,
        service: &str,
        user: &str,
        failure: &KeyringFailure,
    ) -> Error {
        let (what, key, variable, profile) = match self {
            Self::ClientSecret(profile) => {
                let key = "client_secret";
                ("client secret", key, env::CC_CLIENT_SECRET, profile)
            }
            Self::PrivateKey(profile) => {
                let key = "assertion.private_key";
                ("private key", key, env::CC_JWT_PRIVATE_KEY, profile)
            }
            Self::CertificateKey => return self.keyring_error(service, user, failure),
        };
        let reason = match failure {
            KeyringFailure::NotFound => "no such entry".to_owned(),
            KeyringFailure::Locked => "the keyring is locked".to_owned(),
            KeyringFailure::Unavailable(reason) => {
                format!("the keyring is not available: {reason}")
            }
            KeyringFailure::TimedOut => "the keyring did not answer within 3 s".to_owned(),
        };
        let file = self.file_variable().unwrap_or_default();
        let error = Error::credential(format!("no {what} found for the profile {profile}"))
            .detail(format!("env {variable}: not set"))
            .detail(format!("env {file}: not set"))
            .detail(format!("{key} in the configuration file: not set"))
            .detail(format!("keyring {service}/{user}: {reason}"))
            .hint(format!(
                "set {variable}, or name a file with the {what} in {file}"
            ));
        match (failure, self.login()) {
            (KeyringFailure::NotFound, Some(login)) => {
                error.hint(format!("or store it in the keyring with `{login}`"))
            }
            (KeyringFailure::Locked | KeyringFailure::TimedOut, _) => {
                error.hint("or unlock the keyring and try again")
            }
            _ => error,
        }
    }

    /// The command that puts the secret into the keyring.
    fn login(self) -> Option<String> {
        match self {
            Self::ClientSecret(profile) => Some(format!("jeton auth login -p {profile}")),
            Self::PrivateKey(profile) => Some(format!("jeton auth login -p {profile} < key.pem")),
            Self::CertificateKey => None,
        }
    }

    /// The variable that names a file with the secret.
    const fn file_variable(self) -> Option<&'static str> {
        match self {
            Self::ClientSecret(_) => Some(env::CC_CLIENT_SECRET_FILE),
            Self::PrivateKey(_) => Some(env::CC_JWT_PRIVATE_KEY_FILE),
            Self::CertificateKey => None,
        }
    }

    fn around(self) -> Option<String> {
        let file = self.file_variable()?;
        Some(format!("or name a file with the secret in {file}"))
    }

    fn without_keyring(self) -> Option<String> {
        let (file, login) = (self.file_variable()?, self.login()?);
        Some(format!(
            "without a keyring, name a file with the secret in {file}, or set it in the environment; with a keyring, `{login}` stores it"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::Purpose;
    use crate::ErrorKind;
    use crate::keyring::KeyringFailure;

    const FAILURES: [KeyringFailure; 3] = [
        KeyringFailure::NotFound,
        KeyringFailure::Locked,
        KeyringFailure::TimedOut,
    ];

    /// Security, client 4.
    #[test]
    fn each_failure_of_the_keyring_is_exit_4_with_a_remedy() {
        for failure in FAILURES
            .into_iter()
            .chain([KeyringFailure::Unavailable("no bus".to_owned())])
        {
            for (purpose, file, login) in [
                (
                    Purpose::ClientSecret("billing"),
                    "CC_CLIENT_SECRET_FILE",
                    "auth login -p billing`",
                ),
                (
                    Purpose::PrivateKey("billing"),
                    "CC_JWT_PRIVATE_KEY_FILE",
                    "auth login -p billing < key.pem`",
                ),
            ] {
                for error in [
                    purpose.keyring_error("jeton", "billing", &failure),
                    purpose.found_nowhere("jeton", "billing", &failure),
                ] {
                    assert_eq!(error.kind, ErrorKind::Credential);
                    let told = format!("{error} {}", error.details.join("\n"));
                    assert!(told.contains("jeton/billing"), "{told}");
                    let hints = error.hints.join("\n");
                    assert!(hints.contains(file), "{hints}");
                    if failure == KeyringFailure::NotFound {
                        assert!(hints.contains(login), "{hints}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_key_of_a_certificate_is_not_stored_by_login() {
        for failure in FAILURES {
            let error = Purpose::CertificateKey.keyring_error("jeton", "x", &failure);
            let error = Purpose::CertificateKey.explain(error, &crate::Origin::Default);
            let hints = error.hints.join("\n");
            assert!(
                !hints.contains("login") && !hints.contains("CC_"),
                "{hints}"
            );
            assert!(hints.contains("mtls.key"), "{hints}");
        }
    }
}
