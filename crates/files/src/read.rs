//! Reading within a limit, without leaving copies of what was read in memory.

use crate::access::Access;
use crate::error::FileError;
use crate::open::{open_own, open_regular};
use crate::system;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// The first allocation for a stream, in bytes.
const FIRST: usize = 4096;

/// What a file holds, and who may read and write it. `Debug` does not show the content.
pub struct Content {
    /// The bytes, zeroed when dropped.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Owner and mode of the file that was read.
    pub access: Access,
}

impl Content {
    /// The content as text; `None` where it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} bytes, {:?})", self.bytes.len(), self.access)
    }
}

/// Reads a file that a person named: links are followed and a pipe is waited for.
///
/// # Errors
///
/// [`FileError::TooLong`] beyond `limit` bytes, [`FileError::Folder`] for a folder, otherwise the system's.
pub fn read(path: &Path, limit: usize) -> Result<Content, FileError> {
    content(File::open(path)?, limit)
}

/// Reads a file of our own.
///
/// # Errors
///
/// As [`read`], and [`FileError::Distrusted`] for a link, for what is not a regular file, and for one that is not ours alone.
pub fn read_own(path: &Path, limit: usize) -> Result<Content, FileError> {
    content(open_own(path)?, limit)
}

/// Reads a regular file that is no link, whoever owns it and may read it.
///
/// # Errors
///
/// As [`read`], and [`FileError::Distrusted`] for a link and for what is not a regular file.
pub fn read_regular(path: &Path, limit: usize) -> Result<Content, FileError> {
    content(open_regular(system::own().read(true), path)?, limit)
}

/// Reads a stream to its end.
///
/// # Errors
///
/// [`FileError::TooLong`] as soon as there are more than `limit` bytes, otherwise the system's.
pub fn read_stream(stream: impl Read, limit: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
    to_end(stream, limit, FIRST)
}

fn content(file: File, limit: usize) -> Result<Content, FileError> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(FileError::Folder);
    }
    let access = Access::from(&metadata);
    let length = metadata.is_file().then_some(metadata.len());
    if let Some(length) = length
        && length > limit as u64
    {
        return Err(FileError::TooLong {
            limit,
            length: Some(length),
        });
    }
    // One allocation of the final size, and a byte more: in which the end shows.
    let first = length.and_then(|length| usize::try_from(length).ok());
    let bytes = to_end(file, limit, first.map_or(FIRST, |length| length + 1))?;
    Ok(Content { bytes, access })
}

/// A vector that grows by itself leaves its old content behind, so each one is zeroed when the next one has taken over.
fn to_end(
    mut stream: impl Read,
    limit: usize,
    first: usize,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let most = limit.saturating_add(1);
    let mut content = Zeroizing::new(vec![0; first.min(most)]);
    let mut length = 0;
    loop {
        if length == content.len() {
            if length == most {
                let length = None;
                return Err(FileError::TooLong { limit, length });
            }
            let mut larger = Zeroizing::new(vec![0; length.saturating_mul(2).clamp(1, most)]);
            if let Some(start) = larger.get_mut(..length) {
                start.copy_from_slice(&content);
            }
            content = larger;
        }
        let room = content.get_mut(length..).unwrap_or_default();
        match stream.read(room) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    content.truncate(length);
    Ok(content)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{read, read_own, read_regular, read_stream};
    use crate::error::{Distrust, FileError};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use std::io::{self, Read};

    /// Returns a fixed number of bytes per call, with an interruption in between.
    struct Drip<'a>(&'a [u8], usize, bool);

    impl Read for Drip<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            self.2 = !self.2;
            if self.2 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let count = self.1.min(room.len()).min(self.0.len());
            room[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn all_of_a_stream_up_to_the_limit_or_nothing(bytes: Vec<u8>, step in 1usize..50, limit in 0usize..200) {
            match read_stream(Drip(&bytes, step, false), limit) {
                Ok(content) => {
                    prop_assert!(bytes.len() <= limit);
                    prop_assert_eq!(&*content, &bytes);
                }
                Err(FileError::TooLong { limit: told, .. }) => {
                    prop_assert!(bytes.len() > limit);
                    prop_assert_eq!(told, limit);
                }
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
    }

    #[test]
    fn a_stream_without_an_end_ends() {
        let error = read_stream(io::repeat(b'x'), 100_000).unwrap_err();
        assert!(matches!(error, FileError::TooLong { limit: 100_000, .. }));
    }

    #[test]
    fn files_are_bounded_and_folders_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        crate::create(&path, &[b'a'; 11]).unwrap();
        for read in [read, read_own, read_regular] {
            let too_long = read(&path, 10).unwrap_err();
            assert!(matches!(
                too_long,
                FileError::TooLong {
                    limit: 10,
                    length: Some(11)
                }
            ));
            assert_eq!(*read(&path, 11).unwrap().bytes, [b'a'; 11]);
            assert!(
                read(&folder.path().join("none"), 10)
                    .unwrap_err()
                    .is_not_found()
            );
        }
        assert!(matches!(
            read(folder.path(), 10).unwrap_err(),
            FileError::Folder
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_named_link_counts_as_what_it_leads_to_and_one_of_ours_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("file"), folder.path().join("link"));
        crate::create(&path, b"x").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(read(&link, 10).unwrap().access.mode().bits(), 0o640);
        for read in [read_own, read_regular] {
            let error = read(&link, 10).unwrap_err();
            assert!(matches!(error, FileError::Distrusted(Distrust::Symlink)));
        }
        assert!(read_own(&path, 10).is_err());
        assert_eq!(read_regular(&path, 10).unwrap().text(), Some("x"));
    }

    #[test]
    fn content_is_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        crate::create(&path, b"canary").unwrap();
        let shown = format!("{:?}", read(&path, 10).unwrap());
        assert!(
            !shown.contains("canary") && shown.contains("6 bytes"),
            "{shown}"
        );
    }
}
