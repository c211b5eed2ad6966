//! The key that seals the cache: where it is kept, and how it comes to be.
//!
//! `JETON_CACHE_KEY` wins. Else `cache.key` decides: `keyring` and `file` mean just that, `env` demands the variable, and
//! `auto` takes, in this order,
//!
//! 1. the key file, if there is one: once a machine has had to fall back to it, it stays with it, so that a keyring that comes
//!    and goes does not make entries readable and unreadable by turns. Removing the file goes back to the keyring;
//! 2. the kernel's keyring, where a key from the operating system's keyring is held for some hours: a warm call ends here,
//!    without a D-Bus round trip;
//! 3. the operating system's keyring, in which a new key is made when it has none;
//! 4. where that one is absent, locked or does not answer: a new key file.

use super::choice::CacheKeySource;
use super::environment::Environment;
use super::{Settings, env};
use crate::error::Error;
use crate::kernel_keyring::{KernelKeyring, SystemKernelKeyring};
use crate::keyring::{Keyring, KeyringFailure, SystemKeyring};
use aws_lc_rs::{digest, hkdf, rand};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use jeton_files::{Distrust, FileError, folder};
use std::fmt::Write;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The key's name in the operating system's keyring.
const SERVICE: &str = "jeton";
/// It cannot be a profile's: no profile is looked up with this prefix.
const USER: &str = "cache/key";

/// A shorter passphrase is refused.
const SHORTEST_PASSPHRASE: usize = 16;

/// Where the key came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOrigin {
    /// `JETON_CACHE_KEY`
    Environment,
    /// The kernel's keyring, which holds the operating system's.
    Kernel,
    /// The operating system's keyring.
    Keyring,
    /// The 0600 file.
    File,
}

/// The key.
pub struct SealKeyBytes {
    /// The key itself.
    pub bytes: Zeroizing<[u8; 32]>,
    /// Where it came from.
    pub origin: KeyOrigin,
    /// The file was made just now, because there is no keyring: to be said once, with its path.
    pub new_file: Option<PathBuf>,
}

/// The key of the cache, from the sources of this machine.
///
/// # Errors
/// Exit 3: the variable holds no key. Exit 4: the key is nowhere and cannot be made.
pub fn seal_key_bytes(settings: &Settings) -> Result<SealKeyBytes, Error> {
    Sources::of(settings).find()
}

/// The key that the environment holds. Nothing else is opened.
///
/// # Errors
/// Exit 3: the variable holds no key. Exit 4: it is not set, and nothing else may be used.
pub fn given(settings: &Settings) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
    let sources = Sources::of(settings);
    match sources.given()? {
        None if sources.choice == CacheKeySource::Env => Err(unset()),
        given => Ok(given),
    }
}

/// Everything that the key can come from.
pub(crate) struct Sources<'a> {
    pub(crate) choice: CacheKeySource,
    pub(crate) environment: &'a Environment,
    pub(crate) file: Option<&'a Path>,
    pub(crate) keyring: &'a dyn Keyring,
    pub(crate) kernel: &'a dyn KernelKeyring,
}

impl<'a> Sources<'a> {
    fn of(settings: &'a Settings) -> Self {
        let tool = &settings.tool;
        Self {
            choice: tool.cache_key.value,
            environment: settings.environment(),
            file: tool.cache_key_file.as_deref(),
            keyring: &SystemKeyring,
            kernel: &SystemKernelKeyring,
        }
    }

