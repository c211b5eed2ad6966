//! `--embedded`: the real server and the real client, with nothing configured and nothing left behind.

use crate::support::TestEnv;

#[test]
fn the_first_command_of_the_readme_works_on_an_empty_machine() {
    let env = TestEnv::new();
    let run = env.cmd(&["token", "get", "--embedded"]).run().success();
    run.shows("Token")
        .shows("http://127.0.0.1:")
        .says("auth_method=private_key_jwt")
        .says("token acquired");
}

#[test]
fn it_hands_out_a_token_in_every_form() {
    let env = TestEnv::new();
    for output in ["raw", "header", "exec-credential", "credential"] {
        let run = env.cmd(&["token", "get", "--embedded", "-o", output]);
        let run = run.reveals_token().run().success();
        assert!(run.stdout.contains("eyJ"), "{output}\n{run}");
    }
    let run = env
        .cmd(&["token", "get", "--embedded", "--json"])
        .run()
        .success();
    assert_eq!(run.json()["source"], "server");
}

#[test]
fn it_exports_too() {
    let env = TestEnv::new();
    let run = env
        .cmd(&["export", "env", "--embedded"])
        .reveals_token()
        .run()
        .success();
    assert!(run.stdout.contains("ACCESS_TOKEN="), "{run}");
}

#[test]
fn one_sealed_token_stays_behind_however_often_it_runs() {
    let env = TestEnv::new();
    for _ in 0..3 {
        env.cmd(&["token", "get", "--embedded"]).run().success();
        let kept = |extension: &str| {
            let files = env.files_below("home/.cache");
            files
                .iter()
                .filter(|file| file.to_string_lossy().ends_with(extension))
                .count()
        };
        assert_eq!((kept(".token"), kept(".document")), (1, 1));
    }
}
#[test]
fn it_does_not_mix_with_a_profile_and_a_refusal_stays_one() {
    let env = TestEnv::new();
    env.cmd(&["token", "get", "--embedded", "-p", "x"])
        .run()
        .expect(2);
    let run = env
        .cmd(&["token", "get", "--embedded", "--scope", "no.such.scope"])
        .run();
    run.expect(5).says("invalid_scope");
    let run = env
        .cmd(&[
            "token",
            "get",
            "--embedded",
            "--require-scope",
            "no.such.scope",
        ])
        .run();
    run.expect(8);
}
