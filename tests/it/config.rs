//! `jeton config`: a commented file, every value with where it came from, and what is wrong with it, by line.

use crate::support::TestEnv;
use crate::support::world::World;
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn init_writes_a_private_file_that_check_accepts() {
    let env = TestEnv::new();
    env.cmd(&["config", "init"]).run().success();
    let path = env.path("home/.config/jeton/config.toml");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains('#') && text.contains("[profiles."), "{text}");
    env.cmd(&["config", "check"]).run().success();
}

#[test]
fn the_committed_example_is_what_init_writes() {
    let env = TestEnv::new();
    env.cmd(&["config", "init"]).run().success();
    let written = std::fs::read_to_string(env.path("home/.config/jeton/config.toml")).unwrap();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml");
    let committed = std::fs::read_to_string(example).unwrap();
    assert_eq!(
        committed, written,
        "run `jeton config init` and commit what it writes as config.example.toml"
    );
}

#[test]
fn init_leaves_an_existing_file_alone() {
    let env = TestEnv::new();
    let path = env.config("# mine\n");
    let run = env.cmd(&["config", "init"]).run();
    run.expect(3).says("config.toml");
    assert_eq!(std::fs::read_to_string(path).unwrap(), "# mine\n");
}

#[test]
fn path_prints_where_the_file_is() {
    let env = TestEnv::new();
    let usual = env.text("home/.config/jeton/config.toml");
    assert_eq!(env.cmd(&["config", "path"]).run().success().line(), usual);
    let named = env.text("work/other.toml");
    env.write("work/other.toml", 0o600, "");
    let run = env
        .cmd(&["config", "path", "--config", &named])
        .run()
        .success();
    assert_eq!(run.line(), named);
    let run = env
        .cmd(&["config", "path"])
        .env("JETON_CONFIG", &named)
        .run()
        .success();
    assert_eq!(run.line(), named);
}

#[test]
fn show_says_where_each_value_came_from() {
    let world = World::new();
    let text = std::fs::read_to_string(world.env.path("home/.config/jeton/config.toml")).unwrap();
    let line = text
        .lines()
        .position(|line| line.starts_with("issuer"))
        .unwrap()
        + 1;
    let run = world
        .cmd(&["config", "show"])
        .env("CC_CLIENT_ID", "basic")
        .run()
        .success();
    run.shows(&format!("config.toml:{line}"))
        .shows("env CC_CLIENT_ID")
        .shows("default")
        .shows(&world.front.url());
}

#[test]
fn show_masks_a_secret_wherever_it_is() {
    let world = World::new();
    let run = world
        .cmd(&["config", "show"])
        .env("CC_CLIENT_SECRET", world.secret("basic"));
    run.run().success().shows("env CC_CLIENT_SECRET");
    let run = world
        .cmd(&["config", "show", "--json"])
        .env("CC_CLIENT_SECRET", world.secret("basic"));
    let run = run.run().success();
    assert!(run.json().is_object(), "{run}");
}

#[test]
fn an_unknown_key_is_exit_3_with_line_column_and_the_nearest_key() {
    let env = TestEnv::new();
    env.config("[profiles.billing]\nisuer = \"https://auth.example.com\"\n");
    for args in [
        &["config", "check"][..],
        &["config", "show"],
        &["token", "get"],
    ] {
        let run = env.cmd(args).run().expect(3);
        run.says("config.toml:2:1").says("isuer").says("issuer");
    }
}

#[test]
fn check_lists_all_that_is_wrong() {
    let env = TestEnv::new();
    env.config("defaut_profile = \"x\"\n[profiles.a]\ntimeout = \"fast\"\nclient_id = 7\n");
    let run = env.cmd(&["config", "check"]).run().expect(3);
    run.says("defaut_profile").says("timeout").says("client_id");
}

#[test]
fn broken_toml_is_exit_3_with_its_place() {
    let env = TestEnv::new();
    env.config("[profiles.billing\nissuer = 1\n");
    env.cmd(&["config", "check"])
        .run()
        .expect(3)
        .says("config.toml:1");
}

#[test]
fn a_secret_in_a_broken_file_is_not_quoted() {
    let env = TestEnv::new();
    let secret = "jts_written-into-the-wrong-place";
    env.canaries.secret("misplaced secret", secret);
    env.holds_secret("home/.config/jeton/config.toml");
    env.config(&format!(
        "[profiles.billing]\nclient_secret = \"{secret}\"\nclient_secrt = \"{secret}\"\n"
    ));
    env.cmd(&["config", "check"])
        .run()
        .expect(3)
        .says("client_secrt");
    env.config(&format!("[profiles.billing]\nclient_secret = \"{secret}\n"));
    env.cmd(&["token", "get", "-vv"]).run().expect(3);
}

#[test]
fn a_named_file_that_is_missing_is_exit_3() {
    let env = TestEnv::new();
    let run = env
        .cmd(&["config", "show", "--config", "no-such.toml"])
        .run();
    run.expect(3).says("no-such.toml");
    let run = env
        .cmd(&["config", "show", "--env-file", "no-such.env"])
        .run();
    run.expect(3).says("no-such.env");
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let world = World::new();
    let scopes = |run: crate::support::Run| run.success().json()["scope"].clone();
    let file = world.cmd(&["token", "get", "--json"]).run();
    assert_eq!(scopes(file), "api.read");
    let env = world
        .cmd(&["token", "get", "--json"])
        .env("CC_SCOPES", "api.write")
        .run();
    assert_eq!(scopes(env), "api.write");
    let flag = world.cmd(&["token", "get", "--json", "--scope", "api.read api.write"]);
    assert_eq!(
        scopes(flag.env("CC_SCOPES", "api.write").run()),
        "api.read api.write"
    );
}

#[test]
fn wrong_usage_is_exit_2() {
    let env = TestEnv::new();
    env.cmd(&["config", "edit"]).run().expect(2);
    env.cmd(&["config", "show", "-o", "raw"]).run().expect(2);
}

#[test]
fn check_of_nothing_at_all_is_exit_3() {
    let env = TestEnv::new();
    let run = env.cmd(&["config", "check"]).run().expect(3);
    run.says("there is no configuration: ")
        .says("config.toml does not exist")
        .says("jeton config init");
    let run = env
        .cmd(&["config", "check"])
        .env("OIDC_ISSUER", "https://auth.example.com")
        .env("CC_CLIENT_ID", "c")
        .run()
        .success();
    run.shows("no file at ")
        .shows("the environment is valid (1 profile)")
        .hides("config.toml is valid");
}

#[test]
fn check_of_a_missing_secret_file_does_not_advise_chmod() {
    let env = TestEnv::new();
    env.config("[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'c'\nclient_secret.file = 'none'\n");
    let run = env.cmd(&["config", "check"]).run().expect(3);
    run.says("cannot be read")
        .says("create it, or correct its path (config.toml:4)")
        .says_nothing_of("chmod");
}
