//! What the systems do differently: opening without following links or waiting, owners, modes, and whether two names are one file.

/// Whether a symbolic link in the last component of a path is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Follow,
    Refuse,
}

/// Unix: modes and owners are those of the open file.
#[cfg(unix)]
mod imp {
    use super::Links;
    use crate::access::{Access, Mode, Owner};
    use rustix::fs::OFlags;
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    /// Links are not followed, a pipe in place of a file is not waited for, and a new file has mode 0600.
    pub(crate) fn own() -> OpenOptions {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        let mut options = OpenOptions::new();
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
        options
    }

    pub(crate) fn open_folder(path: &Path, links: Links) -> io::Result<File> {
        let flags = match links {
            Links::Follow => OFlags::DIRECTORY,
            Links::Refuse => OFlags::DIRECTORY | OFlags::NOFOLLOW,
        };
        let mut options = OpenOptions::new();
        options.custom_flags(flags.bits().cast_signed());
        options.read(true).open(path)
    }

    /// A file of mode 0600 where there is none; links are followed.
    pub(crate) fn named() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.mode(0o600);
        options
    }

    pub(crate) fn private_folder_builder() -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    }

    /// Through a descriptor: by its path it could have become a link in between.
    pub(crate) fn close_folder(path: &Path, links: Links) -> io::Result<()> {
        open_folder(path, links)?.set_permissions(Permissions::from_mode(0o700))
    }

    pub(crate) fn access(metadata: &Metadata) -> Access {
        let owner = match metadata.uid() {
            uid if uid == user_id() => Owner::Us,
            0 => Owner::Root,
            uid => Owner::Other(uid),
        };
        Access::new(owner, Mode::new(metadata.mode()))
    }

    pub(crate) fn is_root() -> bool {
        user_id() == 0
    }

    /// The user that this process acts as.
    pub fn user_id() -> u32 {
        rustix::process::geteuid().as_raw()
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

    pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    pub(crate) const TELLS_FILES_APART: bool = true;
}

/// Elsewhere the access list of the user's own folder, which is inherited, protects what is made here.
#[cfg(not(unix))]
mod imp {
    use super::Links;
    use crate::access::{Access, Mode, Owner};
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(crate) fn own() -> OpenOptions {
        OpenOptions::new()
    }

    pub(crate) fn named() -> OpenOptions {
        OpenOptions::new()
    }

    pub(crate) fn private_folder_builder() -> DirBuilder {
        DirBuilder::new()
    }

    pub(crate) fn close_folder(_: &Path, _: Links) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn access(_: &Metadata) -> Access {
        Access::new(Owner::Us, Mode::new(0o600))
    }

    pub(crate) fn is_root() -> bool {
        false
    }

    pub(crate) fn was_link(_: &io::Error) -> bool {
        false
    }

    pub(crate) fn is_at(_: &File, path: &Path) -> bool {
        path.exists()
    }

    /// Windows writes a rename down by itself, and does not open folders as files.
    pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(crate) const TELLS_FILES_APART: bool = false;
}

pub(crate) use imp::{
    TELLS_FILES_APART, access, close_folder, is_at, is_root, named, own, private_folder_builder,
    sync_folder, was_link,
};

#[cfg(unix)]
pub(crate) use imp::open_folder;
#[cfg(unix)]
pub use imp::user_id;
