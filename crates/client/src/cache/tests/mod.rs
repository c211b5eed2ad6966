//! The cache against broken files, killed writers, full disks and many processes at once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod everyday;
#[cfg(unix)]
mod files;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod locks;

use super::{
    Cache, CacheError, CacheKey, DiskCache, Entry, KeyProvider, Lookup, RequestIdentity, SealKey,
    Unreadable,
};
use jeton_oauth::AccessToken;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

pub(crate) fn entry(token: &str) -> Entry {
    Entry {
        access_token: AccessToken::new(token),
        token_type: "Bearer".to_owned(),
        scope: Some("api.read".to_owned()),
        audience: vec!["https://api.example.com".to_owned()],
        expires_at: Some(1_600),
        obtained_at: 1_000,
        renew_after: None,
        profile: "billing".to_owned(),
        issuer: Some("https://auth.example.com".to_owned()),
        client_id: "billing-batch".to_owned(),
        extra: serde_json::Map::new(),
    }
}

/// The key of some request.
fn key(client_id: &str) -> CacheKey {
    CacheKey::of(&RequestIdentity {
        client_id: client_id.to_owned(),
        ..RequestIdentity::default()
    })
}

/// Answers with a key, or fails; counts how often it is asked.
#[derive(Clone, Default)]
struct Keys {
    byte: Option<u8>,
    asked: Arc<AtomicUsize>,
}

impl Keys {
    fn of(byte: u8) -> Self {
        Self {
            byte: Some(byte),
            ..Self::default()
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl KeyProvider for Keys {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.byte {
            Some(byte) => Ok(SealKey::new([byte; 32])),
            None => Err(CacheError::Key("the keyring is locked".to_owned())),
        }
    }
}

fn disk(cache_dir: &Path) -> Cache {
    with_keys(cache_dir, &Keys::of(1))
}

fn with_keys(cache_dir: &Path, keys: &Keys) -> Cache {
    Cache::Disk(DiskCache::new(cache_dir, Box::new(keys.clone())))
}

/// The file of an entry.
fn file(cache_dir: &Path, key: &CacheKey) -> PathBuf {
    cache_dir
        .join("tokens-v1")
        .join(format!("{}.token", key.hex()))
}

/// The names in the folder of the cache, without the 64 digits in front, in order.
fn kinds(cache_dir: &Path) -> Vec<String> {
    let files = fs::read_dir(cache_dir.join("tokens-v1")).unwrap();
    let mut kinds: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap()[64..].to_owned())
        .collect();
    kinds.sort();
    kinds
}

#[track_caller]
fn hit(cache: &Cache, key: &CacheKey) -> String {
    match cache.read(key) {
        Lookup::Hit(entry) => entry.access_token.expose().to_owned(),
        other => panic!("no hit: {other:?}"),
    }
}

#[track_caller]
fn unreadable(cache: &Cache, key: &CacheKey) -> Unreadable {
    match cache.read(key) {
        Lookup::Unreadable(reason) => reason,
        other => panic!("readable: {other:?}"),
    }
}

/// The variable by which a test, started as a process of its own, knows that it is the child, and where to work.
const CHILD: &str = "JETON_TEST_CHILD";

fn child_dir() -> Option<PathBuf> {
    env::var_os(CHILD).map(PathBuf::from)
}

/// This test binary again, running one test as a child; `wrapper` comes before it on the command line.
fn child(wrapper: &[&str], test: &str, cache_dir: &Path) -> Command {
    let mut words: Vec<OsString> = wrapper.iter().map(Into::into).collect();
    words.push(env::current_exe().unwrap().into());
    words.extend(["--exact", test, "--nocapture", "--test-threads=1"].map(Into::into));
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env(CHILD, cache_dir);
    command
}
