//! What the tests of settings share, here and in the program.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::Settings;
use super::environment::Environment;
use super::inputs::Inputs;
use crate::error::Error;
use crate::keyring::{Keyring, KeyringFailure};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};
use tempfile::TempDir;
use zeroize::Zeroizing;

/// Awaits a future on this thread.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Arc::new(Unpark(thread::current())).into();
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return done;
        }
        thread::park();
    }
}

/// An environment written as pairs.
pub fn variables(pairs: &[(&str, &str)]) -> BTreeMap<OsString, OsString> {
    pairs
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)))
        .collect()
}

/// A snapshot written as pairs.
pub fn environment(pairs: &[(&str, &str)]) -> Environment {
    Environment::new(variables(pairs), None).unwrap()
}

/// A folder with a private configuration file in it.
pub struct Home {
    /// It goes away with this.
    pub folder: TempDir,
}

impl Home {
    /// With a configuration file of this text.
    pub fn new(toml: &str) -> Self {
        let home = Self::empty();
        jeton_files::create(&home.config(), toml.as_bytes()).unwrap();
        home
    }

    /// Without a configuration file.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Where the configuration file is, or would be.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    /// Inputs that name the file if there is one, with nothing of this machine in them.
    pub fn inputs(&self, env: &[(&str, &str)]) -> Inputs {
        let mut env = variables(env);
        env.entry("HOME".into())
            .or_insert_with(|| self.folder.path().into());
        Inputs {
            env,
            config: self.config().exists().then(|| self.config()),
            ..Inputs::default()
        }
    }

    /// The settings of this home under these variables.
    pub fn load(&self, env: &[(&str, &str)]) -> Result<Settings, Error> {
        Settings::load(&self.inputs(env))
    }
}

/// A keyring that must not be asked.
pub struct NoKeyring;

impl Keyring for NoKeyring {
    fn get(&self, service: &str, user: &str) -> Result<Zeroizing<String>, KeyringFailure> {
        panic!("the keyring was asked for {service}/{user}");
    }

    fn set(&self, service: &str, user: &str, _: &str) -> Result<(), KeyringFailure> {
        panic!("the keyring was given {service}/{user}");
    }

    fn delete(&self, service: &str, user: &str) -> Result<(), KeyringFailure> {
        panic!("the keyring was told to drop {service}/{user}");
    }
}

/// A keyring in memory, or one that always fails.
#[derive(Default)]
pub struct FakeKeyring {
    /// Secrets by `service/user`.
    pub entries: Mutex<BTreeMap<String, String>>,
    /// What every call ends with, if it is to fail.
    pub failure: Option<KeyringFailure>,
}

impl FakeKeyring {
    /// With one entry, `service/user`.
    pub fn with(name: &str, secret: &str) -> Self {
        let keyring = Self::default();
        keyring
            .entries
            .lock()
            .unwrap()
            .insert(name.to_owned(), secret.to_owned());
        keyring
    }

    /// Every call fails like this.
    pub fn failing(failure: KeyringFailure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::default()
        }
    }

    fn check(&self) -> Result<(), KeyringFailure> {
        self.failure.clone().map_or(Ok(()), Err)
    }
}

impl Keyring for FakeKeyring {
    fn get(&self, service: &str, user: &str) -> Result<Zeroizing<String>, KeyringFailure> {
        self.check()?;
        let entries = self.entries.lock().unwrap();
        let found = entries.get(&format!("{service}/{user}"));
        found
            .map(|secret| Zeroizing::new(secret.clone()))
            .ok_or(KeyringFailure::NotFound)
    }

    fn set(&self, service: &str, user: &str, secret: &str) -> Result<(), KeyringFailure> {
        self.check()?;
        let mut entries = self.entries.lock().unwrap();
        entries.insert(format!("{service}/{user}"), secret.to_owned());
        Ok(())
    }

    fn delete(&self, service: &str, user: &str) -> Result<(), KeyringFailure> {
        self.check()?;
        let mut entries = self.entries.lock().unwrap();
        let gone = entries.remove(&format!("{service}/{user}"));
        gone.map(|_| ()).ok_or(KeyringFailure::NotFound)
    }
}
