//! A new file under a temporary name: complete before it gets its own, so that a reader sees the old content or the new.
//!
//! The writer holds a lock on it while it has the temporary name. One that somebody else can lock was left behind by a
//! process that was killed, however old it is and whatever the clock says, and [`sweep`] removes it.

use crate::system;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

const EXTENSION: &str = "tmp";

/// How many names are tried: more than there can be sweepers and files of dead processes in the way.
const ATTEMPTS: usize = 1000;

/// A file of mode 0600 under a temporary name. Removed when dropped, unless it has got its own name.
#[derive(Debug)]
pub struct Temporary {
    file: File,
    path: PathBuf,
    named: bool,
}

impl Temporary {
    /// Makes one in `folder`, named `STEM.PROCESS-NUMBER.tmp`.
    ///
    /// # Errors
    ///
    /// The path that could not be made, and the system's error.
    pub fn create(folder: &Path, stem: &OsStr) -> Result<Self, (PathBuf, io::Error)> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        for _ in 0..ATTEMPTS {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let mut name = stem.to_owned();
            name.push(format!(".{}-{number}.{EXTENSION}", process::id()));
            let path = folder.join(name);
            let file = match system::own().write(true).create_new(true).open(&path) {
                Ok(file) => file,
                // Left behind by a killed process of the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err((path, error)),
            };
            // A sweeper that came between the two calls has removed it, or is about to.
            let swept = matches!(file.try_lock(), Err(TryLockError::WouldBlock))
                || !system::is_at(&file, &path);
            if !swept {
                return Ok(Self {
                    file,
                    path,
                    named: false,
                });
            }
        }
        let vanishes = io::Error::other("new files do not keep their names");
        Err((folder.to_owned(), vanishes))
    }

    /// The temporary name.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends to it.
    ///
    /// # Errors
    ///
    /// The system's: a full disk.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Waits until the content is on the disk. Without it, a power failure (unlike a kill) may leave an empty or torn file
    /// under the final name.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Gives it the name `target`, in place of a file that has it.
    ///
    /// # Errors
    ///
    /// The system's: a folder has the name.
    pub fn rename(&mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.named = true;
        Ok(())
    }

    /// Gives it the name `target`, which must be free: of two processes at once, one wins.
    ///
    /// # Errors
    ///
    /// `AlreadyExists`, and whatever a file system without hard links says.
    pub fn link(self, target: &Path) -> io::Result<()> {
        // A rename would silently replace; a link fails. The temporary name goes with `self`.
        fs::hard_link(&self.path, target)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.named {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes what killed writers left in a folder that is ours alone: every `*.tmp` that nobody locks. Nothing depends on it, so it
/// does not fail.
pub fn sweep(folder: &Path) {
    remove_abandoned(folder, |name| {
        Path::new(name).extension() == Some(OsStr::new(EXTENSION))
    });
}

/// The same for the temporary names of one file, in a folder that others keep files in.
pub(crate) fn sweep_beside(folder: &Path, stem: &OsStr) {
    let stem = stem.to_owned();
    remove_abandoned(folder, |name| is_temporary_of(&stem, name));
}

fn remove_abandoned(folder: &Path, is_temporary: impl Fn(&OsString) -> bool) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in files
        .filter(|file| is_temporary(&file.file_name()))
        .map(|file| file.path())
    {
        // `file` is held until the name is gone: a writer that has just made it must not get the lock in between.
        if let Ok(file) = system::own().read(true).open(&path)
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether `name` is `STEM.DIGITS-DIGITS.tmp`.
fn is_temporary_of(stem: &OsStr, name: &OsStr) -> bool {
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let middle = name
        .as_encoded_bytes()
        .strip_prefix(stem.as_encoded_bytes())
        .and_then(|rest| rest.strip_prefix(b"."))
        .and_then(|rest| rest.strip_suffix(b".tmp"))
        .unwrap_or_default();
    let mut parts = middle.split(|byte| *byte == b'-');
    matches!((parts.next(), parts.next(), parts.next()),
        (Some(process), Some(number), None) if digits(process) && digits(number))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Temporary, is_temporary_of, sweep, sweep_beside};
    use std::ffi::OsStr;
    use std::fs;
    use std::path::Path;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn it_goes_unless_it_gets_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let new = |text: &[u8]| {
            let mut file = Temporary::create(folder.path(), OsStr::new("target")).unwrap();
            file.write(text).unwrap();
            file
        };
        drop(new(b"dropped"));
        assert_eq!(names(folder.path()), [""; 0]);
        new(b"one").link(&target).unwrap();
        assert!(new(b"two").link(&target).is_err());
        assert_eq!(fs::read(&target).unwrap(), b"one");
        new(b"three").rename(&target).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"three");
        assert_eq!(names(folder.path()), ["target"]);
        assert!(new(b"four").rename(&folder.path().join("no/such")).is_err());
        assert_eq!(names(folder.path()), ["target"]);
    }

    #[test]
    fn only_what_nobody_writes_any_more_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.1-2.tmp", "b.1-2.tmp", "a.note.tmp", "a"] {
            fs::write(folder.path().join(name), "left behind").unwrap();
        }
        let alive = Temporary::create(folder.path(), OsStr::new("a")).unwrap();
        let alive_name = alive.path().file_name().unwrap().to_str().unwrap();
        sweep_beside(folder.path(), OsStr::new("a"));
        let mut left = vec!["a", "a.note.tmp", "b.1-2.tmp", alive_name];
        left.sort_unstable();
        assert_eq!(names(folder.path()), left);
        sweep(folder.path());
        let mut left = vec!["a", alive_name];
        left.sort_unstable();
        assert_eq!(names(folder.path()), left);
    }

    #[test]
    fn names_of_ours_and_of_others() {
        let ours = |name| is_temporary_of(OsStr::new("x.toml"), OsStr::new(name));
        assert!(ours("x.toml.12-0.tmp"));
        for other in [
            "x.toml",
            "x.toml.tmp",
            "x.toml.-.tmp",
            "x.toml.1-.tmp",
            "x.toml.1-2-3.tmp",
            "x.toml.a-2.tmp",
            "y.toml.1-2.tmp",
            "x.toml.1-2.tmp~",
        ] {
            assert!(!ours(other), "{other}");
        }
    }
}
