//! The commands that take a token, without one: what is piped in, else the cached token of the profile that is meant.

use crate::support::env::Invocation;
use crate::support::world::World;
use crate::support::{Run, TestEnv};

/// Runs with `/dev/null` as standard input, as a terminal without anything typed; the harness makes a pipe of it.
fn bare(invocation: Invocation<'_>) -> Run {
    let output = invocation.into_command().output().unwrap();
    Run::new(&output, String::new())
}

#[test]
fn the_cached_token_of_the_only_profile() {
    let world = World::new();
    // There is none yet.
    for verb in ["introspect", "verify", "revoke", "decode"] {
        let run = bare(world.cmd(&["token", verb])).expect(3);
        run.says("the profile billing").says("jeton token get");
    }
    world.raw_token();
    bare(world.cmd(&["token", "verify"]))
        .success()
        .shows("verified");
    bare(world.cmd(&["token", "decode"]))
        .success()
        .shows("basic");
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn the_cached_token_of_the_default_profile_and_of_the_variable() {
    let world = World::new();
    let text = world.profile("basic", "");
    let other = world
        .profile("post", "")
        .replace("default_profile = \"billing\"\n", "");
    let other = other.replace("billing", "other");
    world.env.config(&format!("{text}\n{other}"));
    world.raw_token();
    bare(world.cmd(&["token", "verify"])).success();
    let run = world
        .cmd(&["token", "verify"])
        .env("JETON_PROFILE", "other");
    bare(run).expect(3).says("the profile other");
    // Nobody says which.
    world.env.config(&format!(
        "{}\n{other}",
        text.replace("default_profile = \"billing\"\n", "")
    ));
    for verb in ["introspect", "revoke", "verify"] {
        let run = bare(world.cmd(&["token", verb])).expect(3);
        run.says("available: billing, other");
    }
    let run = bare(world.cmd(&["token", "decode"])).expect(2);
    run.says("no token to decode").says("several profiles");
}

/// What failed before the pipe must not be taken for "the cached one": it would be revoked.
#[test]
fn an_empty_pipe_is_no_token() {
    let world = World::new();
    world.raw_token();
    for verb in ["introspect", "verify", "revoke", "decode"] {
        let run = world.cmd(&["token", verb]).stdin("").run();
        run.expect(2).says("the input is empty");
    }
    bare(world.cmd(&["token", "verify"])).success();
}

#[test]
fn without_a_configuration_there_is_no_token() {
    let env = TestEnv::new();
    let run = bare(env.cmd(&["token", "decode"])).expect(2);
    run.says("no token to decode")
        .says("no profile is configured");
}

#[test]
fn help_is_a_command_too() {
    let env = TestEnv::new();
    let option = env.cmd(&["token", "get", "--help"]).run().success();
    for line in [&["help", "token", "get"][..], &["token", "help", "get"]] {
        assert_eq!(env.cmd(line).run().success().stdout, option.stdout);
    }
    env.cmd(&["help"]).run().success().shows("Exit codes:");
    env.cmd(&["help", "nope"]).run().expect(2).says("nope");
}
