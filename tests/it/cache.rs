//! `jeton cache` and the files below it: what is kept, why it hits or misses, and that nothing done to it breaks a command.

use crate::support::world::World;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

/// The sealed tokens.
fn entries(world: &World) -> Vec<PathBuf> {
    let mut files = world.env.files_below("home/.cache");
    files.retain(|file| file.extension().is_some_and(|end| end == "token"));
    files
}

#[test]
fn list_shows_what_is_kept_and_no_token() {
    let world = World::new();
    let empty = world.cmd(&["cache", "list", "--json"]).run().success();
    assert!(!empty.stdout.contains("billing"), "{empty}");
    world.raw_token();
    let run = world.cmd(&["cache", "list"]).run().success();
    run.shows("billing");
    let json = world.cmd(&["cache", "list", "--json"]).run().success();
    assert!(json.json().to_string().contains("billing"), "{json}");
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn explain_names_each_part_of_the_key_and_hit_or_miss() {
    let world = World::new();
    let miss = world.cmd(&["cache", "explain"]).run().success();
    miss.shows("miss")
        .shows("api.read")
        .shows("client_secret_basic");
    world.raw_token();
    world
        .cmd(&["cache", "explain"])
        .run()
        .success()
        .shows("hit");
    let other = world
        .cmd(&["cache", "explain", "--scope", "api.write"])
        .run();
    other.success().shows("miss").shows("api.write");
    let json = world.cmd(&["cache", "explain", "--json"]).run().success();
    assert!(json.json().to_string().contains("basic"), "{json}");
    assert_eq!(world.token_requests(), 1, "explaining asks nobody");
}

#[test]
fn clear_removes_the_tokens_of_one_profile_or_all() {
    let world = World::new();
    world.raw_token();
    for name in ["other", "biling"] {
        let other = world.cmd(&["cache", "clear", "-p", name]).run();
        other.expect(3).says(name).says("available: billing");
    }
    world.raw_token();
    assert_eq!(world.token_requests(), 1);
    world
        .cmd(&["cache", "clear", "-p", "billing"])
        .run()
        .success();
    let again = world.cmd(&["cache", "clear", "-p", "billing"]).run();
    again.success().shows("0 cached tokens");
    world.raw_token();
    assert_eq!(world.token_requests(), 2);
    world.cmd(&["cache", "clear"]).run().success();
    assert!(entries(&world).is_empty(), "{:?}", entries(&world));
}

#[test]
fn files_and_folders_are_private() {
    let world = World::new();
    world.raw_token();
    let root = world.env.path("home/.cache");
    let files = world.env.files_below("home/.cache");
    assert!(!files.is_empty());
    for file in files {
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        let folder = file.parent().unwrap();
        if folder != root {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
    }
}

#[test]
fn a_flipped_bit_at_any_place_is_said_and_replaced() {
    let world = World::new();
    world.raw_token();
    let file = entries(&world).pop().unwrap();
    let length = fs::read(&file).unwrap().len();
    for at in [0, 5, 20, 40, length / 2, length - 1] {
        let mut sealed = fs::read(&file).unwrap();
        sealed[at] ^= 1;
        fs::write(&file, sealed).unwrap();
        let before = world.token_requests();
        let run = world.cmd(&["token", "get"]).run().success();
        let run = run.says("[WARN]");
        assert_eq!(world.token_requests(), before + 1, "byte {at}\n{run}");
        world
            .cmd(&["token", "get"])
            .run()
            .success()
            .says("cache hit");
    }
}

#[test]
fn a_truncated_or_empty_file_is_absent() {
    let world = World::new();
    world.raw_token();
    let file = entries(&world).pop().unwrap();
    let sealed = fs::read(&file).unwrap();
    for length in [0, 1, 16, sealed.len() / 2, sealed.len() - 1] {
        fs::write(&file, &sealed[..length]).unwrap();
        let before = world.token_requests();
        world.raw_token();
        assert_eq!(world.token_requests(), before + 1, "{length} bytes");
        world
            .cmd(&["token", "get"])
            .run()
            .success()
            .says("cache hit");
    }
}

#[test]
fn a_file_moved_to_another_key_does_not_open() {
    let world = World::new();
    let read = world.raw_token();
    let file = entries(&world).pop().unwrap();
    let get_write = || {
        let run = world.cmd(&["token", "get", "-o", "raw", "--scope", "api.write"]);
        run.reveals_token().run().success().line().to_owned()
    };
    get_write();
    let other = entries(&world)
        .into_iter()
        .find(|entry| *entry != file)
        .unwrap();
    fs::copy(&file, &other).unwrap();
    assert_ne!(get_write(), read);
    assert_eq!(world.token_requests(), 3);
}

#[test]
fn a_symlink_is_not_followed() {
    let world = World::new();
    world.raw_token();
    let file = entries(&world).pop().unwrap();
    // It leads to an entry that would open.
    let target = world.env.path("tmp/target");
    fs::rename(&file, &target).unwrap();
    let sealed = fs::read(&target).unwrap();
    std::os::unix::fs::symlink(&target, &file).unwrap();
    let run = world.cmd(&["token", "get"]).run().success();
    run.says_nothing_of("cache hit");
    assert_eq!(world.token_requests(), 2);
    assert_eq!(fs::read(&target).unwrap(), sealed);
}

#[test]
fn another_key_makes_everything_absent() {
    let world = World::new();
    let keys = ["11", "22"].map(|pair| pair.repeat(32));
    for key in &keys {
        let run = world
            .cmd(&["token", "get"])
            .env("JETON_CACHE_KEY", key)
            .run();
        run.success().says_nothing_of("cache hit");
    }
    assert_eq!(world.token_requests(), 2);
    let run = world
        .cmd(&["token", "get"])
        .env("JETON_CACHE_KEY", &keys[1])
        .run();
    run.success().says("cache hit");
}

#[test]
fn a_home_that_takes_no_file_still_prints_the_token() {
    let world = World::new();
    // A file where the folder should be stops root too.
    let blocked = world.env.write("tmp/blocked", 0o600, "");
    let folder = format!("{}/cache", blocked.display());
    let run = world
        .cmd(&["token", "get", "-o", "raw"])
        .env("JETON_CACHE_DIR", &folder);
    let run = run.reveals_token().run().success().says("[WARN]");
    assert_eq!(run.line().split('.').count(), 3);
}

#[test]
fn memory_and_none_leave_no_file() {
    for store in ["memory", "none"] {
        let world = World::new();
        let text = world.profile("basic", "");
        world
            .env
            .config(&format!("{text}\n[cache]\nstore = {store:?}\n"));
        world.cmd(&["token", "get"]).run().success();
        world.cmd(&["token", "get"]).run().success();
        assert_eq!(world.token_requests(), 2, "{store}");
        assert!(entries(&world).is_empty(), "{store}");
    }
}

#[test]
fn wrong_usage_is_exit_2_and_wrong_configuration_3() {
    let world = World::new();
    world.cmd(&["cache", "empty"]).run().expect(2);
    world
        .cmd(&["cache", "explain", "-p", "nobody"])
        .run()
        .expect(3)
        .says("nobody");
}
