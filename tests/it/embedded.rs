//! `--embedded`: the real server and the real client, with nothing configured and nothing left behind.

use crate::support::env::Invocation;
use crate::support::{Run, TestEnv};
use jeton_oauth::{Algorithm, PrivateKey};
use serde_json::{Value, json};
use std::process::Stdio;

/// What stands before the number in each private key of the kind that the authority makes (PKCS#8, P-256), so that the key,
/// which nobody but the process knows, is found all the same.
const BEFORE_THE_NUMBER: [u8; 12] = [3, 1, 7, 4, 0x6d, 0x30, 0x6b, 2, 1, 1, 4, 0x20];

/// A line to type, what it shows for people, and a member of its JSON.
const COMMANDS: [(&str, &str, &str, &str); 9] = [
    ("token get", "http://127.0.0.1:", "/source", "server"),
    ("token decode", "dev-key", "/claims/sub", "dev-key"),
    ("token verify", "verified", "/findings/0/level", "pass"),
    (
        "auth status",
        "flag --embedded",
        "/profiles/0/credential",
        "present",
    ),
    ("auth status --live", "LIVE", "/profiles/0/live", "ok"),
    ("jwks test", "nothing is wrong", "/verdict", "ok"),
    (
        "config show",
        "flag --embedded",
        "/profiles/0/name",
        "embedded",
    ),
    (
        "cache explain",
        "no cached token for this request",
        "/outcome",
        "miss",
    ),
    ("doctor", "token obtained and verified", "/verdict", "ok"),
];

fn machine() -> TestEnv {
    let env = TestEnv::new();
    env.canaries
        .key("number of a private key", &BEFORE_THE_NUMBER);
    env
}

fn embedded<'env>(env: &'env TestEnv, line: &str) -> Invocation<'env> {
    let words: Vec<&str> = line.split(' ').chain(["--embedded"]).collect();
    env.cmd(&words)
}

/// Fails where a token stands whole: three parts, the last of them a signature.
#[track_caller]
fn assert_no_token(text: &str, run: &Run) {
    let whole = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        matches!(parts.as_slice(), [header, _, signature] if header.starts_with("eyJ") && signature.len() > 40)
    };
    let in_a_token = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let found = text.split(|c| !in_a_token(c)).find(whole);
    assert!(found.is_none(), "a token is shown: {found:?}\n{run}");
}

#[test]
fn the_first_command_of_the_readme_works_on_an_empty_machine() {
    let env = machine();
    let run = env.cmd(&["token", "get", "--embedded"]).run().success();
    run.shows("Token")
        .shows("http://127.0.0.1:")
        .says("auth_method=private_key_jwt")
        .says("token acquired");
}

#[test]
fn every_command_can_be_tried_on_an_empty_machine() {
    let env = machine();
    for (line, shown, pointer, value) in COMMANDS {
        for more in ["", " -vv", " --json"] {
            let run = embedded(&env, &format!("{line}{more}")).run().success();
            assert_no_token(&run.stdout, &run);
            assert_no_token(&run.stderr, &run);
            if more == " --json" {
                let found = run.json().pointer(pointer).cloned();
                assert_eq!(found, Some(Value::from(value)), "{line}\n{run}");
            } else if more.is_empty() {
                run.shows(shown);
            }
        }
    }
    assert!(env.files_below("home/.config").is_empty());
}

#[test]
fn it_hands_out_a_token_in_every_form() {
    let env = machine();
    for output in ["raw", "header", "exec-credential", "credential"] {
        let run = env.cmd(&["token", "get", "--embedded", "-o", output]);
        let run = run.reveals_token().run().success();
        assert!(run.stdout.contains("eyJ"), "{output}\n{run}");
        assert_no_token(&run.stderr, &run);
    }
}

#[test]
fn it_exports_too() {
    let env = machine();
    let run = embedded(&env, "export env").reveals_token().run().success();
    assert!(run.stdout.contains("ACCESS_TOKEN="), "{run}");
    let run = embedded(&env, "export env --json").reveals_token().run();
    assert!(run.success().json()["ACCESS_TOKEN"].is_string());
}

/// The search for the key would be none if keys looked differently.
#[test]
fn the_search_finds_keys_of_this_kind() {
    let pem = PrivateKey::generate(Algorithm::ES256).unwrap().to_pem();
    let pem = pem.unwrap().replace('\n', "");
    let kinds = [crate::support::canary::Kind::Secret];
    assert!(machine().canaries.find(pem.as_bytes(), &kinds).is_some());
}

#[test]
fn what_the_authority_does_not_offer_is_said() {
    let env = machine();
    for (line, endpoint) in [
        ("token introspect", "introspection_endpoint"),
        ("token revoke", "revocation_endpoint"),
    ] {
        embedded(&env, line)
            .run()
            .expect(3)
            .says(&format!("has no {endpoint}"));
    }
}

