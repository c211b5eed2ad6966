#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{KeyOrigin, SealKeyBytes, Sources, from_text, to_hex};
use crate::ErrorKind;
use crate::choice::CacheKeySource;
use crate::error::Error;
use crate::kernel_keyring::KernelKeyring;
use crate::keyring::{Keyring, KeyringFailure};
use crate::testing::{FakeKeyring, NoKeyring, environment};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use tempfile::TempDir;
use zeroize::Zeroizing;

/// A kernel in memory.
#[derive(Default)]
struct FakeKernel(Mutex<BTreeMap<String, [u8; 32]>>);

impl KernelKeyring for FakeKernel {
    fn recall(&self, name: &str) -> Option<Zeroizing<[u8; 32]>> {
        self.0
            .lock()
            .unwrap()
            .get(name)
            .copied()
            .map(Zeroizing::new)
    }

    fn hold(&self, name: &str, bytes: &[u8; 32]) {
        self.0.lock().unwrap().insert(name.to_owned(), *bytes);
    }
}

struct Machine {
    folder: TempDir,
    kernel: FakeKernel,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            kernel: FakeKernel::default(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("data/jeton/cache.key")
    }

    fn find(
        &self,
        choice: CacheKeySource,
        keyring: &dyn Keyring,
        env: &[(&str, &str)],
    ) -> Result<SealKeyBytes, Error> {
        Sources {
            choice,
            environment: &environment(env),
            file: Some(&self.file()),
            keyring,
            kernel: &self.kernel,
        }
        .find()
    }
}

#[test]
fn the_variable_wins_and_nothing_else_is_opened() {
    let machine = Machine::new();
    let hex = "00".repeat(31) + "ff";
    for choice in [
        CacheKeySource::Auto,
        CacheKeySource::Keyring,
        CacheKeySource::File,
    ] {
        let found = machine
            .find(choice, &NoKeyring, &[("JETON_CACHE_KEY", &hex)])
            .unwrap();
        assert_eq!(
            (found.origin, found.bytes[31]),
            (KeyOrigin::Environment, 0xff)
        );
    }
    assert!(!machine.file().exists());
}

#[test]
fn forms_of_the_variable() {
    let key = [0xfb; 32];
    let standard = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
    let url_safe = standard
        .replace('+', "-")
        .replace('/', "_")
        .replace('=', "");
    for text in [
        to_hex(&key).as_str(),
        standard,
        standard.trim_end_matches('='),
        &url_safe,
    ] {
        assert_eq!(*from_text(text).unwrap(), key, "{text}");
    }
    let first = from_text("correct horse battery").unwrap();
    assert_eq!(*first, *from_text("correct horse battery").unwrap());
    assert_ne!(*first, *from_text("correct horse batterz").unwrap());
    let error = from_text("canary").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Config);
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn env_demands_the_variable() {
    let error = Machine::new()
        .find(CacheKeySource::Env, &NoKeyring, &[("JETON_CACHE_KEY", "")])
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Credential);
}

#[test]
fn a_keyring_makes_a_key_and_the_kernel_spares_the_second_call() {
    let machine = Machine::new();
    let keyring = FakeKeyring::default();
    let made = machine.find(CacheKeySource::Auto, &keyring, &[]).unwrap();
    assert_eq!(made.origin, KeyOrigin::Keyring);
    let warm = machine.find(CacheKeySource::Auto, &NoKeyring, &[]).unwrap();
    assert_eq!((warm.origin, *warm.bytes), (KeyOrigin::Kernel, *made.bytes));
    machine.kernel.0.lock().unwrap().clear();
    let again = machine.find(CacheKeySource::Auto, &keyring, &[]).unwrap();
    assert_eq!(
        (again.origin, *again.bytes),
        (KeyOrigin::Keyring, *made.bytes)
    );
    assert!(
        !machine.file().exists(),
        "no key file where a keyring works"
    );
}

#[test]
fn without_a_keyring_there_is_a_file_and_it_stays() {
    for failure in [
        KeyringFailure::Locked,
        KeyringFailure::TimedOut,
        KeyringFailure::Unavailable("no bus".to_owned()),
    ] {
        let machine = Machine::new();
        let broken = FakeKeyring::failing(failure);
        let made = machine.find(CacheKeySource::Auto, &broken, &[]).unwrap();
        assert_eq!(made.new_file, Some(machine.file()), "said once");
        // The keyring comes back, the file is kept to.
        let later = machine.find(CacheKeySource::Auto, &NoKeyring, &[]).unwrap();
        assert_eq!((later.origin, *later.bytes), (KeyOrigin::File, *made.bytes));
        assert_eq!(later.new_file, None);
    }
}

#[test]
fn keyring_alone_does_not_fall_back() {
    let machine = Machine::new();
    let broken = FakeKeyring::failing(KeyringFailure::Locked);
    let error = machine
        .find(CacheKeySource::Keyring, &broken, &[])
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Credential);
    assert!(!machine.file().exists());
}

#[test]
fn many_at_once_agree_on_one_key() {
    for keyring in [
        FakeKeyring::default(),
        FakeKeyring::failing(KeyringFailure::Locked),
    ] {
        let machine = Machine::new();
        let keys: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let find = || {
                *machine
                    .find(CacheKeySource::Auto, &keyring, &[])
                    .unwrap()
                    .bytes
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(find)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_private_and_one_that_was_open_is_not_trusted() {
    use std::os::unix::fs::PermissionsExt;
    let machine = Machine::new();
    machine.find(CacheKeySource::File, &NoKeyring, &[]).unwrap();
    let mode = |path: PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(machine.file()), 0o600);
    assert_eq!(mode(machine.file().parent().unwrap().to_path_buf()), 0o700);
    std::fs::set_permissions(machine.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = machine
        .find(CacheKeySource::Auto, &NoKeyring, &[])
        .unwrap_err();
    assert!(error.hints.join("").contains("remove"), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_file_is_not_followed() {
    let machine = Machine::new();
    let made = machine.find(CacheKeySource::File, &NoKeyring, &[]).unwrap();
    let moved = machine.folder.path().join("elsewhere");
    std::fs::rename(machine.file(), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, machine.file()).unwrap();
    assert!(machine.find(CacheKeySource::File, &NoKeyring, &[]).is_err());
    assert!(!format!("{made:?}").contains(to_hex(&made.bytes).as_str()));
}

#[test]
fn a_file_that_holds_no_key_is_told() {
    let machine = Machine::new();
    machine.find(CacheKeySource::File, &NoKeyring, &[]).unwrap();
    jeton_files::replace(&machine.file(), b"canary\n").unwrap();
    let error = machine
        .find(CacheKeySource::File, &NoKeyring, &[])
        .unwrap_err();
    assert!(
        error.message.contains("does not contain a key")
            && !format!("{error:?}").contains("canary")
    );
}
