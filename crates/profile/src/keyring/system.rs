//! The keyring of the machine: Secret Service, Keychain, Credential Manager.

use super::{Keyring, KeyringFailure};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use zeroize::{Zeroize, Zeroizing};

/// The longest that a call to the keyring may take. A locked one that asks a prompter nobody sees would wait for ever.
const BOUND: Duration = Duration::from_secs(3);

/// The keyring of the machine that jeton runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

impl Keyring for SystemKeyring {
    fn get(&self, service: &str, user: &str) -> Result<Zeroizing<String>, KeyringFailure> {
        bounded(service, user, |entry| {
            entry.get_password().map(Zeroizing::new)
        })
    }

    fn set(&self, service: &str, user: &str, secret: &str) -> Result<(), KeyringFailure> {
        let secret = Zeroizing::new(secret.to_owned());
        bounded(service, user, move |entry| entry.set_password(&secret))
    }

    fn delete(&self, service: &str, user: &str) -> Result<(), KeyringFailure> {
        bounded(service, user, keyring::Entry::delete_credential)
    }
}

/// Runs one call in a thread of its own and waits three seconds for it at most.
///
/// The thread of a call that hangs is left behind: it ends with the process. Later calls fail at once then,
/// as they would queue up behind the same lock.
fn bounded<T: Send + 'static>(
    service: &str,
    user: &str,
    call: impl FnOnce(&keyring::Entry) -> Result<T, keyring::Error> + Send + 'static,
) -> Result<T, KeyringFailure> {
    static HANGS: AtomicBool = AtomicBool::new(false);
    if HANGS.load(Ordering::Relaxed) {
        return Err(KeyringFailure::TimedOut);
    }
    let (service, user) = (service.to_owned(), user.to_owned());
    let answer = within(BOUND, move || {
        keyring::Entry::new(&service, &user)
            .and_then(|entry| call(&entry))
            .map_err(explain)
    });
    match answer {
        Ok(result) => result,
        Err(Unanswered::TimedOut) => {
            HANGS.store(true, Ordering::Relaxed);
            Err(KeyringFailure::TimedOut)
        }
        Err(Unanswered::Died) => Err(KeyringFailure::Unavailable(
            "the keyring library stopped without a result".to_owned(),
        )),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Unanswered {
    TimedOut,
    Died,
}

fn within<T: Send + 'static>(
    bound: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Unanswered> {
    let (sender, receiver) = channel();
    let spawned = std::thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            // The receiver is gone when the caller stopped waiting.
            let _unheard = sender.send(call());
        });
    if spawned.is_err() {
        return Err(Unanswered::Died);
    }
    receiver.recv_timeout(bound).map_err(|error| match error {
        RecvTimeoutError::Timeout => Unanswered::TimedOut,
        RecvTimeoutError::Disconnected => Unanswered::Died,
    })
}

/// The library's error in our words. Its own texts of malformed data may hold the data, so they are not passed on.
fn explain(error: keyring::Error) -> KeyringFailure {
    use keyring::Error;
    match error {
        Error::NoEntry => KeyringFailure::NotFound,
        Error::NoStorageAccess(_) => KeyringFailure::Locked,
        Error::NoDefaultStore => KeyringFailure::Unavailable(no_store()),
        Error::PlatformFailure(cause) => KeyringFailure::Unavailable(cause.to_string()),
        Error::BadEncoding(mut data) | Error::BadDataFormat(mut data, _) => {
            data.zeroize();
            KeyringFailure::Unavailable("the entry is not text".to_owned())
        }
        Error::Ambiguous(entries) => KeyringFailure::Unavailable(format!(
            "{} entries have this name: remove all but one",
            entries.len()
        )),
        Error::TooLong(attribute, most) => {
            KeyringFailure::Unavailable(format!("the {attribute} is longer than {most} characters"))
        }
        other => KeyringFailure::Unavailable(other.to_string()),
    }
}

fn no_store() -> String {
    match keyring::Entry::store_status() {
        Err(keyring::Error::PlatformFailure(cause)) => cause.to_string(),
        Err(other) => other.to_string(),
        Ok(()) => "no keyring service was found".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyringFailure, Unanswered, explain, within};
    use std::time::Duration;

    #[test]
    fn a_call_that_hangs_is_given_up() {
        let (_sender, receiver) = std::sync::mpsc::channel::<()>();
        let answer = within(Duration::from_millis(20), move || receiver.recv().is_ok());
        assert_eq!(answer, Err(Unanswered::TimedOut));
    }

    #[test]
    fn a_call_that_answers_is_heard() {
        assert_eq!(within(Duration::from_secs(60), || 7), Ok(7));
    }

    #[test]
    fn data_that_is_no_text_is_not_repeated() {
        let failure = explain(keyring::Error::BadEncoding(b"canary".to_vec()));
        assert!(!format!("{failure:?}").contains("canary"));
        assert_eq!(explain(keyring::Error::NoEntry), KeyringFailure::NotFound);
        let locked = keyring::Error::NoStorageAccess("locked".into());
        assert_eq!(explain(locked), KeyringFailure::Locked);
    }
}