#[test]
fn a_failure_is_that_of_any_other_server() {
    let env = machine();
    let run = embedded(&env, "token verify --json --aud other").run();
    let error = run.expect(8).json_error();
    let findings = error["error"]["findings"].as_array().unwrap();
    let failed: Vec<_> = findings
        .iter()
        .filter(|finding| finding["level"] == "fail")
        .map(|finding| finding["rule"].clone())
        .collect();
    assert_eq!(failed, [json!("aud")]);
    let run = embedded(&env, "token get --scope no.such.scope").run();
    run.expect(5).says("invalid_scope");
    let run = embedded(&env, "doctor --scope no.such.scope")
        .judges()
        .run();
    run.expect(8).shows("invalid_scope");
    embedded(&env, "token get --require-scope no.such.scope")
        .run()
        .expect(8);
}

#[test]
fn it_does_not_mix_with_what_names_another_server_or_token() {
    let env = machine();
    for line in [
        "token get -p x",
        "export env --for https://api.example.com/",
        "token decode a.b.c",
        "token verify @token",
        "token verify --iss https://auth.example.com",
        "token verify --jwks keys.json",
        "token verify --key key.pem",
        "token introspect -",
        "token revoke -",
        "auth status -p x",
        "jwks test https://auth.example.com/jwks.json",
        "jwks test --issuer https://auth.example.com",
        "jwks test --token -",
        "config show -p x",
        "cache explain -p x",
        "doctor --token -",
        "auth login",
        "mtls probe",
    ] {
        let run = embedded(&env, line).run().expect(2);
        run.says("--embedded");
    }
}

#[test]
fn what_is_configured_is_left_alone() {
    let env = machine();
    env.config("default_profile = 'a'\n[profiles.a]\nissuer = 'http://127.0.0.1:1'\nclient_id = 'a'\nclient_secret = 'canary-of-the-file'\n");
    env.canaries
        .secret("secret of the file", "canary-of-the-file");
    env.holds_secret("home/.config");
    env.set("CC_CLIENT_ID", "b");
    env.set("JETON_PROFILE", "a");
    let run = embedded(&env, "token verify --json").run().success();
    assert_eq!(run.json()["claims"]["client_id"], "dev-key");
    let run = embedded(&env, "auth status --json").run().success();
    assert_eq!(run.json()["profiles"].as_array().unwrap().len(), 1);
    // The configuration counts in all that is not the client.
    env.config("[cache]\nstore = 'none'\n");
    embedded(&env, "config show")
        .run()
        .success()
        .shows("cache.store  none");
    env.config("nonsense");
    embedded(&env, "token get").run().expect(3);
    let run = embedded(&env, "doctor").judges().run();
    run.expect(8).shows("config.toml");
}

#[test]
fn one_sealed_token_stays_behind_however_often_it_runs() {
    let env = machine();
    for line in ["token get", "token verify", "auth status --live"] {
        for _ in 0..2 {
            embedded(&env, line).run().success();
            let kept = |extension: &str| {
                let files = env.files_below("home/.cache");
                files
                    .iter()
                    .filter(|file| file.to_string_lossy().ends_with(extension))
                    .count()
            };
            // Its metadata, and the keys that it was verified with.
            let documents = if line == "token verify" { 2 } else { 1 };
            assert_eq!(
                (kept(".token"), kept(".document")),
                (1, documents),
                "{line}"
            );
        }
    }
}

#[test]
fn many_at_the_same_time_do_not_disturb_each_other() {
    let env = machine();
    let children: Vec<_> = (0..12)
        .map(|_| {
            let mut command = embedded(&env, "token verify --json").into_command();
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let mut issuers: Vec<String> = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        issuers.push(told["claims"]["iss"].as_str().unwrap().to_owned());
    }
    assert!(
        issuers
            .iter()
            .all(|issuer| issuer.starts_with("http://127.0.0.1:"))
    );
    env.assert_no_leak_in_files(&String::new);
}

/// A watch has no end of its own: it ends with a test that fails, too.
#[cfg(target_os = "linux")]
struct Running(std::process::Child);

#[cfg(target_os = "linux")]
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_authority_is_there_for_as_long_as_the_command_and_ctrl_c_ends_both() {
    use crate::support::http::try_get;
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::{BufRead as _, BufReader};
    let env = machine();
    let mut watch = embedded(&env, "jwks test --watch --json").into_command();
    let mut watch = Running(watch.stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    let mut stdout = BufReader::new(watch.0.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let report: Value = serde_json::from_str(&line).unwrap();
    let url = report["report"]["source"]["url"].as_str().unwrap();
    assert!(try_get(url).is_some(), "{url}");
    // Another one comes and goes.
    embedded(&env, "token verify").run().success();
    assert!(try_get(url).is_some(), "{url}");
    kill_process(Pid::from_child(&watch.0), Signal::INT).unwrap();
    assert_eq!(watch.0.wait().unwrap().code(), Some(130));
    assert!(try_get(url).is_none(), "{url}");
}
