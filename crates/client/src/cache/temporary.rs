//! A file on its way into the cache: written under a name of its own, then renamed, so that a reader sees the old entry or the new one.
//!
//! It is not synced. After a power failure a file may be empty or torn; its seal then does not open and the token is fetched
//! again, which costs less than a sync with every token. A kill, unlike a power failure, loses nothing that was written.
//!
//! The writer holds a lock on it for as long as it has the temporary name. One that can be locked by somebody else was left
//! behind by a process that was killed, however old it is and whatever the clock says, and [`sweep`] removes it.

use super::error::CacheError;
use super::key::CacheKey;
use super::platform;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

const EXTENSION: &str = "tmp";

/// How many names are tried: more than there can be sweepers and files of dead processes in the way.
const ATTEMPTS: usize = 1000;

/// Puts `bytes` where `target` is, whole or not at all.
pub(super) fn replace(target: &Path, key: &CacheKey, bytes: &[u8]) -> Result<(), CacheError> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut temporary = create(folder, key)?;
    temporary
        .file
        .write_all(bytes)
        .map_err(|error| CacheError::io("write", &temporary.path, error))?;
    temporary
        .rename(target)
        .map_err(|error| CacheError::io("replace", target, error))
}

/// Removes what killed writers left behind. Nothing depends on it, so it does not fail.
pub(super) fn sweep(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten();
    for path in files.filter_map(|file| Some(file.ok()?.path())) {
        if path.extension() != Some(OsStr::new(EXTENSION)) {
            continue;
        }
        // `file` is held until the name is gone: a writer that has just made it must not get the lock in between.
        if let Ok(file) = platform::open(&path)
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Removes its file unless it was renamed.
struct Temporary {
    file: File,
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    fn rename(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target).or_else(|error| {
            // An empty folder is in the way; a full one stays, and so does the error.
            fs::remove_dir(target).map_err(|_| error)?;
            fs::rename(&self.path, target)
        })?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn create(folder: &Path, key: &CacheKey) -> Result<Temporary, CacheError> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    for _ in 0..ATTEMPTS {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.{}-{number}.{EXTENSION}", key.hex(), process::id());
        let path = folder.join(name);
        let file = match platform::create_new(&path) {
            Ok(file) => file,
            // Left behind by a killed process of the same number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(CacheError::io("create", &path, error)),
        };
        // A sweeper that came between the two calls has removed it, or is about to.
        let swept = matches!(file.try_lock(), Err(TryLockError::WouldBlock))
            || !platform::is_at(&file, &path);
        if !swept {
            return Ok(Temporary {
                file,
                path,
                renamed: false,
            });
        }
    }
    let vanishes = io::Error::other("new files do not keep their names");
    Err(CacheError::io("create a file in", folder, vanishes))
}
