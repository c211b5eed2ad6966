//! Folders that only their owner can enter.

use crate::access::Access;
use crate::error::{Distrust, FileError};
use crate::system::{self, Links};
use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Makes a folder, and the missing ones above it, with mode 0700. One that is there stays as it is.
///
/// # Errors
///
/// The system's.
pub fn create(path: &Path) -> io::Result<()> {
    system::private_folder_builder()
        .recursive(true)
        .create(path)
}

/// Makes a folder with mode 0700 that must not be there yet.
///
/// # Errors
///
/// `AlreadyExists` for whatever has the name; otherwise the system's.
pub fn create_new(path: &Path) -> io::Result<()> {
    system::private_folder_builder().create(path)
}

/// Owner and mode of a folder that a person named; links are followed.
///
/// # Errors
///
/// The system's.
pub fn access(path: &Path) -> io::Result<Access> {
    #[cfg(unix)]
    return Access::of(&system::open_folder(path, Links::Follow)?);
    #[cfg(not(unix))]
    path.metadata().map(|found| Access::from(&found))
}

/// Checks a folder of our own, which must be no link, belong to us and be closed to others.
///
/// It is looked at by its name: what is in it is opened as our own too ([`crate::open_own`]), and checked after it was opened.
///
/// # Errors
///
/// [`FileError::Distrusted`], otherwise the system's; see [`FileError::is_not_found`].
pub fn check_own(path: &Path) -> Result<(), FileError> {
    require_own(&path.symlink_metadata()?).map_err(FileError::Distrusted)
}

/// Takes all rights from others (mode 0700) in a folder that a person named; links are followed.
///
/// # Errors
///
/// The system's.
pub fn close(path: &Path) -> io::Result<()> {
    system::close_folder(path, Links::Follow)
}

/// Takes all rights from others (mode 0700) in a folder of our own, unless its name has become a link.
///
/// # Errors
///
/// The system's.
pub fn close_own(path: &Path) -> io::Result<()> {
    system::close_folder(path, Links::Refuse)
}

fn require_own(found: &Metadata) -> Result<(), Distrust> {
    if found.is_symlink() {
        return Err(Distrust::Symlink);
    }
    if !found.is_dir() {
        return Err(Distrust::NotAFolder);
    }
    Access::from(found).require_private()
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{access, check_own, close, close_own, create, create_new};
    use crate::access::{Mode, Privacy};
    use crate::error::{Distrust, FileError};
    use std::fs::Permissions;
    use std::io::ErrorKind;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn distrust(result: Result<(), FileError>) -> Distrust {
        match result.unwrap_err() {
            FileError::Distrusted(distrust) => distrust,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn new_folders_are_private_all_the_way() {
        let outer = tempfile::tempdir().unwrap();
        let (above, path) = (outer.path().join("a"), outer.path().join("a/b"));
        create(&path).unwrap();
        create(&path).unwrap();
        for made in [&above, &path] {
            assert_eq!(access(made).unwrap().privacy(), Privacy::Private);
            check_own(made).unwrap();
        }
        let taken = create_new(&path).unwrap_err();
        assert_eq!(taken.kind(), ErrorKind::AlreadyExists);
        create_new(&path.join("c")).unwrap();
        assert!(check_own(&path.join("none")).unwrap_err().is_not_found());
    }

    #[test]
    fn open_folders_are_refused_until_they_are_closed() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("a");
        create(&path).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        let open = Distrust::OpenToOthers(Mode::new(0o755));
        assert_eq!(distrust(check_own(&path)), open);
        close_own(&path).unwrap();
        check_own(&path).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        let link = outer.path().join("link");
        symlink(&path, &link).unwrap();
        assert!(close_own(&link).is_err());
        assert_eq!(distrust(check_own(&path)), open);
        close(&link).unwrap();
        check_own(&path).unwrap();
    }

    #[test]
    fn links_and_files_are_no_folders_of_ours() {
        let outer = tempfile::tempdir().unwrap();
        let (path, link) = (outer.path().join("a"), outer.path().join("link"));
        create(&path).unwrap();
        symlink(&path, &link).unwrap();
        assert_eq!(distrust(check_own(&link)), Distrust::Symlink);
        access(&link).unwrap();
        let file = path.join("file");
        crate::create(&file, b"").unwrap();
        assert_eq!(distrust(check_own(&file)), Distrust::NotAFolder);
        assert!(access(&file).is_err());
    }
}
