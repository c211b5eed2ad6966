//! Files of the cache: foreign bytes never open, a changed byte or another name neither, and what was sealed comes back.
#![no_main]

use jeton_client::cache::{Cache, CacheError, CacheKey, DiskCache, KeyProvider, Lookup, SealKey};
use libfuzzer_sys::fuzz_target;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::LazyLock;

struct Fixed;

impl KeyProvider for Fixed {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        Ok(SealKey::new([7; 32]))
    }
}

struct Bench {
    cache: Cache,
    key: CacheKey,
    other: CacheKey,
    token: PathBuf,
    other_token: PathBuf,
    document: PathBuf,
}

/// A folder of this process; `fuzz/run` removes it with all others.
static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("jeton-fuzz-{}", std::process::id()));
    let disk = DiskCache::new(&folder, Box::new(Fixed));
    let [key, other] = ["a", "b"].map(|name| CacheKey::of_document("fuzz", name));
    let (token, other_token) = (disk.path(&key), disk.path(&other));
    let document = token.with_extension("document");
    let cache = Cache::Disk(disk);
    cache.write_document(&key, b"").expect("a folder");
    Bench {
        cache,
        key,
        other,
        token,
        other_token,
        document,
    }
});

fuzz_target!(|bytes: &[u8]| {
    let bench = &*BENCH;
    // Nobody but the holder of the key has sealed these.
    put(&bench.token, bytes);
    assert!(!opens(&bench.key));

    let written = bench.cache.write_document(&bench.key, bytes);
    written.expect("it is not too large");
    let read = bench.cache.read_document(&bench.key);
    assert_eq!(read.as_deref(), Some(bytes));

    // One byte changed, wherever it is.
    let sealed = fs::read(&bench.document).expect("it was written");
    let at = bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>() % sealed.len();
    let mut changed = sealed.clone();
    changed[at] ^= 1 << (bytes.len() % 8);
    put(&bench.document, &changed);
    assert_eq!(bench.cache.read_document(&bench.key), None, "at {at}");
    put(&bench.document, &sealed[..at]);
    assert_eq!(bench.cache.read_document(&bench.key), None, "cut at {at}");

    // Moved to another name.
    put(&bench.other_token, &sealed);
    assert!(!opens(&bench.other));

    // Sealed with the right key, and perhaps an entry: then it is kept without a loss.
    put(&bench.token, &sealed);
    if let Lookup::Hit(entry) = bench.cache.read(&bench.key)
        && entry.expires_at.is_some()
    {
        let kept = bench.cache.write(&bench.key, &entry);
        kept.expect("it is not too large");
        match bench.cache.read(&bench.key) {
            Lookup::Hit(again) => assert_eq!(again, entry),
            other => panic!("{other:?}"),
        }
    }
});

fn opens(key: &CacheKey) -> bool {
    !matches!(BENCH.cache.read(key), Lookup::Unreadable(_))
}

fn put(path: &PathBuf, bytes: &[u8]) {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(path).expect("a file");
    file.write_all(bytes).expect("room on the disk");
}
