//! `jeton profile`: profiles without an editor, and the file keeps its comments.

use crate::support::keyring::{Keyring, wanted};
use crate::support::world::World;
use crate::support::{Run, TestEnv};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::thread;

const CONFIG: &str = "home/.config/jeton/config.toml";

const FILE: &str = "# Ours.\n\n[defaults]\ntimeout = \"5s\" # short\n\n# Pays.\n[profiles.billing]\nissuer = \"https://a.example\"\nclient_id = \"b\"\n";

fn add(env: &TestEnv, name: &str, more: &[&str]) -> Run {
    let args = ["profile", "add", name, "--issuer", "https://a.example"];
    let args = [&args[..], &["--client-id", "c"], more].concat();
    env.cmd(&args).run()
}

fn text(env: &TestEnv) -> String {
    std::fs::read_to_string(env.path(CONFIG)).unwrap()
}

#[test]
fn the_first_profile_makes_a_private_file() {
    let env = TestEnv::new();
    add(&env, "billing", &["--scope", "a", "--scope", "b"])
        .success()
        .shows("added the profile billing")
        .says("jeton auth login -p billing");
    let mode = std::fs::metadata(env.path(CONFIG)).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    env.cmd(&["config", "check"])
        .run()
        .success()
        .says_nothing_of("warning");
    let shown = env
        .cmd(&["config", "show", "-p", "billing"])
        .run()
        .success();
    shown.shows("https://a.example").shows("a b");
    let left: Vec<_> = env.files_below("home/.config/jeton");
    assert_eq!(left.len(), 2, "the file and its lock: {left:?}");
}

#[test]
fn comments_and_order_stay() {
    let env = TestEnv::new();
    env.config(FILE);
    add(&env, "reports", &[])
        .success()
        .says("jeton profile use reports");
    assert!(text(&env).starts_with(FILE), "{}", text(&env));
    env.cmd(&["profile", "use", "reports"]).run().success();
    let run = env.cmd(&["profile", "list", "--json"]).run().success();
    let json = run.json();
    assert_eq!(json["profiles"][0]["profile"], "billing", "{run}");
    assert_eq!(json["profiles"][0]["default"], false, "{run}");
    assert_eq!(json["profiles"][1]["default"], true, "{run}");
    assert_eq!(json["profiles"][1]["client_id"], "c", "{run}");
    env.cmd(&["profile", "remove", "reports"]).run().success();
    let left = text(&env);
    assert_eq!(left, FILE, "the file is as it was");
}

#[test]
fn a_new_default() {
    let env = TestEnv::new();
    env.config(FILE);
    add(&env, "reports", &["--default"]).success();
    let run = env.cmd(&["profile", "list"]).run().success();
    run.shows("reports  yes").shows("billing  -");
    let run = env
        .cmd(&["profile", "use", "billing"])
        .env("JETON_PROFILE", "reports");
    run.run()
        .success()
        .says("env JETON_PROFILE selects reports in this environment");
}

#[test]
fn what_is_wrong_is_not_written() {
    let env = TestEnv::new();
    env.config(FILE);
    add(&env, "billing", &[]).expect(3).says("already");
    let wrong: [&[&str]; 5] = [
        &["--auth-method", "password"],
        &["--match", "nonsense"],
        &["--scope", "a\"b"],
        &["--resource", "relative"],
        &["--token-endpoint", "http://far.example/token"],
    ];
    for more in wrong {
        add(&env, "p", more)
            .expect(2)
            .says("the profile would not be valid");
    }
    for args in [
        &["profile", "add", "p"][..],
        &["profile", "add", "p", "--issuer", "https://a.example"],
        &["profile", "add"],
    ] {
        env.cmd(args).run().expect(2);
    }
    env.cmd(&["profile", "use", "biling"])
        .run()
        .expect(3)
        .says("did you mean billing?");
    env.cmd(&["profile", "remove", "nobody"]).run().expect(3);
    assert_eq!(text(&env), FILE);
}

