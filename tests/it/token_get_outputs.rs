//! `jeton token get`: what is printed in each form, what is said beside it, and that a token shows only where asked for.

use crate::support::shape::Shape;
use crate::support::world::{LIFETIME, RESOURCE, World};
use serde_json::Value;

/// The keys of `-o json`: part of the stable interface.
const JSON_KEYS: [&str; 11] = [
    "access_token",
    "audience",
    "expires_at",
    "expires_in",
    "issuer",
    "masked",
    "profile",
    "scope",
    "source",
    "token_type",
    "warnings",
];

#[test]
fn the_panel_is_masked_and_says_where_the_token_comes_from() {
    let world = World::new();
    let run = world.cmd(&["token", "get"]).run().success();
    let run = run
        .shows("Token")
        .shows("ES256")
        .shows("billing")
        .shows(&world.front.url())
        .shows("api.read")
        .shows(RESOURCE)
        .shows("Expires")
        .shows("Source")
        .shows("server")
        // Into a pipe, the way to the token itself is told.
        .says("-o raw");
    let panel = Shape::of(&run.stdout)
        .times()
        .value(&world.front.url(), "issuer")
        .into_text();
    assert!(panel.contains("[time]"), "{run}");
    let warm = world.cmd(&["token", "get"]).run().success();
    warm.shows("cache");
}

#[test]
fn json_has_its_keys_and_a_masked_token() {
    let world = World::new();
    let run = world.cmd(&["token", "get", "-o", "json"]).run().success();
    let json = run.json();
    assert_eq!(keys(&json), JSON_KEYS, "{run}");
    assert_eq!(json["profile"], "billing");
    assert_eq!(json["issuer"], world.front.url());
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["scope"], "api.read");
    assert!(json["audience"].to_string().contains(RESOURCE), "{run}");
    assert_eq!(json["source"], "server");
    assert_eq!(json["warnings"], Value::Array(Vec::new()));
    let expires_in = json["expires_in"].as_i64().unwrap();
    assert!((LIFETIME - 30..=LIFETIME).contains(&expires_in), "{run}");
    let masked = json["access_token"].as_str().unwrap();
    assert!(
        masked.starts_with("eyJ") && masked.chars().count() < 20,
        "{run}"
    );
    let again = world.cmd(&["token", "get", "--json"]).run().success();
    assert_eq!(again.json()["source"], "cache");
}

#[test]
fn reveal_shows_the_token_in_any_form() {
    let world = World::new();
    let token = world.raw_token();
    let panel = world
        .cmd(&["token", "get", "--reveal"])
        .reveals_token()
        .run();
    panel.success().shows(&token);
    let json = world
        .cmd(&["token", "get", "--json", "--reveal"])
        .reveals_token()
        .run();
    assert_eq!(json.success().json()["access_token"], token.as_str());
}

#[test]
fn a_header_is_one_line() {
    let world = World::new();
    let token = world.raw_token();
    let run = world
        .cmd(&["token", "get", "-o", "header"])
        .reveals_token()
        .run();
    assert_eq!(
        run.success().line(),
        format!("Authorization: Bearer {token}")
    );
}

#[test]
fn an_exec_credential_is_what_kubectl_reads() {
    let world = World::new();
    let token = world.raw_token();
    let run = world
        .cmd(&["token", "get", "-o", "exec-credential"])
        .reveals_token()
        .run();
    let run = run.success();
    let json = run.json();
    assert_eq!(json["kind"], "ExecCredential");
    assert_eq!(json["apiVersion"], "client.authentication.k8s.io/v1");
    assert_eq!(json["status"]["token"], token.as_str());
    let expiry = json["status"]["expirationTimestamp"].as_str().unwrap();
    let expiry = chrono::DateTime::parse_from_rfc3339(expiry).unwrap();
    let left = (expiry.to_utc() - chrono::Utc::now()).num_seconds();
    assert!((LIFETIME - 60..=LIFETIME).contains(&left), "{run}");
}

