//! One process at a time, whatever becomes of it.

use super::{Lookup, child, child_dir, disk, entry, file, hit, key, kinds};
use crate::cache::{Cache, Filter, Lock};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Waits for the lock, as those do who need the token.
fn lock(cache: &Cache, client: &str) -> Lock {
    let give_up = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(lock) = cache.try_lock(&key(client)).unwrap() {
            return lock;
        }
        assert!(
            Instant::now() < give_up,
            "the lock of {client} is never free"
        );
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_lock_keeps_others_out_until_it_is_dropped() {
    let dir = tempdir().unwrap();
    let (one, two) = (disk(dir.path()), disk(dir.path()));
    let held = lock(&one, "a");
    assert!(two.try_lock(&key("a")).unwrap().is_none());
    assert!(
        two.try_lock(&key("b")).unwrap().is_some(),
        "one lock per key"
    );
    drop(held);
    assert!(two.try_lock(&key("a")).unwrap().is_some());
}

/// Walk 4 of the contract: lock, look again, fetch. However many processes miss at once, one fetches.
#[test]
fn many_processes_make_one_request() {
    if let Some(dir) = child_dir() {
        for client in ["a", "b"] {
            let cache = disk(&dir);
            let _lock = lock(&cache, client);
            if matches!(cache.read(&key(client)), Lookup::Absent) {
                let requests = OpenOptions::new()
                    .append(true)
                    .create(true)
                    .open(dir.join("requests"));
                requests.unwrap().write_all(b"POST\n").unwrap();
                cache.write(&key(client), &entry("t")).unwrap();
            }
            assert_eq!(hit(&cache, &key(client)), "t");
        }
        return;
    }
    let dir = tempdir().unwrap();
    let gate = lock(&disk(dir.path()), "a");
    let start = || {
        child(
            &[],
            "cache::tests::locks::many_processes_make_one_request",
            dir.path(),
        )
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
    };
    let children: Vec<_> = (0..40).map(|_| start()).collect();
    drop(gate);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(
        fs::read_to_string(dir.path().join("requests")).unwrap(),
        "POST\nPOST\n"
    );
}

#[test]
fn the_lock_of_a_killed_process_is_free() {
    if let Some(dir) = child_dir() {
        let _lock = lock(&disk(&dir), "a");
        fs::write(dir.join("locked"), "").unwrap();
        loop {
            thread::park();
        }
    }
    let dir = tempdir().unwrap();
    let mut holder = child(
        &[],
        "cache::tests::locks::the_lock_of_a_killed_process_is_free",
        dir.path(),
    )
    .stdout(Stdio::null())
    .spawn()
    .unwrap();
    while !dir.path().join("locked").exists() {
        assert_eq!(holder.try_wait().unwrap(), None, "the holder has failed");
    }
    let cache = disk(dir.path());
    assert!(cache.try_lock(&key("a")).unwrap().is_none());
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(cache.try_lock(&key("a")).unwrap().is_some());
}

#[test]
fn clear_removes_free_locks_and_leaves_held_ones() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    drop(lock(&cache, "a"));
    let held = lock(&cache, "b");
    cache.clear(&Filter::All).unwrap();
    assert_eq!(kinds(dir.path()), [".lock"]);
    assert!(file(dir.path(), &key("b")).with_extension("lock").exists());
    assert!(disk(dir.path()).try_lock(&key("b")).unwrap().is_none());
    drop(held);
    cache.clear(&Filter::All).unwrap();
    assert_eq!(kinds(dir.path()).len(), 0);
}

/// The lock file comes and goes under those who wait for it, and still nobody is there twice.
#[test]
fn removing_lock_files_lets_nobody_in_twice() {
    let dir = tempdir().unwrap();
    let inside = AtomicUsize::new(0);
    let work = || {
        for _ in 0..100 {
            let _lock = lock(&disk(dir.path()), "a");
            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
            thread::yield_now();
            inside.fetch_sub(1, Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        let workers = [(); 6].map(|()| scope.spawn(work));
        while !workers.iter().all(ScopedJoinHandle::is_finished) {
            disk(dir.path()).clear(&Filter::All).unwrap();
        }
    });
}
