//! `jeton auth login`: stores a secret or private key in the operating system's keyring.

pub(in crate::commands) mod input;

use super::keyring_error;
use crate::cli::selection::ProfileArgs;
use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use input::{CredentialInput, LoginSource, Terminal};
use jeton_client::MethodChoice;
use jeton_client::method::CredentialKind;
use jeton_oauth::PrivateKey;
use jeton_profile::keyring::{Keyring, KeyringFailure, SystemKeyring};
use jeton_profile::{Profile, SERVICE, SecretRef};
use serde::Serialize;

const EXAMPLES: &str = "Examples:
  jeton auth login -p billing
      prompt for the secret without echo
  vault kv get -field=secret kv/billing | jeton auth login -p billing
      from a pipe";

/// Store the secret or private key of a profile in the OS keyring
///
/// Prompts without echo, or reads what is piped to stdin; a credential is never taken from the command line.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginArgs {
    #[command(flatten)]
    profile: ProfileArgs,
}

impl Verb for LoginArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default().profile(&self.profile)
    }

    /// Stores a credential in the keyring.
    ///
    /// # Errors
    /// See [`store`].
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let profile = settings.chosen()?;
        let from = LoginSource::detect();
        let no_input = settings.tool.no_input.value;
        let report = store(from, &profile, no_input, &mut Terminal, &SystemKeyring)?;
        if let Some(warning) = &report.warning {
            app.console.warn(warning);
        }
        if app.json {
            app.print_json(&report)?;
        } else {
            let what = report.credential.in_words();
            let text = format!(
                "stored the {what} of {} in the keyring ({}/{})\n",
                profile.name, report.service, report.user
            );
            app.console.print(&text)?;
        }
        Ok(Exit::Done)
    }
}

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Credential {
    ClientSecret,
    PrivateKey,
}

impl Credential {
    const fn in_words(self) -> &'static str {
        match self {
            Self::ClientSecret => "client secret",
            Self::PrivateKey => "private key",
        }
    }
}

/// What was done.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::commands) struct LoginReport {
    credential: Credential,
    /// The entry of the keyring.
    pub(in crate::commands) service: String,
    pub(in crate::commands) user: String,
    /// Set if the profile does not use the entry at present.
    pub(in crate::commands) warning: Option<String>,
}

/// Stores a credential of a profile in the keyring entry where the profile looks for it.
///
/// # Errors
/// Exit 2: there is no terminal to prompt on, or `no_input` forbids it. Exit 4: there is no input, a private key cannot be
/// used, or the keyring does not store it.
fn store(
    from: LoginSource,
    profile: &Profile,
    no_input: bool,
    input: &mut dyn CredentialInput,
    keyring: &dyn Keyring,
) -> Result<LoginReport> {
    let text = match from {
        LoginSource::Prompt => input::prompt(profile, no_input, "", input)?,
        LoginSource::Stdin => input::piped(input)?,
    };
    if text.trim().is_empty() {
        return Err(Error::credential("no input; nothing stored"));
    }
    keep(&text, from, profile, keyring)
}

/// Stores a credential that was entered.
///
/// # Errors
/// As [`store`].
pub(in crate::commands) fn keep(
    text: &str,
    from: LoginSource,
    profile: &Profile,
    keyring: &dyn Keyring,
) -> Result<LoginReport> {
    let credential = recognise(text)?;
    if matches!(from, LoginSource::Prompt)
        && credential == Credential::ClientSecret
        && profile.configured_credential() == CredentialKind::PrivateKey
    {
        return Err(
            Error::credential("not a private key; nothing stored").hint(format!(
                "paste the key as PEM or JWK, or name its file: `jeton auth login -p {} < key.pem`",
                profile.name
            )),
        );
    }
    let (service, user, elsewhere) = destination(credential, profile);
    keyring
        .set(&service, &user, text)
        .map_err(|failure| not_stored(&failure, credential))?;
    let warning = elsewhere.or_else(|| unused(credential, profile, keyring));
    Ok(LoginReport {
        credential,
        service,
        user,
        warning,
    })
}