#[test]
fn a_credential_for_wrappers_holds_the_token() {
    let world = World::new();
    let token = world.raw_token();
    let run = world
        .cmd(&["token", "get", "-o", "credential"])
        .reveals_token()
        .run();
    let run = run.success();
    assert!(run.json().to_string().contains(&token), "{run}");
}

#[test]
fn quiet_says_nothing_and_a_failure_still_speaks() {
    let world = World::new();
    // The first run may say once where the key of the cache is kept.
    world.raw_token();
    let run = world
        .cmd(&["token", "get", "-q", "-o", "raw"])
        .reveals_token()
        .run();
    assert_eq!(run.success().stderr, "");
    let failed = world
        .cmd(&["token", "get", "-q", "--scope", "no.such"])
        .run();
    failed.expect(5).says("error:").says_nothing_of("[INFO]");
}

#[test]
fn a_line_of_the_log_has_its_shape() {
    let world = World::new();
    let run = world.cmd(&["token", "get"]).run().success();
    let line = run
        .stderr
        .lines()
        .find(|line| line.contains("token acquired"))
        .unwrap();
    let line = Shape::of(line).times().into_text();
    insta::assert_snapshot!(line, @"[[time]] [🤝 CLIENT-CREDS] [INFO] token acquired exp=[time] token_type=Bearer");
    let plain = world.cmd(&["token", "get", "--fresh", "--no-emoji"]).run();
    plain
        .success()
        .says("[CLIENT-CREDS] [INFO]")
        .says_nothing_of("🤝");
    let no_color = world
        .cmd(&["token", "get", "--fresh"])
        .env("NO_COLOR", "1")
        .run();
    no_color.success().says_nothing_of("🤝");
}

/// Product, section 3: without a terminal the emoji stays, whatever the locale is or `TERM` says.
#[test]
fn the_emoji_of_the_log_needs_no_locale() {
    let world = World::new();
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", ""),
        ("TERM", "dumb"),
    ] {
        let run = world
            .cmd(&["token", "get", "--fresh"])
            .env(name, value)
            .run();
        run.success()
            .says("[🤝 CLIENT-CREDS] [INFO] token acquired");
    }
}

#[test]
fn colour_can_be_forced_and_is_never_there_unasked() {
    let world = World::new();
    let run = world.cmd(&["token", "get"]).env("CLICOLOR_FORCE", "1");
    let run = run.with_escapes().run().success();
    assert!(
        run.stdout.contains('\u{1b}') || run.stderr.contains('\u{1b}'),
        "{run}"
    );
}

#[test]
fn the_log_for_machines_is_json_in_utc() {
    let world = World::new();
    let run = world
        .cmd(&["token", "get", "--log-format", "json"])
        .run()
        .success();
    let mut messages = Vec::new();
    for line in run.stderr.lines().filter(|line| line.starts_with('{')) {
        let record: Value = serde_json::from_str(line).unwrap();
        messages.push(record.to_string());
        let has_time = record.as_object().unwrap().values().any(|value| {
            value.as_str().is_some_and(|text| {
                text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok()
            })
        });
        assert!(has_time, "{line}");
    }
    assert!(
        messages
            .iter()
            .any(|record| record.contains("token acquired")),
        "{run}"
    );
}

#[test]
fn the_most_talkative_log_keeps_every_secret() {
    for id in ["basic", "post", "hmac", "signer"] {
        let world = World::without_profile();
        world.env.config(&world.profile(id, ""));
        // The search for leaks after every run is the test.
        let run = world.cmd(&["token", "get", "-vv"]).run().success();
        run.says("POST /token");
        world
            .cmd(&["token", "get", "-vv"])
            .env("JETON_LOG", "trace")
            .run();
    }
}

