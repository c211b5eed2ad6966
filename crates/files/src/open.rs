//! Opening: what a person named, and what is our own.

use crate::access::Access;
use crate::error::{Distrust, FileError};
use crate::system;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Whether the system tells two files of one name apart. Where it does not, a file that others may have open must not be removed.
pub const TELLS_FILES_APART: bool = system::TELLS_FILES_APART;

/// Owner and mode of a named file, which is opened for them and not read.
///
/// # Errors
///
/// The system's, as when it were read.
pub fn access(path: &Path) -> io::Result<Access> {
    Access::of(&File::open(path)?)
}

/// Opens a file of our own for reading.
///
/// # Errors
///
/// [`FileError::Distrusted`] for a link, for what is not a regular file, and for one that is not ours alone.
pub fn open_own(path: &Path) -> Result<File, FileError> {
    checked(system::own().read(true), path)
}

/// Opens a file of our own for locking; makes it (mode 0600) where it is missing.
///
/// # Errors
///
/// As [`open_own`].
pub fn open_or_create_own(path: &Path) -> Result<File, FileError> {
    checked(system::own().write(true).create(true).truncate(false), path)
}

/// Whether an open file still has this name.
#[must_use]
pub fn is_at(file: &File, path: &Path) -> bool {
    system::is_at(file, path)
}

/// Opens a regular file that is no link, whoever owns it.
pub(crate) fn open_regular(options: &OpenOptions, path: &Path) -> Result<File, FileError> {
    let file = options.open(path).map_err(|error| {
        if system::was_link(&error) {
            return FileError::Distrusted(Distrust::Symlink);
        }
        FileError::Io(error)
    })?;
    if !file.metadata()?.is_file() {
        return Err(FileError::Distrusted(Distrust::NotAFile));
    }
    Ok(file)
}

fn checked(options: &OpenOptions, path: &Path) -> Result<File, FileError> {
    let file = open_regular(options, path)?;
    Access::of(&file)?
        .require_private()
        .map_err(FileError::Distrusted)?;
    Ok(file)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{is_at, open_or_create_own, open_own};
    use crate::access::Mode;
    use crate::error::{Distrust, FileError};
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    #[track_caller]
    fn refused(path: &Path) -> Distrust {
        let [reading, locking] =
            [open_own, open_or_create_own].map(|open| match open(path).unwrap_err() {
                FileError::Distrusted(distrust) => distrust,
                other => panic!("{other:?}"),
            });
        assert_eq!(reading, locking);
        reading
    }

    #[test]
    fn links_pipes_and_open_files_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        open_or_create_own(&file).unwrap();
        open_own(&file).unwrap();
        symlink(&file, &link).unwrap();
        assert_eq!(refused(&link), Distrust::Symlink);
        for mode in [0o640, 0o604, 0o620, 0o602, 0o601] {
            std::fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            assert_eq!(refused(&file), Distrust::OpenToOthers(Mode::new(mode)));
        }
        let pipe = folder.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        let read = open_own(&pipe).unwrap_err();
        assert!(matches!(read, FileError::Distrusted(Distrust::NotAFile)));
    }

    #[test]
    fn a_file_keeps_its_identity_and_not_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let first = open_or_create_own(&path).unwrap();
        assert!(is_at(&first, &path));
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&first, &path));
        open_or_create_own(&path).unwrap();
        assert!(!is_at(&first, &path));
    }
}
