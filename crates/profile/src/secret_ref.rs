//! Where a secret is, and how it is fetched from there at the moment it is needed.

use super::environment::Environment;
use super::origin::Origin;
use super::secret_command;
use super::secret_variables::SecretVariables;
use crate::error::Error;
use crate::keyring::Keyring;
use crate::purpose::Purpose;
use jeton_files::Privacy;
use jeton_oauth::ClientSecret;
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The longest secret: room for any private key.
pub(super) const LIMIT: usize = 64 * 1024;

/// The service under which jeton keeps secrets in the keyring.
pub const SERVICE: &str = "jeton";

/// Where a secret is. `Display` is what `jeton config show` prints; neither it nor `Debug` holds a secret.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// In a variable of the environment, or of the environment file.
    Env(String),
    /// In a file, up to one newline at its end.
    File(PathBuf),
    /// What a program prints, run without a shell.
    Command(Vec<String>),
    /// In the operating system's keyring.
    Keyring {
        /// The service, which is `jeton` unless another one is configured.
        service: String,
        /// The user: the name of the profile unless another one is configured.
        user: String,
    },
    /// In the configuration file itself.
    Literal(ClientSecret),
}

/// A secret that was fetched.
pub struct FetchedSecret {
    /// The secret. Never empty.
    pub text: Zeroizing<String>,
    /// The word of the log: `env`, `config`, `keyring`, `file` or `command`.
    pub source: &'static str,
    /// What should be said about how it is kept.
    pub warning: Option<String>,
}

impl SecretRef {
    /// The place in the keyring where a secret is looked for that is configured nowhere.
    #[must_use]
    pub fn keyring(user: impl Into<String>) -> Self {
        Self::Keyring {
            service: SERVICE.to_owned(),
            user: user.into(),
        }
    }

    /// The word of the log for where the secret is.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        match self {
            Self::Env(_) => "env",
            Self::File(_) => "file",
            Self::Command(_) => "command",
            Self::Keyring { .. } => "keyring",
            Self::Literal(_) => "config",
        }
    }

    /// Fetches the secret. Only its own source is opened; a program gets none of the variables in `secrets`.
    ///
    /// # Errors
    /// Exit 4 when it is not to be had or is empty, with what to do about it.
    pub(crate) fn read(
        &self,
        environment: &Environment,
        secrets: &SecretVariables,
        keyring: &dyn Keyring,
        purpose: Purpose<'_>,
        origin: &Origin,
    ) -> Result<FetchedSecret, Error> {
        let (text, warning) = match self {
            Self::Env(name) => (from_env(name, environment)?, None),
            Self::File(path) => from_file(path)?,
            Self::Command(argv) => (secret_command::run(argv, secrets)?, None),
            Self::Keyring { service, user } => {
                let found = keyring.get(service, user);
                let explain = |failure| match origin {
                    // Nothing names this entry: it is the last place to look at.
                    Origin::Keyring { .. } => purpose.found_nowhere(service, user, &failure),
                    _ => purpose.keyring_error(service, user, &failure),
                };
                (found.map_err(explain)?, None)
            }
            Self::Literal(secret) => (Zeroizing::new(secret.expose().to_owned()), None),
        };
        if text.is_empty() {
            return Err(Error::credential(format!(
                "the secret from {self} is empty"
            )));
        }
        Ok(FetchedSecret {
            text,
            source: self.source(),
            warning,
        })
    }
}

fn from_env(name: &str, environment: &Environment) -> Result<Zeroizing<String>, Error> {
    let text = environment
        .secret(name)
        .map_err(|error| Error::credential(error.message))?
        .ok_or_else(|| {
            Error::credential(format!("the environment variable {name} is not set"))
                .hint(format!("set {name}, or change where the secret comes from"))
        })?;
    // Places that keep variables on one line hold a PEM key with its line ends written out.
    if text.starts_with("-----BEGIN") && !text.contains('\n') {
        return Ok(Zeroizing::new(text.replace("\\n", "\n")));
    }
    Ok(text)
}

fn from_file(path: &Path) -> Result<(Zeroizing<String>, Option<String>), Error> {
    let content = jeton_files::read(path, LIMIT).map_err(|error| {
        Error::credential(format!(
            "the secret file {} cannot be read: {error}",
            path.display()
        ))
    })?;
    let text = content.text().ok_or_else(|| {
        Error::credential(format!(
            "the secret file {} is not UTF-8 text",
            path.display()
        ))
    })?;
    let warning = match content.access.privacy() {
        Privacy::OpenToOthers(mode) => Some(format!(
            "{} is readable by others (mode {mode}): chmod 600 {0}",
            path.display()
        )),
        Privacy::Private | Privacy::Foreign => None,
    };
    Ok((Zeroizing::new(without_newline(text).to_owned()), warning))
}

/// The text without one newline at its end, which editors and `echo` put there.
fn without_newline(text: &str) -> &str {
    text.strip_suffix('\n')
        .map_or(text, |line| line.strip_suffix('\r').unwrap_or(line))
}

