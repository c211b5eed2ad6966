//! Writing a private file whole or not at all, and onto the disk.

use crate::system;
use crate::temporary::{Temporary, sweep_beside};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Makes a file of mode 0600 with all of its content, or none at all.
///
/// # Errors
///
/// `AlreadyExists` leaves what has the name as it is, also when two processes come at the same moment: one of them wins.
/// Otherwise the system's.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = written(path, content)?;
    match temporary.link(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => without_links(path, content)?,
        linked => linked?,
    }
    sync_folder_of(path);
    Ok(())
}

/// Puts a file of mode 0600 with all of its content in place of the one that has the name, if one does.
///
/// # Errors
///
/// The system's; the old file then stays as it is.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    written(path, content)?.rename(path)?;
    sync_folder_of(path);
    Ok(())
}

/// Makes an empty file of mode 0600 where there is none, for a library that opens it by its name. Links are followed, and a file
/// that is there stays as it is.
///
/// # Errors
///
/// The system's.
pub fn create_missing(path: &Path) -> io::Result<()> {
    system::named()
        .append(true)
        .create(true)
        .open(path)
        .map(drop)
}

fn written(path: &Path, content: &[u8]) -> io::Result<Temporary> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    sweep_beside(folder_of(path), name);
    let mut temporary = Temporary::create(folder_of(path), name).map_err(|(_, error)| error)?;
    temporary.write(content)?;
    temporary.sync()?;
    Ok(temporary)
}

/// For a file system without hard links: still never over an existing file, though no longer at one stroke.
fn without_links(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = system::own().write(true).create_new(true).open(path)?;
    let complete = file.write_all(content).and_then(|()| file.sync_all());
    if complete.is_err() {
        let _ = fs::remove_file(path);
    }
    complete
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Puts the name on the disk too. Some file systems cannot; the content is there all the same.
fn sync_folder_of(path: &Path) {
    let _ = system::sync_folder(folder_of(path));
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{create, create_missing, replace, without_links};
    use crate::access::Privacy;
    use std::fs;
    use std::io::ErrorKind;
    use std::path::Path;
    use std::sync::Barrier;
    use std::thread;

    fn is_private(path: &Path) -> bool {
        crate::access(path).unwrap().privacy() == Privacy::Private
    }

    #[test]
    fn a_new_file_is_private_and_is_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, b"one").unwrap();
        for create in [create, without_links] {
            let refused = create(&path, b"two").unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        }
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(is_private(&path));
        let other = folder.path().join("other");
        without_links(&other, b"three").unwrap();
        assert!(is_private(&other));
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "no temporary file stays");
    }

    #[test]
    fn a_missing_file_is_made_private_and_one_that_is_there_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        create_missing(&path).unwrap();
        assert!(is_private(&path));
        fs::write(&path, "rows").unwrap();
        create_missing(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"rows");
    }

    #[test]
    fn what_a_killed_writer_left_goes_with_the_next_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(folder.path().join("key.1-1.tmp"), "half").unwrap();
        create(&path, b"whole").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "theirs").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(create(&link, b"ours").is_err());
        replace(&link, b"ours").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"theirs");
        assert!(!link.symlink_metadata().unwrap().is_symlink());
        assert!(is_private(&link));
    }

    /// Of many at once exactly one makes the file, and what is read is whole.
    #[test]
    fn one_of_many_wins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let start = Barrier::new(8);
        let won: Vec<bool> = thread::scope(|scope| {
            let attempts: Vec<_> = (0..8u8)
                .map(|number| {
                    let (path, start) = (&path, &start);
                    scope.spawn(move || {
                        start.wait();
                        create(path, &[number; 5000]).is_ok()
                    })
                })
                .collect();
            attempts
                .into_iter()
                .map(|attempt| attempt.join().unwrap())
                .collect()
        });
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        let content = fs::read(&path).unwrap();
        let winner = won.iter().position(|won| *won).unwrap();
        assert_eq!(content, vec![u8::try_from(winner).unwrap(); 5000]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
