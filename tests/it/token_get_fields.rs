//! `token get`: what is masked and says so, one field, and what kubectl wants.

use crate::support::world::{RESOURCE, World};

/// A script that takes the masked token for the token is told.
#[test]
fn a_masked_token_is_said_to_be_one() {
    let world = World::new();
    let token = world.raw_token();
    let run = world.cmd(&["token", "get", "--json"]).run().success();
    assert_eq!(run.json()["masked"], true);
    run.says("note: access_token is masked").says("`-o raw`");
    let run = world.cmd(&["token", "get", "--json", "-q"]).run().success();
    assert_eq!(run.stderr, "");
    let run = world.cmd(&["token", "get", "--json", "--reveal"]);
    let run = run.reveals_token().run().success();
    assert_eq!(run.json()["masked"], false);
    assert_eq!(run.json()["access_token"], token.as_str());
    run.says_nothing_of("masked");
    let run = world.cmd(&["token", "get", "-o", "panel"]).run().success();
    run.says("note: the token is masked");
    let masked = world
        .cmd(&["token", "get", "--field", "access_token"])
        .run();
    let masked = masked.success().says("masked").line().to_owned();
    for line in [
        &["token", "decode", "-"][..],
        &["token", "verify", "-p", "billing", "-"],
    ] {
        let run = world.cmd(line).stdin(&masked).run().expect(2);
        run.says("the token is masked").says("-o raw");
    }
}

#[test]
fn one_field_of_the_document() {
    let world = World::new();
    let token = world.raw_token();
    let field = |name: &str| {
        let run = world.cmd(&["token", "get", "-q", "--field", name]).run();
        run.success().line().to_owned()
    };
    assert_eq!(field("profile"), "billing");
    assert_eq!(field("scope"), "api.read");
    assert_eq!(field("audience"), RESOURCE);
    assert_eq!(field("masked"), "true");
    assert!(field("expires_in").parse::<i64>().unwrap() > 0);
    assert!(!field("access_token").contains(&token));
    let run = world.cmd(&["token", "get", "-q", "--field", "access_token", "--reveal"]);
    assert_eq!(run.reveals_token().run().success().line(), token);
    for wrong in [
        &["--field", "nope"][..],
        &["--field", "scope", "--json"],
        &["--field", "scope", "-o", "raw"],
    ] {
        world
            .cmd(&[&["token", "get"][..], wrong].concat())
            .run()
            .expect(2);
    }
}

#[test]
fn kubectl_gets_the_version_that_it_asks_for() {
    let world = World::new();
    world.raw_token();
    let run = |version: &str| {
        let info = format!(
            r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{version}","spec":{{"interactive":false}}}}"#
        );
        let line = ["token", "get", "-q", "-o", "exec-credential"];
        world
            .cmd(&line)
            .env("KUBERNETES_EXEC_INFO", &info)
            .reveals_token()
            .run()
    };
    for version in ["v1", "v1beta1"] {
        let json = run(version).success().json();
        assert_eq!(
            json["apiVersion"],
            format!("client.authentication.k8s.io/{version}")
        );
    }
    run("v1alpha1")
        .expect(3)
        .says("v1alpha1")
        .says("client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1");
}

/// The entry works: its own command line prints an ExecCredential, in any folder.
#[test]
fn a_kubeconfig_user_runs_this_program_with_this_profile() {
    let world = World::new();
    let config = world.env.text("home/.config/jeton/config.toml");
    let moved = world.env.write(
        "work/of mine.toml",
        0o600,
        &std::fs::read_to_string(&config).unwrap(),
    );
    std::fs::remove_file(&config).unwrap();
    let line = [
        "token",
        "get",
        "-o",
        "kubeconfig-user",
        "--config",
        "of mine.toml",
        "--scope",
        "api.read",
    ];
    let run = world.cmd(&line).run().success();
    assert_eq!(world.token_requests(), 0);
    let text = &run.stdout;
    assert!(
        text.starts_with("users:\n- name: \"jeton-billing\"\n  user:\n    exec:\n"),
        "{run}"
    );
    assert!(
        text.contains("apiVersion: client.authentication.k8s.io/v1\n"),
        "{run}"
    );
    let after = |start: &str| {
        let lines = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix(start));
        lines
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect::<Vec<String>>()
    };
    assert_eq!(after("command: "), [env!("CARGO_BIN_EXE_jeton")]);
    let words = after("- ").into_iter().collect::<Vec<_>>();
    assert!(words.contains(&moved.to_str().unwrap().to_owned()), "{run}");
    let run = world.env.cmd(&words).reveals_token().run().success();
    assert_eq!(run.json()["kind"], "ExecCredential");
    // The variable that names the file may be missing when kubectl runs.
    let line = ["token", "get", "-o", "kubeconfig-user"];
    let by_variable = world.cmd(&line).env("JETON_CONFIG", "of mine.toml").run();
    by_variable.success().shows(moved.to_str().unwrap());
    let line = [&line[..], &["--config", "of mine.toml"]].concat();
    for option in ["--reveal", "--copy"] {
        let line = [&line[..], &[option]].concat();
        world.cmd(&line).run().expect(2).says(option);
    }
}
