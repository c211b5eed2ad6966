//! Writing, reading, listing and clearing, where nothing is wrong.

use super::super::{Filter, MemoryCache};
use super::{
    Cache, Entry, Keys, Lookup, disk, entry, file, hit, key, kinds, unreadable, with_keys,
};
use crate::cache::{CacheError, SealKey, Unreadable};
use std::fs;
use std::sync::Arc;
use std::thread;
use tempfile::tempdir;

fn at(profile: &str, expires_at: i64) -> Entry {
    Entry {
        profile: profile.to_owned(),
        expires_at: Some(expires_at),
        ..entry("t")
    }
}

#[test]
fn what_was_written_is_read_by_another_process_and_replaced() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    assert!(matches!(cache.read(&key("a")), Lookup::Absent));
    cache.write(&key("a"), &entry("first")).unwrap();
    assert_eq!(hit(&disk(dir.path()), &key("a")), "first");
    cache.write(&key("a"), &entry("second")).unwrap();
    assert_eq!(hit(&disk(dir.path()), &key("a")), "second");
    assert!(matches!(cache.read(&key("b")), Lookup::Absent));
    assert_eq!(kinds(dir.path()), [".token"]);
}

#[test]
fn no_token_is_on_disk_in_the_clear_and_none_is_sealed_alike() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    let sealed = || {
        cache.write(&key("a"), &entry("canary-token")).unwrap();
        fs::read(file(dir.path(), &key("a"))).unwrap()
    };
    let (one, two) = (sealed(), sealed());
    assert!(!one.windows(6).any(|bytes| bytes == b"canary"));
    assert_ne!(one[16..28], two[16..28], "the nonce");
    assert_ne!(one[28..], two[28..]);
}

/// Pinned: the format is a stable interface, and other versions of jeton read it.
#[test]
fn a_file_of_the_first_version_opens() {
    let dir = tempdir().unwrap();
    let file = file(dir.path(), &key("a"));
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    fs::write(&file, include_bytes!("v1.token")).unwrap();
    let Lookup::Hit(read) = disk(dir.path()).read(&key("a")) else {
        panic!("does not open");
    };
    assert_eq!(read, entry("a token of the first version"));
}

#[test]
fn a_read_creates_nothing_and_asks_for_the_key_only_when_there_is_an_entry() {
    let dir = tempdir().unwrap();
    let keys = Keys::of(1);
    let cache = with_keys(dir.path(), &keys);
    assert!(matches!(cache.read(&key("a")), Lookup::Absent));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    assert_eq!(keys.asked(), 0);
    cache.write(&key("a"), &entry("t")).unwrap();
    hit(&cache, &key("a"));
    assert_eq!(keys.asked(), 1);
}

#[test]
fn a_key_that_is_not_available_is_asked_for_once_and_told() {
    let dir = tempdir().unwrap();
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    let keys = Keys::default();
    let cache = Arc::new(with_keys(dir.path(), &keys));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let reason = unreadable(&cache, &key("a"));
                assert!(matches!(&reason, Unreadable::Key(CacheError::Key(_))));
                assert_eq!(
                    reason.to_string(),
                    "the cache key is not available: the keyring is locked"
                );
            });
        }
    });
    let error = cache.write(&key("a"), &entry("t")).unwrap_err();
    assert!(matches!(error, CacheError::Key(_)));
    assert_eq!(keys.asked(), 1);
}

#[test]
fn a_token_without_a_known_end_is_not_kept() {
    let dir = tempdir().unwrap();
    let endless = Entry {
        expires_at: None,
        ..entry("t")
    };
    for cache in [disk(dir.path()), Cache::Memory(MemoryCache::new())] {
        let error = cache.write(&key("a"), &endless).unwrap_err();
        assert!(matches!(error, CacheError::NoExpiry));
        assert!(matches!(cache.read(&key("a")), Lookup::Absent));
    }
}

#[test]
fn an_entry_that_would_not_be_read_back_is_not_written() {
    let dir = tempdir().unwrap();
    let cache = disk(dir.path());
    cache
        .write(&key("a"), &entry(&"t".repeat(1 << 19)))
        .unwrap();
    assert_eq!(hit(&cache, &key("a")).len(), 1 << 19);
    let error = cache
        .write(&key("a"), &entry(&"t".repeat(1 << 20)))
        .unwrap_err();
    assert!(matches!(error, CacheError::TooLarge(_)));
    assert_eq!(hit(&cache, &key("a")).len(), 1 << 19);
}

