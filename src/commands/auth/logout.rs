//! `jeton auth logout`: takes the credentials of a profile out of the operating system's keyring.
//!
//! The cached tokens of the profile go with them; that is done by the cache, from the same place that calls this.

use crate::error::Error;
use jeton_profile::keyring::{Keyring, KeyringFailure};
use jeton_profile::{Profile, SERVICE, SecretRef};
use serde::Serialize;

/// What was done.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct LogoutReport {
    /// The entries that were taken out, as `service/user`.
    pub(crate) removed: Vec<String>,
    /// Credentials that are not in the keyring and stay where they are, in words.
    pub(crate) kept: Vec<String>,
}

/// Takes secret and private key out. An entry that is not there is no failure: afterwards it is not there.
///
/// # Errors
/// Exit 4 where the keyring is locked, absent or does not answer.
pub(crate) fn run(profile: &Profile, keyring: &dyn Keyring) -> Result<LogoutReport, Error> {
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
            // An entry from before the profile was told to look elsewhere may be left.
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
    let error = Error::credential(format!("the keyring did not let go of {service}/{user}"));
    match failure {
        KeyringFailure::NotFound => error,
        KeyringFailure::Locked => error.detail("it is locked").hint("unlock it and try again"),
        KeyringFailure::Unavailable(reason) => error.detail(reason),
        KeyringFailure::TimedOut => error
            .detail("it did not answer within 3 s")
            .hint("it may wait for somebody to unlock it: unlock it and try again"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{LogoutReport, run};
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
        let report = run(&profile(""), &keyring).unwrap();
        assert_eq!(report.removed, ["jeton/p", "jeton/p/private_key"]);
        assert_eq!(keyring.entries.lock().unwrap().len(), 1);
        assert_eq!(
            run(&profile(""), &keyring).unwrap(),
            LogoutReport::default()
        );
    }

    #[test]
    fn what_is_kept_elsewhere_is_told_and_an_old_entry_goes() {
        let keyring = FakeKeyring::with("jeton/p", "s");
        let report = run(&profile("client_secret.env = 'S'"), &keyring).unwrap();
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
            let error = run(&profile(""), &FakeKeyring::failing(failure)).unwrap_err();
            assert_eq!(error.exit, Exit::Credential);
        }
        let elsewhere = profile("client_secret.env = 'S'\nassertion.private_key.env = 'K'");
        let absent = FakeKeyring::failing(KeyringFailure::Unavailable("no bus".to_owned()));
        assert_eq!(run(&elsewhere, &absent).unwrap().removed, [""; 0]);
    }
}