#[test]
fn a_token_that_ends_soon_is_warned_of() {
    let world = World::new();
    let short = r#"{"access_token":"a-token-that-does-not-live-for-long","token_type":"bearer","expires_in":20}"#;
    let answer = crate::support::Answer::json(200, short);
    world
        .front
        .always("/token", crate::support::Fault::Answer(answer));
    let run = world
        .cmd(&["token", "get", "--json", "--min-ttl", "45s"])
        .run();
    run.expect(8).says("--min-ttl is 45s");
    let run = world.cmd(&["token", "get", "--json"]).run().success();
    let warnings = run.json()["warnings"].to_string();
    assert!(warnings.contains("less than min_ttl (30 s)"), "{run}");
}

/// Product, decided: what the command line asks for fails the command, in every form, and nothing is printed.
#[test]
fn min_ttl_of_the_command_line_holds_for_every_output() {
    let world = World::new();
    world.raw_token();
    let forms: [&[&str]; 9] = [
        &["token", "get"],
        &["token", "get", "--json"],
        &["token", "get", "-o", "raw"],
        &["token", "get", "-o", "header"],
        &["token", "get", "-o", "credential"],
        &["token", "get", "-o", "exec-credential"],
        &["token", "get", "--reveal"],
        &["export", "env"],
        &["export", "env", "--file", "new.env"],
    ];
    for form in forms {
        // The rules of every run look for an empty stdout.
        let run = world
            .cmd(&[form, &["--min-ttl", "99h", "-q"]].concat())
            .run();
        run.expect(8).says("--min-ttl");
    }
    assert!(!world.env.path("work/new.env").exists());
}

#[test]
fn foreign_text_reaches_the_terminal_harmless() {
    let world = World::new();
    let answer = crate::support::Answer::json(
        400,
        "{\"error\":\"invalid_scope\",\"error_description\":\"red \\u001b[31m and \\u202eback\\u0007\"}",
    );
    world
        .front
        .always("/token", crate::support::Fault::Answer(answer));
    // The rules of every run look for control characters and bidi marks.
    world
        .cmd(&["token", "get"])
        .run()
        .expect(5)
        .says("invalid_scope")
        .says("red");
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

/// Where the result goes is the caller's choice: a device that takes nothing is no bug of jeton.
#[test]
#[cfg(target_os = "linux")]
fn a_full_device_is_exit_2_with_a_reason() {
    let world = World::new();
    let lines: [&[&str]; 3] = [
        &["token", "get", "-o", "raw"],
        &["config", "show"],
        &["--version"],
    ];
    for line in lines {
        let full = std::fs::File::create("/dev/full").unwrap();
        let mut command = world.cmd(line).into_command();
        let output = command.stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line:?}: {stderr}");
        assert!(
            stderr.contains("could not be written to standard output"),
            "{stderr}"
        );
        assert!(!stderr.contains("bug"), "{stderr}");
    }
    world.env.assert_no_leak_in_files(&String::new);
}

/// A result that nobody can read is none: exit 0 would say that it was printed.
#[test]
#[cfg(target_os = "linux")]
fn a_closed_standard_output_is_exit_2() {
    let world = World::new();
    world.raw_token();
    let code = |line: &str| {
        let output = world.env.shell(line).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), stderr)
    };
    for line in [
        "token get -o raw",
        "token get --json",
        "export env",
        "config show",
        "--help",
    ] {
        let (closed, stderr) = code(&format!("jeton {line} >&-"));
        assert_eq!(closed, Some(2), "{line}: {stderr}");
        assert!(
            stderr.contains("standard output is closed"),
            "{line}: {stderr}"
        );
        // Whatever is discarded on purpose is no failure, however it is opened.
        assert_eq!(
            code(&format!("jeton {line} >/dev/null")).0,
            Some(0),
            "{line}"
        );
        assert_eq!(
            code(&format!("jeton {line} 1<>/dev/null")).0,
            Some(0),
            "{line}"
        );
    }
    assert_eq!(code("jeton token get -o raw >&- 2>&- <&-").0, Some(2));
    world.env.assert_no_leak_in_files(&String::new);
}