/// Recognises a private key by its form, and refuses one that could not be used later.
fn recognise(text: &str) -> Result<Credential> {
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

/// The keyring entry, and a warning if the profile does not use it.
fn destination(credential: Credential, profile: &Profile) -> (String, String, Option<String>) {
    let (used, entry) = match credential {
        Credential::ClientSecret => (profile.secret(), profile.secret_entry()),
        Credential::PrivateKey => (profile.private_key(), profile.private_key_entry()),
    };
    if let SecretRef::Keyring { service, user } = used.value {
        return (service, user, None);
    }
    let warning = format!(
        "the profile {} takes it from elsewhere ({}, {}), so the keyring is not used",
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
    let message = "could not store the credential in the keyring";
    let error = keyring_error(message, failure, "it has no collection to store it in");
    error.hint(format!(
        "or store it in a file of mode 0600 and name the file in {variable}"
    ))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::input::{CredentialInput, LoginSource};
    use super::{Credential, store};
    use crate::exit::Exit;
    use jeton_profile::Profile;
    use jeton_profile::keyring::KeyringFailure;
    use jeton_profile::testing::{FakeKeyring, Home, NoKeyring};
    use std::io::Read;

    /// Somebody who answers, line by line.
    struct Person(&'static str);

    impl CredentialInput for Person {
        fn prompt(&mut self, question: &str) -> std::io::Result<String> {
            assert!(
                question.is_empty()
                    || question.ends_with("for p: ")
                    || question.contains("for p, as PEM"),
                "{question}"
            );
            let (line, rest) = self.0.split_once('\n').unwrap_or((self.0, ""));
            self.0 = rest;
            Ok(line.to_owned())
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
            let report = store(from, &profile(""), false, &mut Person(given), &keyring).unwrap();
            assert_eq!(
                (report.credential, report.warning),
                (Credential::ClientSecret, None)
            );
            assert_eq!(kept(&keyring), [("jeton/p".to_owned(), " s".to_owned())]);
        }
        let keyring = FakeKeyring::default();
        let other = profile("client_secret = { keyring = 'svc/user' }");
        store(LoginSource::Stdin, &other, true, &mut Person("s"), &keyring).unwrap();
        assert_eq!(kept(&keyring)[0].0, "svc/user");
    }

    #[test]
    fn a_private_key_is_told_by_its_form_and_tried() {
        let keyring = FakeKeyring::default();
        let report = store(
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
        let error = store(
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
    fn a_profile_that_signs_is_asked_for_its_key() {
        struct Asked(Vec<String>, &'static str);

        impl CredentialInput for Asked {
            fn prompt(&mut self, question: &str) -> std::io::Result<String> {
                self.0.push(question.to_owned());
                let (line, rest) = self.1.split_once('\n').unwrap_or((self.1, ""));
                self.1 = rest;
                Ok(line.to_owned())
            }

            fn stdin(&mut self) -> Box<dyn Read + '_> {
                Box::new(std::io::empty())
            }
        }

        const OVER_LINES: &str = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\n\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\n\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}\nmore";
        let signer = profile("auth_method = 'private_key_jwt'");
        for text in [KEY, OVER_LINES] {
            let keyring = FakeKeyring::default();
            let mut asked = Asked(Vec::new(), text);
            let report = store(LoginSource::Prompt, &signer, false, &mut asked, &keyring).unwrap();
            assert_eq!(asked.0[0], "private key for p, as PEM or JWK: ");
            assert_eq!(report.credential, Credential::PrivateKey);
            assert_eq!(kept(&keyring)[0].0, "jeton/p/private_key");
        }
        let mut asked = Asked(Vec::new(), "a secret\n\n");
        let error = store(LoginSource::Prompt, &signer, false, &mut asked, &NoKeyring).unwrap_err();
        assert!(error.message.contains("not a private key"), "{error}");
        let by_certificate = profile("auth_method = 'tls_client_auth'\nmtls.cert = 'c.pem'");
        let mut asked = Asked(Vec::new(), "");
        let error = store(
            LoginSource::Prompt,
            &by_certificate,
            false,
            &mut asked,
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!((error.exit, asked.0.len()), (Exit::Config, 0));
    }

    #[test]
    fn an_entry_that_is_not_used_is_told() {
        let keyring = FakeKeyring::default();
        let elsewhere = profile("client_secret.env = 'S'");
        let report = store(
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
            let report = store(from, &profile, true, &mut Person(given), &keyring);
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
        let empty = store(
            LoginSource::Stdin,
            &profile(""),
            true,
            &mut Person("\n"),
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!(empty.exit, Exit::Credential);
        let asked = store(
            LoginSource::Prompt,
            &profile(""),
            true,
            &mut Person("s"),
            &NoKeyring,
        )
        .unwrap_err();
        assert_eq!(asked.exit, Exit::Usage);
        let broken = FakeKeyring::failing(KeyringFailure::Locked);
        let locked = store(
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
