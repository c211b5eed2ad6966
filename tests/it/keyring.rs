//! The keyring in each state that a machine offers: open, wrong, locked, absent, hanging. Exit 4 in bounded time,
//! and never asked where another source has the secret.

use crate::support::keyring::{Keyring, wanted};
use crate::support::world::World;
use std::time::{Duration, Instant};

/// The bound of a call is three seconds; a run makes a few of them and has to start.
const BOUNDED: Duration = Duration::from_secs(15);

/// The profile `billing` that names a place in the keyring.
fn world() -> World {
    let world = World::without_profile();
    let text = world.profile("basic", "");
    let kept = text
        .lines()
        .filter(|line| !line.starts_with("client_secret"));
    let line = "client_secret = { keyring = \"jeton/billing\" }\n";
    world
        .env
        .config(&(kept.collect::<Vec<_>>().join("\n") + "\n" + line));
    world
}

fn login(world: &World) {
    let run = world
        .cmd(&["auth", "login", "-p", "billing"])
        .stdin(world.secret("basic"));
    run.run().success();
}

#[test]
fn an_open_keyring_hands_the_secret_out_and_seals_the_cache() {
    if !wanted() {
        return;
    }
    let world = world();
    let _keyring = Keyring::unlocked(&world.env);
    login(&world);
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("source=keyring");
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("cache hit");
}

#[test]
fn a_locked_keyring_is_exit_4_with_the_remedy() {
    if !wanted() {
        return;
    }
    let world = world();
    let mut keyring = Keyring::unlocked(&world.env);
    login(&world);
    keyring.lock();
    let started = Instant::now();
    let run = world.cmd(&["token", "get"]).run().expect(4);
    assert!(started.elapsed() < BOUNDED, "{run}");
    run.says("lock");
    assert_eq!(world.token_requests(), 0);
}

#[test]
fn a_wrong_secret_in_the_keyring_is_refused_by_the_server() {
    if !wanted() {
        return;
    }
    let world = world();
    let _keyring = Keyring::unlocked(&world.env);
    let wrong = "jts_the-secret-of-somebody-else";
    world.env.canaries.secret("wrong secret", wrong);
    world
        .cmd(&["auth", "login", "-p", "billing"])
        .stdin(wrong)
        .run()
        .success();
    world
        .cmd(&["token", "get"])
        .run()
        .expect(5)
        .says("invalid_client");
}

#[test]
fn a_bus_without_a_secret_service_is_exit_4() {
    if !wanted() {
        return;
    }
    let world = world();
    let _bus = Keyring::bus_alone(&world.env);
    world.cmd(&["token", "get"]).run().expect(4).says("keyring");
}

#[test]
fn no_bus_at_all_is_exit_4() {
    let world = world();
    world.cmd(&["token", "get"]).run().expect(4).says("keyring");
}

#[test]
fn a_hanging_keyring_is_exit_4_in_bounded_time() {
    if !wanted() {
        return;
    }
    let world = world();
    let keyring = Keyring::unlocked(&world.env);
    login(&world);
    keyring.hang();
    let started = Instant::now();
    let run = world.cmd(&["token", "get"]).run().expect(4);
    assert!(
        started.elapsed() < BOUNDED,
        "{:?}\n{run}",
        started.elapsed()
    );
}

#[test]
fn a_hanging_keyring_does_not_matter_where_the_environment_has_the_secret() {
    if !wanted() {
        return;
    }
    let world = world();
    let keyring = Keyring::unlocked(&world.env);
    keyring.hang();
    let run = world
        .cmd(&["token", "get"])
        .env("CC_CLIENT_SECRET", world.secret("basic"))
        .env(
            "JETON_CACHE_KEY",
            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        );
    run.run().success().says("source=env");
}

/// The key of the cache is asked of the keyring too: that costs its bound and no token.
#[test]
fn a_hanging_keyring_does_not_matter_where_a_file_has_the_secret() {
    if !wanted() {
        return;
    }
    let world = World::new();
    let keyring = Keyring::unlocked(&world.env);
    keyring.hang();
    let started = Instant::now();
    let run = world.cmd(&["token", "get"]).run().success();
    assert!(started.elapsed() < BOUNDED, "{run}");
    run.says("source=file");
    assert_eq!(world.token_requests(), 1);
    assert!(world.front.last("/token").header("authorization").is_some());
}

#[test]
fn the_cache_key_falls_back_to_a_private_file_said_once() {
    let world = World::new();
    let first = world.cmd(&["token", "get"]).run().success();
    let second = world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("cache hit");
    let said: Vec<&str> = first
        .stderr
        .lines()
        .filter(|line| !second.stderr.contains(line))
        .collect();
    assert!(said.iter().any(|line| line.contains("key")), "{first}");
}
