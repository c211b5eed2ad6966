//! The lock beside an entry: of all processes that miss it, one asks the server.
//!
//! It is an advisory lock on an empty file, so the kernel frees it when the holder dies. The file stays when the lock is
//! freed: removed, it would leave those that wait for it with a lock on a file that newcomers do not see. `clear` removes it
//! while holding the lock, and whoever gets a lock looks whether its file still has the name.
//!
//! Nothing waits here: who does, tries again and looks into the cache in between (`source.rs`). A blocking call would need a
//! thread to keep a deadline, and would leave that thread behind, still waiting, when it passes.

use super::error::CacheError;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// How often the file may be gone when the lock is there; a file system on which it always is cannot lock.
const ATTEMPTS: usize = 1000;

/// A held lock: freed on drop, and by the kernel when the process dies.
#[derive(Debug)]
#[must_use = "the lock is freed when this is dropped"]
pub struct Lock(Option<File>);

impl Lock {
    /// The lock of a cache that no other process sees.
    pub(super) fn unshared() -> Self {
        Self(None)
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a child process between fork and exec has it too.
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

/// Takes the lock; `None` when somebody else has it.
pub(super) fn acquire(path: &Path) -> Result<Option<Lock>, CacheError> {
    for _ in 0..ATTEMPTS {
        let file = jeton_files::open_or_create_own(path)
            .map_err(|error| CacheError::file("open", path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(CacheError::io("lock", path, error)),
        }
        if jeton_files::is_at(&file, path) {
            return Ok(Some(Lock(Some(file))));
        }
    }
    let vanishes = io::Error::other("the file does not keep its name");
    Err(CacheError::io("lock", path, vanishes))
}

/// Removes the lock file, unless somebody holds it or files cannot be told apart here.
pub(super) fn remove(path: &Path) {
    if !jeton_files::TELLS_FILES_APART || !path.exists() {
        return;
    }
    if let Ok(Some(_held)) = acquire(path) {
        let _ = fs::remove_file(path);
    }
}
