//! The lock of a folder: whoever reads a file in it, changes the text and replaces the file holds it meanwhile.
//!
//! The file itself cannot be locked: it is replaced by a new one, and a lock on the old one protects nothing. An advisory
//! lock on the folder leaves no file behind, and the kernel frees it when the holder dies.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// A held lock: freed on drop.
#[derive(Debug)]
#[must_use = "the lock is freed when this is dropped"]
pub struct Lock(Option<File>);

impl Lock {
    /// Waits for the lock of a folder; links are followed. Where folders cannot be locked (Windows, some network file
    /// systems) there is none to wait for.
    ///
    /// # Errors
    ///
    /// `TimedOut` where another process holds it for longer than `patience`; the system's where there is no such folder.
    pub fn folder(path: &Path, patience: Duration) -> io::Result<Self> {
        #[cfg(unix)]
        return match crate::system::open_folder(path, crate::system::Links::Follow) {
            Ok(folder) => Self::wait(folder, patience),
            // Files can be written in a folder that cannot be listed.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(Self(None)),
            Err(error) => Err(error),
        };
        #[cfg(not(unix))]
        {
            let _ = patience;
            path.metadata().map(|_| Self(None))
        }
    }

    /// Waits for the lock of an open file that keeps its place.
    ///
    /// # Errors
    ///
    /// `TimedOut` where another process holds it for longer than `patience`.
    pub fn wait(file: File, patience: Duration) -> io::Result<Self> {
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(Some(file))),
                Err(TryLockError::WouldBlock) if begun.elapsed() < patience => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    let message = "another process has locked it";
                    return Err(io::Error::new(io::ErrorKind::TimedOut, message));
                }
                Err(TryLockError::Error(_)) => return Ok(Self(None)),
            }
        }
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

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Lock;
    use std::io::ErrorKind;
    use std::time::Duration;

    #[test]
    fn one_holder_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = Lock::folder(folder.path(), Duration::ZERO).unwrap();
        let refused = Lock::folder(folder.path(), Duration::from_millis(20)).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        drop(held);
        let _held = Lock::folder(folder.path(), Duration::ZERO).unwrap();
        assert!(Lock::folder(&folder.path().join("none"), Duration::ZERO).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
