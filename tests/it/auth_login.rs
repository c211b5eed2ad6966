//! `jeton auth login` and `logout`: the secret goes into the OS keyring and out of it again, and never by a flag.

use crate::support::keyring::{Keyring, wanted};
use crate::support::world::World;
use crate::support::{Run, TestEnv};

/// The profile `billing` without any credential, so that the keyring is asked.
fn world_without_credential(id: &str) -> World {
    let world = World::without_profile();
    let text = world.profile(id, "");
    let kept = text.lines().filter(|line| !line.contains("file ="));
    world
        .env
        .config(&(kept.collect::<Vec<_>>().join("\n") + "\n"));
    world
}

fn login(world: &World, secret: &str) -> Run {
    world
        .cmd(&["auth", "login", "-p", "billing"])
        .stdin(secret)
        .run()
}

#[test]
fn a_secret_from_stdin_is_kept_and_used() {
    if !wanted() {
        return;
    }
    let world = world_without_credential("basic");
    let _keyring = Keyring::unlocked(&world.env);
    world
        .cmd(&["token", "get"])
        .run()
        .expect(4)
        .says("jeton auth login");
    login(&world, &format!("{}\n", world.secret("basic"))).success();
    let run = world.cmd(&["token", "get"]).run().success();
    run.says("source=keyring");
    let shown = world.cmd(&["config", "show"]).run().success();
    shown.shows("keyring");
}

#[test]
fn a_private_key_is_kept_and_used() {
    if !wanted() {
        return;
    }
    let world = world_without_credential("signer");
    let _keyring = Keyring::unlocked(&world.env);
    login(&world, world.key.pem()).success();
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("source=keyring");
}

#[test]
fn logout_takes_the_secret_and_the_tokens_away() {
    if !wanted() {
        return;
    }
    let world = world_without_credential("basic");
    let _keyring = Keyring::unlocked(&world.env);
    login(&world, world.secret("basic")).success();
    world.raw_token();
    world
        .cmd(&["auth", "logout", "-p", "billing"])
        .run()
        .success();
    world.cmd(&["token", "get"]).run().expect(4);
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn nothing_on_stdin_is_no_secret() {
    let world = world_without_credential("basic");
    login(&world, "").expect(4).says("nothing");
    let run = world.cmd(&["auth", "login", "--no-input"]).run();
    run.expect(4).says("nothing");
}

#[test]
fn without_a_keyring_login_is_exit_4() {
    let world = world_without_credential("basic");
    login(&world, world.secret("basic"))
        .expect(4)
        .says("keyring");
    world
        .cmd(&["auth", "logout"])
        .run()
        .expect(4)
        .says("keyring");
}

#[test]
fn a_profile_is_needed() {
    let env = TestEnv::new();
    env.cmd(&["auth", "login"])
        .stdin("whatever-it-is")
        .run()
        .expect(3);
    let world = World::new();
    world
        .cmd(&["auth", "login", "-p", "nobody"])
        .stdin("whatever-it-is")
        .run()
        .expect(3)
        .says("nobody");
}
