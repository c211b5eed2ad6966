//! Without a home folder everything works that needs none: a container that runs as a number without a name.

use crate::support::world::World;
use crate::support::{Run, TestEnv};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// A user whom no password file knows.
const NOBODY: u32 = 54_321;

/// The binary with these variables and nothing else, as a user without an entry.
fn run_as_nobody(args: &[&str], env: &[(&str, &str)]) -> Option<Run> {
    if !rustix::process::geteuid().is_root() {
        crate::support::wanted("JETON_REQUIRE_ROOT", "only root can become another user");
        return None;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_jeton"))
        .args(args)
        .env_clear()
        .envs(env.iter().copied())
        .current_dir("/")
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
        .unwrap();
    Some(Run::new(&output, format!("jeton {args:?}")))
}

#[test]
fn without_home_and_without_an_entry_a_token_is_printed_and_the_cache_is_off() {
    let world = World::without_profile();
    let issuer = world.front.url();
    let env = [
        ("OIDC_ISSUER", issuer.as_str()),
        ("CC_CLIENT_ID", "basic"),
        ("CC_CLIENT_SECRET", world.secret("basic")),
        ("CC_SCOPES", "api.read"),
    ];
    for home in [None, Some(("HOME", "")), Some(("HOME", "relative"))] {
        let env: Vec<_> = env.iter().copied().chain(home).collect();
        for args in [
            &["token", "get"][..],
            &["auth", "status"],
            &["cache", "list"],
            &["doctor"],
        ] {
            let Some(run) = run_as_nobody(args, &env) else {
                return;
            };
            let run = run.success();
            if args[0] != "doctor" {
                let said = run.stderr.matches("tokens are not cached").count();
                assert_eq!(said, 1, "{run}");
            }
        }
        let show = run_as_nobody(&["config", "show"], &env).unwrap();
        show.success().shows("env OIDC_ISSUER");
        let check = run_as_nobody(&["config", "check"], &env).unwrap();
        check
            .success()
            .shows("no configuration file: the environment is valid (1 profile)");
        let path = run_as_nobody(&["config", "path"], &env).unwrap();
        path.expect(3).says("the user has no home folder");
    }
}

#[test]
fn a_home_that_cannot_be_written_costs_only_the_cache() {
    let world = World::without_profile();
    let issuer = world.front.url();
    for home in ["/", "/proc", "/nonexistent", "/dev/null", "/root"] {
        let env = [
            ("HOME", home),
            ("OIDC_ISSUER", issuer.as_str()),
            ("CC_CLIENT_ID", "basic"),
            ("CC_CLIENT_SECRET", world.secret("basic")),
            ("CC_SCOPES", "api.read"),
        ];
        let Some(run) = run_as_nobody(&["token", "get"], &env) else {
            return;
        };
        run.success();
    }
}

#[test]
fn a_folder_for_the_cache_is_enough() {
    let world = World::without_profile();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::chown(folder.path(), Some(NOBODY), None).ok();
    let issuer = world.front.url();
    let env = [
        ("JETON_CACHE_DIR", folder.path().to_str().unwrap()),
        ("JETON_CACHE_KEY", "a passphrase for one test"),
        ("OIDC_ISSUER", issuer.as_str()),
        ("CC_CLIENT_ID", "basic"),
        ("CC_CLIENT_SECRET", world.secret("basic")),
        ("CC_SCOPES", "api.read"),
    ];
    for _ in 0..2 {
        let Some(run) = run_as_nobody(&["token", "get"], &env) else {
            return;
        };
        run.success().says_nothing_of("not cached");
    }
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn without_home_the_entry_of_the_user_counts() {
    let env = TestEnv::new();
    let mut command = env.cmd(&["config", "path"]).into_command();
    for name in ["HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    let run = Run::new(&command.output().unwrap(), "config path".to_owned());
    let uid = rustix::process::geteuid().as_raw().to_string();
    let file = std::fs::read_to_string("/etc/passwd").unwrap();
    let entry = file
        .lines()
        .find(|line| line.split(':').nth(2) == Some(&*uid));
    if let Some(home) = entry.and_then(|entry| entry.split(':').nth(5)) {
        let expected = format!("{home}/.config/jeton/config.toml");
        assert_eq!(run.success().line(), expected);
    }
}
