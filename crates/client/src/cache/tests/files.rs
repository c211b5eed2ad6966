//! Files that are broken, foreign, or something else (security, client 3): absent, told, replaced.

use super::{Keys, Unreadable, disk, entry, file, hit, key, kinds, unreadable, with_keys};
use crate::cache::{Cache, CacheError, Distrust, Filter, Lookup};
use jeton_files::Mode;
use proptest::prelude::{prop_assert, proptest};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A write always gets rid of what is in the way, and leaves a private file.
#[track_caller]
fn replaced(cache: &Cache, cache_dir: &Path) {
    cache.write(&key("a"), &entry("new")).unwrap();
    assert_eq!(hit(cache, &key("a")), "new");
    assert_eq!(mode(&file(cache_dir, &key("a"))), 0o600);
    assert_eq!(mode(&cache_dir.join("tokens-v1")), 0o700);
}

#[test]
fn files_and_folders_are_private_from_the_start() {
    let dir = tempdir().unwrap();
    let cache_dir = dir.path().join("deep").join("down");
    let cache = disk(&cache_dir);
    cache.write(&key("a"), &entry("t")).unwrap();
    let _lock = cache.try_lock(&key("a")).unwrap();
    assert_eq!(mode(&cache_dir.join("tokens-v1")), 0o700);
    assert_eq!(mode(&cache_dir), 0o700);
    assert_eq!(mode(&file(&cache_dir, &key("a"))), 0o600);
    let lock = file(&cache_dir, &key("a")).with_extension("lock");
    assert_eq!(mode(&lock), 0o600);
}

#[test]
fn every_flipped_bit_is_noticed() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("t")).unwrap();
    let path = file(dir.path(), &key("a"));
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() * 8 {
        let mut broken = whole.clone();
        broken[at / 8] ^= 1 << (at % 8);
        fs::write(&path, &broken).unwrap();
        let reason = unreadable(&cache, &key("a"));
        let expected = match at / 8 {
            0..7 => matches!(reason, Unreadable::NotAnEntry),
            7 => matches!(reason, Unreadable::UnknownFormat(_)),
            8..16 => matches!(reason, Unreadable::OtherKey),
            _ => matches!(reason, Unreadable::BrokenSeal),
        };
        assert!(expected, "bit {at}: {reason}");
    }
    replaced(&cache, dir.path());
}

#[test]
fn every_shorter_and_a_longer_file_is_noticed() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("t")).unwrap();
    let path = file(dir.path(), &key("a"));
    let mut whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let reason = unreadable(&cache, &key("a"));
        let expected = match length {
            0..44 => matches!(reason, Unreadable::NotAnEntry),
            _ => matches!(reason, Unreadable::BrokenSeal),
        };
        assert!(expected, "{length} bytes: {reason}");
    }
    whole.push(0);
    fs::write(&path, &whole).unwrap();
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::BrokenSeal
    ));
    replaced(&cache, dir.path());
}

proptest! {
    #[test]
    fn any_other_bytes_are_no_entry(bytes: Vec<u8>, behind_a_good_start: bool) {
        let dir = tempdir().unwrap();
        let cache = disk(dir.path());
        cache.write(&key("a"), &entry("t")).unwrap();
        let path = file(dir.path(), &key("a"));
        let mut content = fs::read(&path).unwrap();
        content.truncate(if behind_a_good_start { 28 } else { 0 });
        content.extend(bytes);
        fs::write(&path, &content).unwrap();
        prop_assert!(matches!(cache.read(&key("a")), Lookup::Unreadable(_)));
    }
}

#[test]
fn a_file_under_another_name_does_not_open() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("b"), &entry("of another client")).unwrap();
    fs::rename(file(dir.path(), &key("b")), file(dir.path(), &key("a"))).unwrap();
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::BrokenSeal
    ));
    replaced(&cache, dir.path());
}

#[test]
fn the_entry_of_another_key_does_not_open() {
    let dir = tempdir().unwrap();
    with_keys(dir.path(), &Keys::of(2))
        .write(&key("a"), &entry("t"))
        .unwrap();
    let cache = disk(dir.path());
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::OtherKey
    ));
    replaced(&cache, dir.path());
}

#[test]
fn a_foreign_file_costs_no_question_for_the_key() {
    let dir = tempdir().unwrap();
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    fs::write(file(dir.path(), &key("a")), vec![b'x'; 100]).unwrap();
    let keys = Keys::of(1);
    unreadable(&with_keys(dir.path(), &keys), &key("a"));
    assert_eq!(keys.asked(), 0);
}

#[test]
fn a_huge_file_is_not_read() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("t")).unwrap();
    let path = file(dir.path(), &key("a"));
    let huge = File::options().write(true).open(&path).unwrap();
    huge.set_len(1 << 40).unwrap();
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::TooLarge(1_099_511_627_776)
    ));
    replaced(&cache, dir.path());
}

#[test]
fn links_are_not_followed() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("b"), &entry("elsewhere")).unwrap();
    let (link, target) = (file(dir.path(), &key("a")), file(dir.path(), &key("b")));
    symlink(&target, &link).unwrap();
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::File(Distrust::Symlink)
    ));
    replaced(&cache, dir.path());
    assert_eq!(
        hit(&cache, &key("b")),
        "elsewhere",
        "the target is as it was"
    );

    let victim = dir.path().join("victim");
    symlink(&victim, link.with_extension("lock")).unwrap();
    let error = cache.try_lock(&key("a")).unwrap_err();
    assert!(matches!(
        error,
        CacheError::Distrusted {
            distrust: Distrust::Symlink,
            ..
        }
    ));
    assert!(!victim.exists());
}

