//! `jeton auth login`: puts a secret or private key into the operating system's keyring.

use crate::error::Error;
use jeton_client::MethodChoice;
use jeton_client::method::CredentialKind;
use jeton_files::FileError;
use jeton_oauth::PrivateKey;
use jeton_profile::keyring::{Keyring, KeyringFailure};
use jeton_profile::{Profile, SERVICE, SecretRef};
use serde::Serialize;
use std::io::Read;
use zeroize::Zeroizing;

/// The longest credential.
const LIMIT: usize = 64 * 1024;

/// Where the credential is taken from. Never the value of a flag: other users see those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoginSource {
    /// A prompt on the terminal, without echo: a client secret.
    Prompt,
    /// Standard input, up to one newline at its end: a client secret, or a private key as PEM or JWK.
    Stdin,
}

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Credential {
    ClientSecret,
    PrivateKey,
}

impl Credential {
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::ClientSecret => "client secret",
            Self::PrivateKey => "private key",
        }
    }
}

/// What was done.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct LoginReport {
    pub(crate) credential: Credential,
    /// The entry of the keyring.
    pub(crate) service: String,
    pub(crate) user: String,
    /// Said when the entry is not what the profile uses at present.
    pub(crate) warning: Option<String>,
}

/// What can be asked: the person at the terminal, or whatever is on standard input.
pub(crate) trait Asked {
    /// Asks without echo.
    ///
    /// # Errors
    /// There is no terminal, or it was left.
    fn prompt(&mut self, question: &str) -> std::io::Result<String>;
    /// Standard input.
    fn stdin(&mut self) -> Box<dyn Read + '_>;
}

/// The terminal and standard input of this process.
pub(crate) struct Terminal;

impl Asked for Terminal {
    fn prompt(&mut self, question: &str) -> std::io::Result<String> {
        rpassword::prompt_password(question)
    }

    fn stdin(&mut self) -> Box<dyn Read + '_> {
        Box::new(std::io::stdin().lock())
    }
}

/// Stores a credential of a profile in the keyring entry where the profile looks for it.
///
/// # Errors
/// Exit 2: the terminal cannot be asked, or `no_input` forbids it. Exit 4: nothing was given, a private key cannot be
/// used, or the keyring does not take it.
pub(crate) fn run(
    from: LoginSource,
    profile: &Profile,
    no_input: bool,
    asked: &mut dyn Asked,
    keyring: &dyn Keyring,
) -> Result<LoginReport, Error> {
    let text = match from {
        LoginSource::Prompt => prompt(profile, no_input, asked)?,
        LoginSource::Stdin => piped(asked)?,
    };
    if text.trim().is_empty() {
        return Err(Error::credential(
            "nothing was given, so nothing was stored",
        ));
    }
    let credential = recognise(&text)?;
    let (service, user, elsewhere) = destination(credential, profile);
    keyring
        .set(&service, &user, &text)
        .map_err(|failure| not_stored(&failure, credential))?;
    let warning = elsewhere.or_else(|| unused(credential, profile, keyring));
    Ok(LoginReport {
        credential,
        service,
        user,
        warning,
    })
}

/// Tells a private key by its form, and refuses one that could not be used later.
fn recognise(text: &str) -> Result<Credential, Error> {
    let trimmed = text.trim_start();
    let looks_like_a_key = trimmed.starts_with("-----BEGIN")
        || (trimmed.starts_with('{') && trimmed.contains("\"kty\""));
    if !looks_like_a_key {
        return Ok(Credential::ClientSecret);
    }
    match PrivateKey::from_text(text) {
        Ok(_) => Ok(Credential::PrivateKey),
        Err(error) => Err(
            Error::credential(format!("the private key cannot be used: {error}"))
                .hint("give it as PEM (PKCS#8, PKCS#1 or SEC1, not encrypted) or as JWK"),
        ),
    }
}

