//! Writers that are killed and disks that are full (security, client 3): the old entry or the new one, never half of one.

use super::{Lookup, child, child_dir, disk, entry, file, hit, key, kinds};
use crate::cache::CacheError;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::thread;
use tempfile::tempdir;

/// Longer than one block of the file size limit below.
fn token(letter: &str) -> String {
    letter.repeat(3000)
}

/// The child writes for ever and is killed at forty different moments.
#[test]
fn a_writer_killed_at_any_moment() {
    if let Some(dir) = child_dir() {
        loop {
            disk(&dir).write(&key("a"), &entry(&token("a"))).unwrap();
            disk(&dir).write(&key("a"), &entry(&token("b"))).unwrap();
        }
    }
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry(&token("0"))).unwrap();
    for round in 0..40 {
        let mut writer = child(
            &[],
            "cache::tests::kills::a_writer_killed_at_any_moment",
            dir.path(),
        )
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
        // It is at work; a few reads later it is somewhere else in its work in every round.
        let read = || fs::read(file(dir.path(), &key("a"))).unwrap();
        let before = read();
        while read() == before {
            assert_eq!(writer.try_wait().unwrap(), None, "the writer has failed");
        }
        for _ in 0..round {
            read();
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let found = hit(&cache, &key("a"));
        assert!(found == token("a") || found == token("b"), "torn");
    }
    disk(dir.path()).write(&key("a"), &entry("next")).unwrap();
    assert_eq!(hit(&cache, &key("a")), "next");
    assert_eq!(kinds(dir.path()), [".token"], "nothing is left behind");
}

/// The kernel kills the child in the middle of the file: it may not write more than one block.
#[test]
fn a_writer_killed_in_the_middle_of_the_file() {
    if let Some(dir) = child_dir() {
        disk(&dir).write(&key("a"), &entry(&token("n"))).unwrap();
        return;
    }
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    for old in [None, Some(token("o"))] {
        if let Some(old) = &old {
            cache.write(&key("a"), &entry(old)).unwrap();
        }
        let limited = ["sh", "-c", "ulimit -c 0; ulimit -f 1; exec \"$@\"", "sh"];
        let test = "cache::tests::kills::a_writer_killed_in_the_middle_of_the_file";
        let killed = child(&limited, test, dir.path()).output().unwrap();
        assert!(killed.status.signal().is_some(), "{killed:?}");
        let left = fs::read_dir(dir.path().join("tokens-v1")).unwrap();
        let torn = left
            .map(|file| file.unwrap().path())
            .find(|path| path.extension().unwrap() == "tmp");
        let length = torn.unwrap().metadata().unwrap().len();
        assert!((1..3000).contains(&length), "{length}");

        match (cache.read(&key("a")), old) {
            (Lookup::Absent, None) => {}
            (Lookup::Hit(found), Some(old)) => assert_eq!(found.access_token.expose(), old),
            (other, _) => panic!("{other:?}"),
        }
        disk(dir.path()).write(&key("a"), &entry("next")).unwrap();
        assert_eq!(hit(&cache, &key("a")), "next");
        assert_eq!(kinds(dir.path()), [".token"], "nothing is left behind");
    }
}

/// A write that fails as on a full disk: here the limit on the size of files, with its signal ignored.
#[test]
fn a_full_disk_is_an_error_and_the_old_entry_stays() {
    if let Some(dir) = child_dir() {
        let cache = disk(&dir);
        let error = cache.write(&key("a"), &entry(&token("n"))).unwrap_err();
        assert!(
            matches!(error, CacheError::Io { what: "write", .. }),
            "{error}"
        );
        let _lock = cache.try_lock(&key("a")).unwrap().unwrap();
        return;
    }
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache.write(&key("a"), &entry("old")).unwrap();
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"];
    let test = "cache::tests::kills::a_full_disk_is_an_error_and_the_old_entry_stays";
    let full = child(&limited, test, dir.path()).output().unwrap();
    assert!(full.status.success(), "{full:?}");
    assert_eq!(hit(&cache, &key("a")), "old");
    assert_eq!(
        kinds(dir.path()),
        [".lock", ".token"],
        "no temporary file is left"
    );
}

/// A sweep removes what dead writers left and nothing else.
#[test]
fn a_live_writer_is_not_swept() {
    let dir = tempdir().unwrap();
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    let folder = dir.path().join("tokens-v1");
    let [dead, alive] =
        ["0-0", "0-1"].map(|name| folder.join(format!("{}.{name}.tmp", key("b").hex())));
    fs::write(dead, "left behind").unwrap();
    let writer = fs::File::create(alive).unwrap();
    writer.lock().unwrap();
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    assert_eq!(kinds(dir.path()), [".0-1.tmp", ".token"]);
}

/// Threads and other processes write, read, clear and sweep the same few entries: every read is whole and of the right name.
#[test]
fn everybody_at_once() {
    const CLIENTS: [&str; 3] = ["a", "b", "c"];
    let dir = tempdir().unwrap();
    thread::scope(|scope| {
        for worker in 0..8_usize {
            let dir = dir.path();
            scope.spawn(move || {
                for round in 0..150 {
                    // A cache of its own each time, as every process has one: it sweeps.
                    let cache = disk(dir);
                    let client = CLIENTS[(worker + round) % 3];
                    if worker == 0 && round % 5 == 0 {
                        cache.clear(&crate::cache::Filter::All).unwrap();
                    }
                    cache
                        .write(&key(client), &entry(&client.repeat(500)))
                        .unwrap();
                    match cache.read(&key(client)) {
                        Lookup::Hit(found) => {
                            assert_eq!(found.access_token.expose(), client.repeat(500));
                        }
                        Lookup::Absent => {}
                        Lookup::Unreadable(reason) => panic!("{reason}"),
                    }
                }
            });
        }
    });
    assert!(kinds(dir.path()).iter().all(|kind| kind == ".token"));
}
