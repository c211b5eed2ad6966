//! `jeton auth logout`: removes the credentials of a profile from the operating system's keyring, and its tokens from the cache.

use super::keyring_error;
use crate::cli::selection::ProfileArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use jeton_profile::keyring::{Keyring, KeyringFailure, SystemKeyring};
use jeton_profile::{Profile, SERVICE, SecretRef};

const EXAMPLES: &str = "Examples:
  jeton auth logout -p billing
      remove the credentials and the cached tokens";

/// Remove the secret and private key of a profile from the OS keyring, and its tokens from the cache
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogoutArgs {
    #[command(flatten)]
    profile: ProfileArgs,
}

impl Verb for LogoutArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default().profile(&self.profile)
    }

    /// Removes the credentials of a profile from the keyring, and its tokens from the cache.
    ///
    /// # Errors
    /// See [`remove`]; exit 1 where a cached token cannot be removed.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let profile = settings.chosen()?;
        let purged = source::forget(&app, &settings, &profile.name)?;
        let report = remove(&profile, &SystemKeyring)?;
        if app.json {
            app.print_json(&serde_json::json!({
                "profile": profile.name,
                "removed": report.removed,
                "kept": report.kept,
                "purged_tokens": purged,
            }))?;
            return Ok(Exit::Done);
        }
        let mut text = match report.removed.as_slice() {
            [] => format!("the keyring has no entry for {}\n", profile.name),
            removed => format!("removed from the keyring: {}\n", removed.join(", ")),
        };
        text.push_str(&match purged {
            0 => "no cached token\n".to_owned(),
            1 => "1 cached token removed\n".to_owned(),
            many => format!("{many} cached tokens removed\n"),
        });
        app.console.print(&text)?;
        for kept in &report.kept {
            app.console
                .note(&format!("not in the keyring, not removed: {kept}"));
        }
        Ok(Exit::Done)
    }
}

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::commands) struct LogoutReport {
    /// The entries that were removed, as `service/user`.
    pub(in crate::commands) removed: Vec<String>,
    /// Credentials that are stored elsewhere and were not removed, in words.
    kept: Vec<String>,
}

/// Removes secret and private key. A missing entry is not an error.
///
/// # Errors
/// Exit 4 where the keyring is locked, absent or does not answer.
pub(in crate::commands) fn remove(
    profile: &Profile,
    keyring: &dyn Keyring,
) -> Result<LogoutReport> {
    let mut report = LogoutReport::default();
    let kept_elsewhere = [&profile.client_secret, &profile.assertion.private_key]
        .into_iter()
        .flatten()
        .any(|found| !matches!(found.value, SecretRef::Keyring { .. }));
    for (found, entry) in [
        (profile.secret(), profile.secret_entry()),
        (profile.private_key(), profile.private_key_entry()),
    ] {
        let (service, user) = match found.value {
            SecretRef::Keyring { service, user } => (service, user),
            // The keyring may have an entry from before the profile named another place.
            other => {
                report.kept.push(format!("{other} ({})", found.origin));
                (SERVICE.to_owned(), entry)
            }
        };
        match keyring.delete(&service, &user) {
            Ok(()) => report.removed.push(format!("{service}/{user}")),
            Err(KeyringFailure::NotFound) => {}
            // Where there is no keyring, nothing is in it.
            Err(KeyringFailure::Unavailable(_)) if kept_elsewhere => {}
            Err(failure) => return Err(not_removed(&service, &user, &failure)),
        }
    }
    let key_of_certificate = profile.mtls.certificate().and(profile.mtls.key());
    if let Some(found) = key_of_certificate
        && !matches!(found.value, SecretRef::Keyring { .. })
    {
        report
            .kept
            .push(format!("{} ({})", found.value, found.origin));
    }
    Ok(report)
}

fn not_removed(service: &str, user: &str, failure: &KeyringFailure) -> Error {
    let message = format!("could not delete {service}/{user} from the keyring");
    keyring_error(message, failure, "there is no such entry")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{LogoutReport, remove};
    use crate::exit::Exit;
    use jeton_profile::Profile;
    use jeton_profile::keyring::KeyringFailure;
    use jeton_profile::testing::{FakeKeyring, Home};

    fn profile(lines: &str) -> Profile {
        let home = Home::new(&format!("[profiles.p]\n{lines}\n"));
        home.load(&[]).unwrap().select().unwrap()
    }

    #[test]
    fn both_credentials_go_and_those_of_others_stay() {
        let keyring = FakeKeyring::with("jeton/p", "s");
        for name in ["jeton/p/private_key", "jeton/other"] {
            keyring
                .entries
                .lock()
                .unwrap()
                .insert(name.to_owned(), "s".to_owned());
        }
        let report = remove(&profile(""), &keyring).unwrap();
        assert_eq!(report.removed, ["jeton/p", "jeton/p/private_key"]);
        assert_eq!(keyring.entries.lock().unwrap().len(), 1);
        assert_eq!(
            remove(&profile(""), &keyring).unwrap(),
            LogoutReport::default()
        );
    }

    #[test]
    fn what_is_kept_elsewhere_is_told_and_an_old_entry_goes() {
        let keyring = FakeKeyring::with("jeton/p", "s");
        let report = remove(&profile("client_secret.env = 'S'"), &keyring).unwrap();
        assert_eq!(report.removed, ["jeton/p"]);
        assert_eq!(report.kept, ["env S (config.toml:2)"]);
    }

    #[test]
    fn a_keyring_that_does_not_work_is_exit_4() {
        for failure in [
            KeyringFailure::Locked,
            KeyringFailure::TimedOut,
            KeyringFailure::Unavailable("no bus".to_owned()),
        ] {
            let error = remove(&profile(""), &FakeKeyring::failing(failure)).unwrap_err();
            assert_eq!(error.exit, Exit::Credential);
        }
        let elsewhere = profile("client_secret.env = 'S'\nassertion.private_key.env = 'K'");
        let absent = FakeKeyring::failing(KeyringFailure::Unavailable("no bus".to_owned()));
        assert_eq!(remove(&elsewhere, &absent).unwrap().removed, [""; 0]);
    }
}
