//! What the systems do differently: opening without following links or waiting, owners, modes, and whether two names are one file.

use super::error::Distrust;
use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

#[cfg(unix)]
mod imp {
    use super::{Distrust, File, Metadata, Path, io};
    use rustix::fs::OFlags;
    use std::fs::{DirBuilder, OpenOptions, Permissions};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};

    /// Links are not followed, and a pipe in place of a file is not waited for.
    fn options() -> OpenOptions {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        let mut options = OpenOptions::new();
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
        options
    }

    pub(crate) fn open(path: &Path) -> io::Result<File> {
        options().read(true).open(path)
    }

    pub(crate) fn open_or_create(path: &Path) -> io::Result<File> {
        options().write(true).create(true).open(path)
    }

    pub(crate) fn create_new(path: &Path) -> io::Result<File> {
        options().write(true).create_new(true).open(path)
    }

    pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    /// Through a descriptor: by its path it could have become a link in between.
    pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
        open(folder)?.set_permissions(Permissions::from_mode(0o700))
    }

    pub(crate) fn check_access(found: &Metadata) -> Result<(), Distrust> {
        if found.uid() != rustix::process::geteuid().as_raw() {
            return Err(Distrust::OtherOwner(found.uid()));
        }
        match found.mode() & 0o7777 {
            mode if mode & 0o077 != 0 => Err(Distrust::OpenToOthers(mode)),
            _ => Ok(()),
        }
    }

    pub(crate) fn was_link(error: &io::Error) -> bool {
        error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
    }

    pub(crate) fn is_at(file: &File, path: &Path) -> bool {
        let identity = |found: Metadata| (found.dev(), found.ino());
        match (file.metadata(), path.symlink_metadata()) {
            (Ok(held), Ok(named)) => identity(held) == identity(named),
            _ => false,
        }
    }

    pub(crate) const TELLS_FILES_APART: bool = true;
}

/// The access list of the user's own folder, which is inherited, protects the files here.
#[cfg(not(unix))]
mod imp {
    use super::{Distrust, File, Metadata, Path, io};

    pub(crate) fn open(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    pub(crate) fn open_or_create(path: &Path) -> io::Result<File> {
        File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
    }

    pub(crate) fn create_new(path: &Path) -> io::Result<File> {
        File::create_new(path)
    }

    pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    pub(crate) fn make_private(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn check_access(_: &Metadata) -> Result<(), Distrust> {
        Ok(())
    }

    pub(crate) fn was_link(_: &io::Error) -> bool {
        false
    }

    pub(crate) fn is_at(_: &File, path: &Path) -> bool {
        path.exists()
    }

    pub(crate) const TELLS_FILES_APART: bool = false;
}

/// Opens for reading; `was_link` tells a refused link from other errors.
pub(super) use imp::{open, was_link};

/// Opens for locking, made with mode 0600 where it is missing.
pub(super) use imp::open_or_create;

/// Makes a new file with mode 0600; an error when there is anything under that name.
pub(super) use imp::create_new;

/// Makes a folder and its missing parents with mode 0700, and closes one that is open to others.
pub(super) use imp::{create_folders, make_private};

/// Owned by us, and nobody else may read or write.
use imp::check_access;

/// Whether an open file still has this name. Where files cannot be told apart, one that others may have open is never removed.
pub(super) use imp::{TELLS_FILES_APART, is_at};

/// A regular file of ours alone.
pub(super) fn check_file(found: &Metadata) -> Result<(), Distrust> {
    if !found.is_file() {
        return Err(Distrust::NotAFile);
    }
    check_access(found)
}

/// A folder of ours alone, from metadata that did not follow a link.
pub(super) fn check_folder(found: &Metadata) -> Result<(), Distrust> {
    if found.is_symlink() {
        return Err(Distrust::Symlink);
    }
    if !found.is_dir() {
        return Err(Distrust::NotAFolder);
    }
    check_access(found)
}