#[test]
fn a_file_that_is_wrong_or_not_trusted_is_not_changed() {
    let env = TestEnv::new();
    let path = env.config("[profiles.a]\nisuer = 1\n");
    add(&env, "p", &[]).expect(3).says("isuer");
    env.config(FILE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    add(&env, "p", &[]).expect(3).says("mode 0666");
    assert_eq!(text(&env), FILE);
}

#[test]
fn a_link_stays_a_link() {
    let env = TestEnv::new();
    let target = env.write("home/dotfiles/jeton.toml", 0o600, FILE);
    std::fs::create_dir_all(env.path("home/.config/jeton")).unwrap();
    symlink(&target, env.path(CONFIG)).unwrap();
    add(&env, "p", &[]).success();
    assert!(env.path(CONFIG).is_symlink());
    assert!(
        std::fs::read_to_string(target)
            .unwrap()
            .contains("[profiles.p]")
    );
}

#[test]
fn of_many_at_once_none_is_lost() {
    let env = TestEnv::new();
    env.config(FILE);
    let names: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    thread::scope(|scope| {
        for name in &names {
            scope.spawn(|| add(&env, name, &[]).success());
        }
    });
    let text = text(&env);
    for name in &names {
        assert!(text.contains(&format!("[profiles.{name}]")), "{text}");
    }
}

#[test]
fn a_profile_with_its_secret_in_a_file_works_at_once() {
    let world = World::without_profile();
    world.env.write("work/basic.secret", 0o600, "");
    let url = world.front.url();
    let secret = world.env.text("home/basic.secret");
    let args = [
        "profile",
        "add",
        "billing",
        "--issuer",
        &url,
        "--client-id",
        "basic",
        "--scope",
        "api.read",
        "--secret-file",
        &secret,
        "--auth-method",
        "client_secret_basic",
    ];
    world.cmd(&args).run().success().says_nothing_of("login");
    world.cmd(&["token", "get"]).run().success();
    let key = world.env.text("home/signer.pem");
    let args = [
        "profile",
        "add",
        "signer",
        "--issuer",
        &url,
        "--client-id",
        "signer",
        "--scope",
        "api.read",
        "--private-key",
        &key,
    ];
    world.cmd(&args).run().success();
    world.cmd(&["token", "get", "-p", "signer"]).run().success();
    let run = world.cmd(&["profile", "remove", "signer", "--json"]).run();
    let json = run.success().json();
    assert_eq!(json["purged_tokens"], 1);
}

#[test]
fn a_secret_from_a_pipe_goes_into_the_keyring_and_out_of_it() {
    if !wanted() {
        return;
    }
    let world = World::without_profile();
    let _keyring = Keyring::unlocked(&world.env);
    let url = world.front.url();
    let args = [
        "profile",
        "add",
        "billing",
        "--issuer",
        &url,
        "--client-id",
        "basic",
        "--scope",
        "api.read",
    ];
    let run = world.cmd(&args).stdin(world.secret("basic")).run();
    run.success().says("in the keyring (jeton/billing)");
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("source=keyring");
    let run = world.cmd(&["profile", "remove", "billing"]).run();
    run.success().says("still in the keyring: jeton/billing");
    world.cmd(&args).run().success();
    world
        .cmd(&["profile", "remove", "billing", "--credentials"])
        .run()
        .success()
        .shows("removed from the keyring: jeton/billing");
    world.cmd(&args).run().success();
    world.cmd(&["token", "get"]).run().expect(4);
}

/// Nothing is half done: without a keyring there is no profile either.
#[test]
fn a_secret_that_cannot_be_stored_adds_nothing() {
    let env = TestEnv::new();
    let secret = "jts_nowhere-to-be-stored";
    env.canaries.secret("secret without a keyring", secret);
    let args = ["profile", "add", "p", "--issuer", "https://a.example"];
    let args = [&args[..], &["--client-id", "c"]].concat();
    let run = env.cmd(&args).stdin(secret).run().expect(4);
    run.says("could not store").says("--secret-file");
    assert!(!env.path(CONFIG).exists());
    let args = [&args[..], &["--no-input"]].concat();
    env.cmd(&args).stdin(secret).run().success();
}

#[test]
fn a_named_file_may_be_new() {
    let env = TestEnv::new();
    add(&env, "p", &["--config", "new.toml"]).success();
    env.cmd(&["config", "check", "--config", "new.toml"])
        .run()
        .success();
    let run = env.cmd(&["profile", "list", "--config", "none.toml"]).run();
    run.expect(3);
    let run = env.cmd(&["profile", "list"]).run().success();
    run.shows("no profile is configured");
}