fn prompt(
    profile: &Profile,
    no_input: bool,
    asked: &mut dyn Asked,
) -> Result<Zeroizing<String>, Error> {
    const REMEDY: &str = "pipe it into standard input";
    if no_input {
        return Err(Error::usage(
            "the secret would have to be asked for, and input is switched off",
        )
        .hint(REMEDY));
    }
    let question = format!("client secret for {}: ", profile.name);
    asked
        .prompt(&question)
        .map(Zeroizing::new)
        .map_err(|error| {
            Error::usage(format!("the secret cannot be asked for: {error}")).hint(REMEDY)
        })
}

fn piped(asked: &mut dyn Asked) -> Result<Zeroizing<String>, Error> {
    let bytes = read_all(&mut *asked.stdin())?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Error::credential("what was given is not UTF-8 text"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    Ok(Zeroizing::new(
        line.strip_suffix('\r').unwrap_or(line).to_owned(),
    ))
}

fn read_all(stream: &mut dyn Read) -> Result<Zeroizing<Vec<u8>>, Error> {
    jeton_files::read_stream(stream, LIMIT).map_err(|error| match error {
        FileError::TooLong { .. } => Error::credential("standard input is longer than 64 KiB"),
        other => Error::credential(format!("standard input cannot be read: {other}")),
    })
}

/// The keyring entry, and what to say when the profile looks elsewhere.
fn destination(credential: Credential, profile: &Profile) -> (String, String, Option<String>) {
    let (used, entry) = match credential {
        Credential::ClientSecret => (profile.secret(), profile.secret_entry()),
        Credential::PrivateKey => (profile.private_key(), profile.private_key_entry()),
    };
    if let SecretRef::Keyring { service, user } = used.value {
        return (service, user, None);
    }
    let warning = format!(
        "the profile {} takes it from elsewhere ({}, {}): the keyring is not asked while that stands",
        profile.name, used.value, used.origin
    );
    (SERVICE.to_owned(), entry, Some(warning))
}

/// What to say when the profile has no use for what was stored: its method needs another credential, or it has one that comes
/// before it.
fn unused(credential: Credential, profile: &Profile, keyring: &dyn Keyring) -> Option<String> {
    let certificate = profile.certificate().ok().flatten();
    let decision = profile.decide(certificate.as_ref(), keyring).ok()?;
    let stored = match credential {
        Credential::ClientSecret => CredentialKind::Secret,
        Credential::PrivateKey => CredentialKind::PrivateKey,
    };
    (decision.credential != stored).then(|| match profile.auth_method.value {
        MethodChoice::One(method) => format!(
            "auth_method of {} is {method}, which does not use a {stored}",
            profile.name
        ),
        MethodChoice::Auto => format!(
            "{} has a {}, which auto prefers: the {stored} is not used",
            profile.name, decision.credential
        ),
    })
}

fn not_stored(failure: &KeyringFailure, credential: Credential) -> Error {
    let variable = match credential {
        Credential::ClientSecret => "CC_CLIENT_SECRET_FILE",
        Credential::PrivateKey => "CC_JWT_PRIVATE_KEY_FILE",
    };
    let error = Error::credential("the keyring did not take the credential");
    let error = match failure {
        KeyringFailure::NotFound => error.detail("it has no collection to put it into"),
        KeyringFailure::Locked => error.detail("it is locked").hint("unlock it and try again"),
        KeyringFailure::Unavailable(reason) => error.detail(reason),
        KeyringFailure::TimedOut => error
            .detail("it did not answer within 3 s")
            .hint("it may wait for somebody to unlock it: unlock it and try again"),
    };
    error.hint(format!(
        "or keep it in a file of mode 0600, named in {variable}"
    ))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{Asked, Credential, LoginSource, run};
    use crate::exit::Exit;
    use jeton_profile::Profile;
    use jeton_profile::keyring::KeyringFailure;
    use jeton_profile::testing::{FakeKeyring, Home, NoKeyring};
    use std::io::Read;

    /// Somebody who answers, once.
    struct Person(&'static str);

    impl Asked for Person {
        fn prompt(&mut self, question: &str) -> std::io::Result<String> {
            assert_eq!(question, "client secret for p: ");
            Ok(self.0.to_owned())
        }

        fn stdin(&mut self) -> Box<dyn Read + '_> {
            Box::new(self.0.as_bytes())
        }
    }

    const KEY: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;

    fn profile(lines: &str) -> Profile {
        let home = Home::new(&format!("[profiles.p]\n{lines}\n"));
        home.load(&[]).unwrap().select().unwrap()
    }

    fn kept(keyring: &FakeKeyring) -> Vec<(String, String)> {
        keyring
            .entries
            .lock()
            .unwrap()
            .clone()
            .into_iter()
            .collect()
    }

    #[test]
    fn a_secret_goes_where_the_profile_looks_for_it() {
        for (from, given) in [(LoginSource::Prompt, " s"), (LoginSource::Stdin, " s\r\n")] {
            let keyring = FakeKeyring::default();
            let report = run(from, &profile(""), false, &mut Person(given), &keyring).unwrap();
            assert_eq!(
                (report.credential, report.warning),
                (Credential::ClientSecret, None)
            );
            assert_eq!(kept(&keyring), [("jeton/p".to_owned(), " s".to_owned())]);
        }
        let keyring = FakeKeyring::default();
        let other = profile("client_secret = { keyring = 'svc/user' }");
        run(LoginSource::Stdin, &other, true, &mut Person("s"), &keyring).unwrap();
        assert_eq!(kept(&keyring)[0].0, "svc/user");
    }

    #[test]
    fn a_private_key_is_told_by_its_form_and_tried() {
        let keyring = FakeKeyring::default();
        let report = run(
            LoginSource::Stdin,
            &profile(""),
            true,
            &mut Person(KEY),
            &keyring,
        )
        .unwrap();
        assert_eq!(report.credential, Credential::PrivateKey);
        assert_eq!(kept(&keyring)[0].0, "jeton/p/private_key");
        let broken = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
        let error = run(
            LoginSource::Stdin,
            &profile(""),
            true,
            &mut Person(broken),
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!(error.exit, Exit::Credential);
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn an_entry_that_is_not_used_is_told() {
        let keyring = FakeKeyring::default();
        let elsewhere = profile("client_secret.env = 'S'");
        let report = run(
            LoginSource::Stdin,
            &elsewhere,
            true,
            &mut Person("s"),
            &keyring,
        )
        .unwrap();
        assert!(report.warning.unwrap().contains("env S, config.toml:2"));
        assert_eq!(kept(&keyring)[0].0, "jeton/p");
    }

    #[test]
    fn a_credential_that_the_method_does_not_use_is_told() {
        let stored = |lines: &str, given: &'static str| {
            let keyring = FakeKeyring::default();
            let (from, profile) = (LoginSource::Stdin, profile(lines));
            let report = run(from, &profile, true, &mut Person(given), &keyring);
            report.unwrap().warning.unwrap_or_default()
        };
        assert_eq!(stored("", KEY), "");
        assert_eq!(stored("auth_method = 'client_secret_post'", "s"), "");
        for (lines, given, warning) in [
            (
                "auth_method = 'client_secret_post'",
                KEY,
                "auth_method of p is client_secret_post, which does not use a private key",
            ),
            (
                "assertion.private_key.env = 'K'",
                "s",
                "p has a private key, which auto prefers: the client secret is not used",
            ),
            (
                "client_secret.env = 'S'",
                KEY,
                "p has a client secret, which auto prefers: the private key is not used",
            ),
        ] {
            assert_eq!(stored(lines, given), warning, "{lines}");
        }
    }

    #[test]
    fn what_cannot_be_stored_is_refused() {
        let empty = run(
            LoginSource::Stdin,
            &profile(""),
            true,
            &mut Person("\n"),
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!(empty.exit, Exit::Credential);
        let asked = run(
            LoginSource::Prompt,
            &profile(""),
            true,
            &mut Person("s"),
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!(asked.exit, Exit::Usage);
        let broken = FakeKeyring::failing(KeyringFailure::Locked);
        let locked = run(
            LoginSource::Stdin,
            &profile(""),
            true,
            &mut Person("canary"),
            &broken,
        )
        .unwrap_err();
        assert_eq!(locked.exit, Exit::Credential);
        assert!(locked.hints.join("").contains("CC_CLIENT_SECRET_FILE"));
        assert!(!format!("{locked:?}").contains("canary"));
    }
}