    /// The key in the environment.
    fn given(&self) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
        match self.environment.secret(env::JETON_CACHE_KEY)? {
            Some(text) if !text.is_empty() => from_text(&text).map(Some),
            _ => Ok(None),
        }
    }

    /// The key, from the first source that has it.
    ///
    /// # Errors
    /// As [`seal_key_bytes`].
    pub(crate) fn find(&self) -> Result<SealKeyBytes, Error> {
        if let Some(given) = self.given()? {
            return Ok(SealKeyBytes::of(given, KeyOrigin::Environment));
        }
        match self.choice {
            CacheKeySource::Env => Err(unset()),
            CacheKeySource::File => self.file_or_new(),
            CacheKeySource::Keyring => self.held_or_keyring().map_err(|failure| {
                let error = Error::credential("cannot read the cache key from the keyring");
                described(error, &failure)
                    .hint("set JETON_CACHE_KEY, or cache.key = \"file\" in the configuration")
            }),
            CacheKeySource::Auto => {
                if let Some(found) = self.existing_file()? {
                    return Ok(SealKeyBytes::of(found, KeyOrigin::File));
                }
                self.held_or_keyring().or_else(|_| self.file_or_new())
            }
        }
    }

    /// The key that the kernel holds, else the one in the keyring, else a new one there.
    fn held_or_keyring(&self) -> Result<SealKeyBytes, KeyringFailure> {
        let name = self.kernel_name();
        if let Some(bytes) = self.kernel.recall(&name) {
            return Ok(SealKeyBytes::of(bytes, KeyOrigin::Kernel));
        }
        let bytes = match self.in_keyring() {
            Err(KeyringFailure::NotFound) => self.new_in_keyring()?,
            found => found?,
        };
        self.kernel.hold(&name, &bytes);
        Ok(SealKeyBytes::of(bytes, KeyOrigin::Keyring))
    }

    fn in_keyring(&self) -> Result<Zeroizing<[u8; 32]>, KeyringFailure> {
        let text = self.keyring.get(SERVICE, USER)?;
        from_hex(&text).ok_or_else(|| {
            KeyringFailure::Unavailable(format!("the entry {SERVICE}/{USER} is not a key"))
        })
    }

    /// Makes a key in the keyring. Of two processes at once the first to have the lock makes it; the other finds it.
    fn new_in_keyring(&self) -> Result<Zeroizing<[u8; 32]>, KeyringFailure> {
        let _lock = self.file.and_then(lock_beside);
        match self.in_keyring() {
            Err(KeyringFailure::NotFound) => {}
            found => return found,
        }
        let bytes = random().map_err(|error| KeyringFailure::Unavailable(error.message))?;
        self.keyring.set(SERVICE, USER, &to_hex(&bytes))?;
        // What the keyring kept counts: without the lock (a read-only home) another process may have come between.
        self.in_keyring()
    }

    fn file_path(&self) -> Result<&Path, Error> {
        self.file.ok_or_else(|| {
            Error::credential("no folder for the cache key: the user has no home folder")
                .hint("set HOME or JETON_CACHE_KEY")
        })
    }

    fn existing_file(&self) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
        match self.file {
            Some(path) => read_file(path),
            None => Ok(None),
        }
    }

    fn file_or_new(&self) -> Result<SealKeyBytes, Error> {
        let path = self.file_path()?;
        if let Some(found) = read_file(path)? {
            return Ok(SealKeyBytes::of(found, KeyOrigin::File));
        }
        let bytes = random()?;
        let failed = |error: &io::Error| {
            Error::credential(format!(
                "cannot write the cache key to {}: {error}",
                path.display()
            ))
            .hint("set JETON_CACHE_KEY, or cache.store = \"none\" in the configuration")
        };
        if let Some(above) = path.parent() {
            folder::create(above).map_err(|error| failed(&error))?;
        }
        let mut line = to_hex(&bytes);
        line.push('\n');
        match jeton_files::create(path, line.as_bytes()) {
            Ok(()) => Ok(SealKeyBytes {
                new_file: Some(path.to_path_buf()),
                ..SealKeyBytes::of(bytes, KeyOrigin::File)
            }),
            // Another process was quicker: its key is the one.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => read_file(path)?
                .map(|found| SealKeyBytes::of(found, KeyOrigin::File))
                .ok_or_else(|| failed(&error)),
            Err(error) => Err(failed(&error)),
        }
    }

    /// The name under which the kernel holds the key: one for each home, so that two homes of one user stay apart.
    fn kernel_name(&self) -> String {
        let home = self.file.unwrap_or(Path::new(""));
        let hash = digest::digest(&digest::SHA256, home.as_os_str().as_encoded_bytes());
        let mut name = String::from("jeton:cache-key:");
        for byte in hash.as_ref().iter().take(8) {
            let _infallible = write!(name, "{byte:02x}");
        }
        name
    }
}