/// What follows the profile's name in the keyring's name of a private key.
pub(crate) const PRIVATE_KEY_SUFFIX: &str = "/private_key";

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            // Arguments may hold what opens the vault.
            Self::Command(argv) => {
                let program = argv.first().map_or("", String::as_str);
                write!(f, "command {program} …")
            }
            Self::Keyring { service, user } => write!(f, "keyring {service}/{user}"),
            Self::Literal(_) => f.write_str("(masked)"),
        }
    }
}

impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretRef({self})")
    }
}

impl fmt::Debug for FetchedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FetchedSecret(redacted, from {})", self.source)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::SecretRef;
    use crate::ErrorKind;
    use crate::purpose::Purpose;
    use crate::testing::{FakeKeyring, NoKeyring, environment};
    use crate::{Origin, SecretVariables};
    use jeton_oauth::ClientSecret;

    fn secrets() -> SecretVariables {
        SecretVariables::default()
    }

    const BILLING: Purpose<'_> = Purpose::ClientSecret("billing");

    fn read(reference: &SecretRef, env: &[(&str, &str)]) -> Result<(String, &'static str), String> {
        reference
            .read(
                &environment(env),
                &secrets(),
                &NoKeyring,
                BILLING,
                &Origin::Default,
            )
            .map(|fetched| (fetched.text.to_string(), fetched.source))
            .map_err(|error| {
                assert_eq!(error.kind, ErrorKind::Credential, "{error}");
                format!("{error:?}")
            })
    }

    #[test]
    fn from_the_environment() {
        let reference = SecretRef::Env("S".to_owned());
        assert_eq!(
            read(&reference, &[("S", "x y")]),
            Ok(("x y".to_owned(), "env"))
        );
        assert!(read(&reference, &[]).unwrap_err().contains("S is not set"));
        assert!(
            read(&reference, &[("S", "")])
                .unwrap_err()
                .contains("is empty")
        );
    }

    #[test]
    fn a_key_on_one_line_gets_its_lines_back() {
        let reference = SecretRef::Env("K".to_owned());
        let one_line = "-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----";
        let key = read(&reference, &[("K", one_line)]).unwrap().0;
        assert_eq!(key.lines().count(), 3);
        assert_eq!(read(&reference, &[("K", "a\\nb")]).unwrap().0, "a\\nb");
    }

    #[test]
    fn from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let reference = SecretRef::File(path.clone());
        assert!(
            read(&reference, &[])
                .unwrap_err()
                .contains(path.to_str().unwrap())
        );
        for (content, secret) in [
            ("s\n", "s"),
            ("s\r\n", "s"),
            (" s \n\n", " s \n"),
            ("s", "s"),
        ] {
            std::fs::write(&path, content).unwrap();
            assert_eq!(read(&reference, &[]), Ok((secret.to_owned(), "file")));
        }
        std::fs::write(&path, "\n").unwrap();
        assert!(read(&reference, &[]).unwrap_err().contains("is empty"));
        std::fs::write(&path, b"canary\xff").unwrap();
        let told = read(&reference, &[]).unwrap_err();
        assert!(told.contains("UTF-8") && !told.contains("canary"));
        std::fs::write(&path, vec![b'a'; 64 * 1024 + 1]).unwrap();
        assert!(read(&reference, &[]).unwrap_err().contains("64 KiB"));
        let of_folder = SecretRef::File(folder.path().to_path_buf());
        assert!(read(&of_folder, &[]).unwrap_err().contains("folder"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_warned_of() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "s").unwrap();
        for (mode, warned) in [(0o600, false), (0o640, true), (0o444, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let fetched = SecretRef::File(path.clone())
                .read(
                    &environment(&[]),
                    &secrets(),
                    &NoKeyring,
                    BILLING,
                    &Origin::Default,
                )
                .unwrap();
            assert_eq!(fetched.warning.is_some(), warned, "{mode:o}");
        }
    }

    #[test]
    fn from_the_keyring() {
        let keyring = FakeKeyring::with("jeton/billing", "s");
        let fetched = SecretRef::keyring("billing")
            .read(
                &environment(&[]),
                &secrets(),
                &keyring,
                BILLING,
                &Origin::Default,
            )
            .unwrap();
        assert_eq!((fetched.text.as_str(), fetched.source), ("s", "keyring"));
    }

    #[test]
    fn nothing_shows_the_secret() {
        let literal = SecretRef::Literal(ClientSecret::new("canary"));
        let argv = vec!["vault".to_owned(), "canary".to_owned()];
        let command = SecretRef::Command(argv);
        let fetched = literal
            .read(
                &environment(&[]),
                &secrets(),
                &NoKeyring,
                BILLING,
                &Origin::Default,
            )
            .unwrap();
        assert_eq!(fetched.source, "config");
        let shown = format!("{literal} {literal:?} {command} {command:?} {fetched:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
