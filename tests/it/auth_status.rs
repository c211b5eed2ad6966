//! `jeton auth status`: every profile at a glance; by exit code alone; and against the server.

use crate::support::TestEnv;
use crate::support::world::{RESOURCE, World};
use serde_json::Value;

fn profiles(json: &Value) -> &Vec<Value> {
    json["profiles"]
        .as_array()
        .or_else(|| json.as_array())
        .unwrap()
}

#[test]
fn before_and_after_the_first_token() {
    let world = World::new();
    let run = world.cmd(&["auth", "status"]).run().success();
    run.shows("billing")
        .shows("client_secret_basic")
        .shows("config.toml:")
        .shows(env!("CARGO_PKG_VERSION"));
    assert_eq!(world.token_requests(), 0, "looking asks for no token");
    world.raw_token();
    let run = world.cmd(&["auth", "status"]).run().success();
    run.shows("billing").shows("valid");
}

#[test]
fn json_names_the_profile_and_its_credential() {
    let world = World::new();
    world.raw_token();
    let run = world.cmd(&["auth", "status", "--json"]).run().success();
    let json = run.json();
    let profile = &profiles(&json)[0];
    assert_eq!(profile["profile"], "billing", "{run}");
    assert!(profile.to_string().contains("client_secret_basic"), "{run}");
    assert!(profile.to_string().contains(&world.front.url()), "{run}");
}

#[test]
fn every_profile_is_there_and_one_can_be_chosen() {
    let world = World::new();
    let second = format!(
        "\n[profiles.reports]\nissuer = {:?}\nclient_id = \"post\"\nauth_method = \"client_secret_post\"\n",
        world.front.url()
    );
    let text = format!("{}{second}", world.profile("basic", ""));
    world.env.config(&text);
    let all = world.cmd(&["auth", "status"]).run().success();
    all.shows("billing").shows("reports");
    let one = world
        .cmd(&["auth", "status", "-p", "reports"])
        .run()
        .success();
    one.shows("reports").hides("billing");
}

#[test]
fn check_answers_by_exit_code_alone() {
    let world = World::new();
    let good = world.cmd(&["auth", "status", "--check"]).run().success();
    assert_eq!(good.stdout, "");
    std::fs::remove_file(world.env.path("home/basic.secret")).unwrap();
    let bad = world.cmd(&["auth", "status", "--check"]).run().expect(8);
    assert_eq!(bad.stdout, "");
}

#[test]
fn live_asks_the_server() {
    let world = World::new();
    let live = ["auth", "status", "--live", "--json"];
    let run = world.cmd(&live).run().success();
    assert_eq!(profiles(&run.json())[0]["live"], "ok", "{run}");
    assert_eq!(world.token_requests(), 1, "a token was asked for\n{run}");
    // A token in the cache is no answer of the server.
    world.server.disable("basic");
    let run = world.cmd(&live).judges().run().expect(8);
    let told = profiles(&run.json())[0]["live"].clone();
    assert!(told.is_string() && told != "ok", "{run}");
    assert_eq!(world.token_requests(), 2, "{run}");
    world
        .cmd(&["auth", "status", "--live", "--check"])
        .run()
        .expect(8);
    assert_eq!(world.token_requests(), 3);
}

#[test]
fn a_match_selects_the_profile() {
    let world = World::new();
    let url = format!("{RESOURCE}/v1");
    world
        .cmd(&["auth", "status", "--for", &url])
        .run()
        .success()
        .shows("billing");
}

#[test]
fn wrong_use_and_wrong_configuration() {
    let env = TestEnv::new();
    env.cmd(&["auth", "status", "--chek"])
        .run()
        .expect(2)
        .says("--check");
    env.cmd(&["auth", "status"])
        .run()
        .expect(3)
        .says("jeton config init");
    env.config("default_profil = \"billing\"\n");
    env.cmd(&["auth", "status"])
        .run()
        .expect(3)
        .says("default_profile");
}

#[test]
fn a_disabled_profile_does_not_pass_the_check() {
    let world = World::new();
    let text = world.profile("basic", "");
    world.env.config(&format!(
        "{text}\n[profiles.prod]\nissuer = {:?}\nclient_id = \"post\"\nenvironment = \"prod\"\n",
        world.front.url()
    ));
    for args in [
        &["auth", "status", "--check"][..],
        &["auth", "status", "--check", "-p", "prod"],
    ] {
        world.cmd(args).run().expect(8);
    }
    world
        .cmd(&["auth", "status", "--check", "-p", "billing"])
        .run()
        .success();
    world.cmd(&["auth", "status", "--live"]).run().success();
}

#[test]
fn a_missing_secret_file_is_a_problem() {
    let world = World::new();
    std::fs::remove_file(world.env.path("home/basic.secret")).unwrap();
    let run = world.cmd(&["auth", "status", "--json"]).run().success();
    let profile = profiles(&run.json())[0].clone();
    assert_eq!(profile["credential"], "missing", "{run}");
    let problem = profile["problem"].as_str().unwrap_or_default();
    assert!(problem.contains("basic.secret cannot be read"), "{run}");
}

/// A cached token is good without the credential.
#[test]
fn a_missing_secret_does_not_hide_a_valid_token() {
    let world = World::new();
    world.raw_token();
    std::fs::remove_file(world.env.path("home/basic.secret")).unwrap();
    world.cmd(&["auth", "status", "--check"]).run().success();
}
