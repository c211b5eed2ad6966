//! Files that are for one pair of eyes: who may read one, and how to make one.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Who else can read an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// Nobody but its owner, who is the user that runs jeton.
    Private,
    /// Group or others may read it; the permission bits are given.
    Readable(u32),
    /// It belongs to somebody else.
    Foreign,
}

/// Who else can read `file`, asked of the open file so that no swap of the name comes between.
///
/// Where the system has no permission bits (Windows), a file in the user's profile counts as private.
pub(crate) fn privacy(file: &File) -> io::Result<Privacy> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let metadata = file.metadata()?;
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Ok(Privacy::Foreign);
        }
        let mode = metadata.mode() & 0o777;
        Ok(if mode & 0o077 == 0 {
            Privacy::Private
        } else {
            Privacy::Readable(mode)
        })
    }
    #[cfg(not(unix))]
    {
        let _metadata = file.metadata()?;
        Ok(Privacy::Private)
    }
}

/// Reads at most `limit` bytes. A longer file is an error of kind `FileTooLarge`, a folder of kind `IsADirectory`.
pub(crate) fn read_bounded(file: &mut File, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // One allocation of the final size: a vector that grows leaves copies of a secret behind.
    let expected = usize::try_from(metadata.len()).map_or(limit, |length| length.min(limit));
    let capacity = if metadata.is_file() { expected } else { limit };
    let mut content = Zeroizing::new(Vec::with_capacity(capacity.saturating_add(1)));
    let most = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
    Read::take(&mut *file, most).read_to_end(&mut content)?;
    if content.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}

/// Makes a folder for the user alone, which must not be there yet.
pub(crate) fn create_new_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes a folder, and the missing ones above it, that only the user can enter (0700).
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Opens a file for reading without following a symbolic link in its last component.
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW.bits();
        options.custom_flags(i32::try_from(flags).unwrap_or_default());
    }
    options.open(path)
}

/// Puts a new file of mode 0600 with all of its content at `path`, or none at all.
///
/// With `replace` an existing file gives way; without, an error of kind `AlreadyExists` leaves it as it is,
/// also when two processes come at the same moment: one of them wins.
pub(crate) fn write_private(path: &Path, content: &[u8], replace: bool) -> io::Result<()> {
    let temporary = temporary_name(path);
    let result = write_new(&temporary, content).and_then(|()| {
        if replace {
            std::fs::rename(&temporary, path)
        } else {
            // A hard link fails where the name is taken; a rename would silently replace.
            match std::fs::hard_link(&temporary, path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    // A file system without hard links: still never over an existing file, though no longer at one stroke.
                    write_new(path, content)
                }
                linked => linked,
            }
        }
    });
    if !replace || result.is_err() {
        let _already_gone = std::fs::remove_file(&temporary);
    }
    result
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// A name beside `path` that no other process uses, nor an earlier call of this one.
fn temporary_name(path: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut noise = [0u8; 4];
    // A name that is not random is still safe: `create_new` refuses one that is taken.
    let _unseeded = aws_lc_rs::rand::fill(&mut noise);
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(
        ".{}-{}-{:08x}.tmp",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed),
        u32::from_ne_bytes(noise)
    ));
    path.with_file_name(name)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{
        Privacy, create_private_folder, open_no_follow, privacy, read_bounded, write_private,
    };
    use std::fs::File;
    use std::io::ErrorKind;

    #[test]
    fn a_new_file_is_private_and_is_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        write_private(&path, b"one", false).unwrap();
        let refused = write_private(&path, b"two", false).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write_private(&path, b"two", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(
            privacy(&File::open(&path).unwrap()).unwrap(),
            Privacy::Private
        );
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file stays"
        );
    }

    #[cfg(unix)]
    #[test]
    fn open_files_tell_who_may_read_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("open");
        std::fs::write(&path, "x").unwrap();
        for mode in [0o640, 0o604, 0o666] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let found = privacy(&File::open(&path).unwrap()).unwrap();
            assert_eq!(found, Privacy::Readable(mode));
        }
    }

    #[cfg(unix)]
    #[test]
    fn new_folders_are_closed_and_links_are_not_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("a/b");
        create_private_folder(&made).unwrap();
        assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::write(made.join("target"), "x").unwrap();
        symlink(made.join("target"), made.join("link")).unwrap();
        assert!(open_no_follow(&made.join("link")).is_err());
        assert!(open_no_follow(&made.join("target")).is_ok());
    }

    #[test]
    fn reading_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        std::fs::write(&path, [b'a'; 11]).unwrap();
        let too_long = read_bounded(&mut File::open(&path).unwrap(), 10).unwrap_err();
        assert_eq!(too_long.kind(), ErrorKind::FileTooLarge);
        let whole = read_bounded(&mut File::open(&path).unwrap(), 11).unwrap();
        assert_eq!(whole.len(), 11);
        let is_folder = read_bounded(&mut File::open(folder.path()).unwrap(), 10).unwrap_err();
        assert_eq!(is_folder.kind(), ErrorKind::IsADirectory);
    }
}