#[test]
fn list_and_clear_are_the_same_on_disk_and_in_memory() {
    let dir = tempdir().unwrap();
    for cache in [disk(dir.path()), Cache::Memory(MemoryCache::new())] {
        let fill = || {
            cache.write(&key("a"), &at("one", 100)).unwrap();
            cache.write(&key("b"), &at("one", 200)).unwrap();
            cache.write(&key("c"), &at("two", 300)).unwrap();
        };
        let left = || {
            let mut keys: Vec<_> = ["a", "b", "c"].map(|id| (key(id), id)).into();
            keys.sort();
            let listed: Vec<_> = cache.list().unwrap().iter().map(|line| line.key).collect();
            assert!(listed.is_sorted());
            keys.retain(|(key, _)| listed.contains(key));
            keys.sort_by_key(|(_, id)| *id);
            keys.into_iter().map(|(_, id)| id).collect::<String>()
        };
        fill();
        assert_eq!(left(), "abc");
        assert_eq!(cache.clear(&Filter::Expired { now: 200 }).unwrap(), 2);
        assert_eq!(left(), "c");
        fill();
        let of_one = |entry: &Entry| entry.profile == "one";
        assert_eq!(cache.clear(&Filter::Matching(&of_one)).unwrap(), 2);
        assert_eq!(left(), "c");
        fill();
        assert_eq!(cache.clear(&Filter::Key(&key("b"))).unwrap(), 1);
        assert_eq!(left(), "ac");
        assert!(cache.remove(&key("a")).unwrap());
        assert!(!cache.remove(&key("a")).unwrap());
        assert_eq!(cache.clear(&Filter::All).unwrap(), 1);
        assert_eq!(left(), "");
    }
}

#[test]
fn list_and_clear_of_nothing_are_no_errors() {
    let dir = tempdir().unwrap();
    for cache in [disk(dir.path()), Cache::None] {
        assert!(cache.list().unwrap().is_empty());
        assert_eq!(cache.clear(&Filter::All).unwrap(), 0);
        assert!(!cache.remove(&key("a")).unwrap());
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn clear_removes_what_does_not_open_only_when_it_is_meant() {
    let dir = tempdir().unwrap();
    disk(dir.path()).write(&key("a"), &entry("t")).unwrap();
    let other = with_keys(dir.path(), &Keys::of(2));
    let listed = other.list().unwrap();
    assert!(matches!(&listed[..], [line] if matches!(line.entry, Err(Unreadable::OtherKey))));
    assert_eq!(other.clear(&Filter::Expired { now: i64::MAX }).unwrap(), 0);
    assert_eq!(other.clear(&Filter::Matching(&|_| true)).unwrap(), 0);
    assert_eq!(hit(&disk(dir.path()), &key("a")), "t");
    assert_eq!(other.clear(&Filter::All).unwrap(), 1);
    assert_eq!(kinds(dir.path()).len(), 0);
}

#[test]
fn without_a_cache_nothing_is_kept_and_nothing_fails() {
    let cache = Cache::None;
    cache.write(&key("a"), &entry("t")).unwrap();
    assert!(matches!(cache.read(&key("a")), Lookup::Absent));
    let _one = cache.try_lock(&key("a")).unwrap().unwrap();
    assert!(cache.try_lock(&key("a")).unwrap().is_some());
}

#[test]
fn debug_shows_no_key_and_no_token() {
    let secret = SealKey::new(*b"canary-canary-canary-canary-cana");
    assert_eq!(format!("{secret:?}"), "SealKey(redacted)");
    assert_ne!(
        SealKey::generate().unwrap().expose(),
        SealKey::generate().unwrap().expose()
    );
    let dir = tempdir().unwrap();
    for cache in [disk(dir.path()), Cache::Memory(MemoryCache::new())] {
        cache.write(&key("a"), &entry("canary")).unwrap();
        let debug = format!("{cache:?} {:?} {:?}", cache.list(), cache.read(&key("a")));
        assert!(!debug.contains("canary"), "{debug}");
    }
}

#[test]
fn a_document_is_sealed_like_a_token_and_goes_when_everything_goes() {
    let home = tempdir().unwrap();
    let cache = with_keys(home.path(), &Keys::of(1));
    let name = crate::cache::CacheKey::of_document("metadata", "https://as.example");
    assert_eq!(cache.read_document(&name), None);
    cache.write_document(&name, b"{\"issuer\":1}").unwrap();
    assert_eq!(cache.read_document(&name).unwrap(), b"{\"issuer\":1}");
    let other = with_keys(home.path(), &Keys::of(2));
    assert_eq!(other.read_document(&name), None);
    assert!(cache.list().unwrap().is_empty());
    assert_eq!(cache.clear(&Filter::All).unwrap(), 0);
    assert_eq!(cache.read_document(&name), None);
}