#[test]
fn a_linked_folder_is_neither_read_nor_written() {
    let dir = tempdir().unwrap();
    let (real, other) = (dir.path().join("real"), dir.path().join("other"));
    disk(&real).write(&key("a"), &entry("t")).unwrap();
    fs::create_dir(&other).unwrap();
    symlink(real.join("tokens-v1"), other.join("tokens-v1")).unwrap();
    let cache = disk(&other);
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::Folder(Distrust::Symlink)
    ));
    let refused = |error| {
        matches!(
            error,
            CacheError::Distrusted {
                distrust: Distrust::Symlink,
                ..
            }
        )
    };
    assert!(refused(cache.write(&key("a"), &entry("u")).unwrap_err()));
    assert!(refused(cache.try_lock(&key("a")).unwrap_err()));
    assert!(refused(cache.clear(&Filter::All).unwrap_err()));
    assert_eq!(hit(&disk(&real), &key("a")), "t");
}

#[test]
fn pipes_folders_and_sockets_are_told_at_once() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("b"), &entry("t")).unwrap();
    let path = file(dir.path(), &key("a"));

    assert!(
        Command::new("mkfifo")
            .args(["-m", "600"])
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    assert!(path.metadata().unwrap().file_type().is_fifo());
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::File(Distrust::NotAFile)
    ));
    replaced(&cache, dir.path());

    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::File(Distrust::NotAFile)
    ));
    replaced(&cache, dir.path());

    fs::remove_file(&path).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind_addr(
        // By a short name: the path is too long for a socket.
        &std::os::unix::net::SocketAddr::from_pathname(dir.path().join("s")).unwrap(),
    )
    .unwrap();
    fs::rename(dir.path().join("s"), &path).unwrap();
    assert!(matches!(unreadable(&cache, &key("a")), Unreadable::Io(_)));
    replaced(&cache, dir.path());
}

#[test]
fn a_full_folder_in_the_way_stays_and_is_an_error() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    let path = file(dir.path(), &key("a"));
    fs::create_dir_all(path.join("something")).unwrap();
    set_mode(&dir.path().join("tokens-v1"), 0o700);
    assert!(matches!(
        unreadable(&cache, &key("a")),
        Unreadable::File(Distrust::NotAFile)
    ));
    let error = cache.write(&key("a"), &entry("t")).unwrap_err();
    assert!(
        matches!(
            error,
            CacheError::Io {
                what: "replace",
                ..
            }
        ),
        "{error}"
    );
    assert!(cache.clear(&Filter::All).is_err());
    assert_eq!(kinds(dir.path()), [".token"], "no temporary file is left");
}

#[test]
fn a_file_that_others_may_touch_is_not_trusted() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    for bits in [0o640, 0o604, 0o620, 0o601, 0o666] {
        cache.write(&key("a"), &entry("t")).unwrap();
        set_mode(&file(dir.path(), &key("a")), bits);
        let reason = unreadable(&cache, &key("a"));
        assert!(
            matches!(reason, Unreadable::File(Distrust::OpenToOthers(mode)) if mode == Mode::new(bits))
        );
        replaced(&cache, dir.path());
    }
}

#[test]
fn a_folder_that_others_may_enter_is_told_and_closed_by_the_next_write() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("t")).unwrap();
    set_mode(&dir.path().join("tokens-v1"), 0o755);
    assert_eq!(
        unreadable(&cache, &key("a")).to_string(),
        "the cache folder is open to other users (mode 0755)"
    );
    assert_eq!(
        mode(&dir.path().join("tokens-v1")),
        0o755,
        "a read changes nothing"
    );
    replaced(&cache, dir.path());
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn what_belongs_to_somebody_else_is_not_used() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("t")).unwrap();
    let path = file(dir.path(), &key("a"));
    if chown(&path, Some(65_534), None).is_err() {
        eprintln!("SKIPPED: only root can give files away");
        return;
    }
    let foreign = Distrust::OtherOwner(65_534);
    assert!(matches!(unreadable(&cache, &key("a")), Unreadable::File(found) if found == foreign));
    replaced(&cache, dir.path());

    chown(dir.path().join("tokens-v1"), Some(65_534), None).unwrap();
    assert!(matches!(unreadable(&cache, &key("a")), Unreadable::Folder(found) if found == foreign));
    let error = cache.write(&key("a"), &entry("t")).unwrap_err();
    assert!(matches!(error, CacheError::Distrusted { distrust, .. } if distrust == foreign));
    assert!(cache.clear(&Filter::All).is_err());
}

/// A home that cannot be written: everything fails with a reason, at once, and nothing panics.
#[test]
fn no_folder_can_be_made() {
    let dir = tempdir().unwrap();
    let occupied = dir.path().join("file");
    fs::write(&occupied, "").unwrap();
    let cache = disk(&occupied.join("cache"));
    assert!(matches!(cache.read(&key("a")), Lookup::Absent));
    for error in [
        cache.write(&key("a"), &entry("t")).unwrap_err(),
        cache.try_lock(&key("a")).unwrap_err(),
        cache.remove(&key("a")).unwrap_err(),
        cache.list().unwrap_err(),
        cache.clear(&Filter::All).unwrap_err(),
    ] {
        assert!(matches!(error, CacheError::Io { .. }), "{error}");
    }
}