impl SealKeyBytes {
    const fn of(bytes: Zeroizing<[u8; 32]>, origin: KeyOrigin) -> Self {
        Self {
            bytes,
            origin,
            new_file: None,
        }
    }
}

impl std::fmt::Debug for SealKeyBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealKeyBytes(redacted, from {:?})", self.origin)
    }
}

fn described(error: Error, failure: &KeyringFailure) -> Error {
    match failure {
        KeyringFailure::NotFound => error.detail("it does not store what is written to it"),
        KeyringFailure::Locked => error.detail("it is locked"),
        KeyringFailure::Unavailable(reason) => error.detail(reason),
        KeyringFailure::TimedOut => error.detail("it did not answer within 3 s"),
    }
}

/// Reads the key file. A link in its place is not followed, and a file that others could have read is not trusted.
fn read_file(path: &Path) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
    let failed = |reason: &str| {
        Error::credential(format!(
            "cannot use the cache key file {}: {reason}",
            path.display()
        ))
    };
    let remove = || {
        format!(
            "remove {}: jeton creates a new one and fetches tokens again",
            path.display()
        )
    };
    let content = match jeton_files::read_own(path, 1024) {
        Ok(content) => content,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(FileError::Distrusted(Distrust::OtherOwner(_) | Distrust::OpenToOthers(_))) => {
            return Err(failed("other users may have read it").hint(remove()));
        }
        Err(error) => return Err(failed(&error.to_string())),
    };
    let text = content.text().unwrap_or_default();
    let key = from_hex(text.trim_end())
        .ok_or_else(|| failed("it does not contain a key").hint(remove()))?;
    Ok(Some(key))
}

/// Takes the lock file beside the key file. `None` where the folder cannot be written to.
fn lock_beside(path: &Path) -> Option<File> {
    folder::create(path.parent()?).ok()?;
    let file = jeton_files::open_or_create_own(&path.with_extension("lock")).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn unset() -> Error {
    Error::credential("cache.key is env, and JETON_CACHE_KEY is not set")
        .hint("set it to the output of `openssl rand -hex 32`")
}

/// Reads `JETON_CACHE_KEY`: 64 hexadecimal digits or the Base64 of 32 bytes are the key itself; any other text of
/// at least 16 characters is a passphrase, from which the key is derived with HKDF-SHA-256.
///
/// HKDF does not make a guessable passphrase good: it is there so that any long random text will do.
fn from_text(text: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    let text = text.trim();
    if let Some(bytes) = from_hex(text) {
        return Ok(bytes);
    }
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        let decoded = engine.decode(text).map(Zeroizing::new);
        if let Ok(decoded) = decoded
            && let Ok(bytes) = <[u8; 32]>::try_from(decoded.as_slice())
        {
            return Ok(Zeroizing::new(bytes));
        }
    }
    if text.chars().count() < SHORTEST_PASSPHRASE {
        return Err(Error::config(format!(
            "env JETON_CACHE_KEY: expected 32 bytes in hexadecimal or Base64, or a passphrase of at least {SHORTEST_PASSPHRASE} characters"
        ))
        .hint("set it to the output of `openssl rand -hex 32`"));
    }
    let mut bytes = Zeroizing::new([0u8; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"jeton cache key v1")
        .extract(text.as_bytes())
        .expand(&[b"seal"], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut *bytes))
        .map_err(|_| Error::credential("cannot derive the cache key"))?;
    Ok(bytes)
}

fn random() -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    rand::fill(&mut *bytes).map_err(|_| Error::credential("the system provides no randomness"))?;
    Ok(bytes)
}

fn to_hex(bytes: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(65));
    for byte in bytes {
        let _infallible = write!(text, "{byte:02x}");
    }
    text
}

fn from_hex(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = Zeroizing::new([0u8; 32]);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let value = |digit: Option<&u8>| char::from(*digit?).to_digit(16);
        *byte = u8::try_from(value(pair.first())? * 16 + value(pair.last())?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
