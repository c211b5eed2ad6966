//! `jeton doctor`: the walk where nothing is wrong, its forms, and the report that is handed on. What it says of broken
//! steps is in `doctor_way` (up to the handshake) and `doctor_server` (behind it).

use crate::support::keyring::{Keyring, wanted};
use crate::support::world::World;
use crate::support::{Run, TestEnv};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::Duration;

/// The walk as JSON.
pub(crate) fn doctor(world: &World, more: &[&str]) -> Run {
    let args = [&["doctor", "--json", "-q"], more].concat();
    world.cmd(&args).judges().run()
}

/// One step of it.
#[track_caller]
pub(crate) fn step(run: &Run, name: &str) -> Value {
    let json = run.json();
    let steps = json["steps"].as_array().unwrap().iter();
    match steps.into_iter().find(|step| step["name"] == name) {
        Some(step) => step.clone(),
        None => panic!("there is no step {name}\n{run}"),
    }
}

/// That this step is the first broken one, for this reason, and that the remedies say these words.
#[track_caller]
pub(crate) fn broken(run: Run, name: &str, code: &str, words: &[&str]) -> Run {
    let run = run.expect(8);
    let json = run.json();
    assert_eq!(json["first_broken"], name, "{run}");
    assert_eq!(json["diagnosis"]["code"], code, "{run}");
    assert_eq!(json["verdict"], "fail", "{run}");
    assert_eq!(step(&run, name)["status"], "fail", "{run}");
    assert_eq!(
        step(&run, name)["remedy"],
        json["diagnosis"]["remedy"],
        "{run}"
    );
    let remedy = json["diagnosis"]["remedy"].to_string();
    let seen = json["diagnosis"]["seen"].to_string();
    assert!(remedy != "[]", "there is something to do\n{run}");
    let all = format!("{} {seen} {remedy}", json["diagnosis"]["what"])
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
    for word in words {
        assert!(all.contains(word), "the diagnosis lacks {word:?}\n{run}");
    }
    run
}

fn statuses(run: &Run) -> Vec<String> {
    let json = run.json();
    let steps = json["steps"].as_array().unwrap().iter();
    steps
        .map(|step| {
            format!(
                "{} {}",
                step["name"].as_str().unwrap(),
                step["status"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn where_nothing_is_wrong_every_step_says_so() {
    let world = World::without_profile();
    world.env.config(&world.profile("signer", ""));
    let run = doctor(&world, &[]).success();
    let expected = [
        "settings ok",
        "credential ok",
        "cache ok",
        "proxy ok",
        "dns skipped",
        "tcp ok",
        "tls skipped",
        "discovery ok",
        "issuer ok",
        "clock ok",
        "methods ok",
        "request ok",
        "decode ok",
        "verify ok",
        "scope ok",
        "audience ok",
    ];
    assert_eq!(statuses(&run), expected, "{run}");
    let json = run.json();
    assert_eq!(json["verdict"], "ok", "{run}");
    assert_eq!(
        (&json["first_broken"], &json["diagnosis"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(json["would_exit"], 0, "{run}");
    assert_eq!(json["profile"], "billing", "{run}");
    assert_eq!(
        step(&run, "methods")["facts"]["aud"],
        world.front.url(),
        "{run}"
    );
    assert_eq!(
        step(&run, "credential")["facts"]["kid"],
        "signer-1",
        "{run}"
    );
    let settings = &step(&run, "settings")["facts"];
    assert_eq!(
        settings["chosen_by"], "default_profile, config.toml:1",
        "{run}"
    );
    assert_eq!(
        settings["values"]["issuer"]["origin"], "config.toml:4",
        "{run}"
    );

    let people = world.cmd(&["doctor", "-vv"]).judges().run().success();
    people
        .shows("ok    settings    profile billing (default_profile, config.toml:1), config.toml")
        .shows("ok    verify      signature, issuer and times are valid")
        .shows("token obtained and verified")
        .says("POST /token");
}

#[test]
fn the_json_has_these_members() {
    let world = World::new();
    let names = |value: &Value| {
        let object = value.as_object().unwrap();
        let mut names: Vec<_> = object.keys().cloned().collect();
        names.sort_unstable();
        names.join(" ")
    };
    let run = doctor(&world, &["--scope", "nope"]).expect(8);
    let json = run.json();
    let all = "diagnosis first_broken profile steps target verdict would_exit";
    assert_eq!(names(&json), all);
    assert_eq!(
        names(&json["steps"][0]),
        "facts ms name remedy status summary"
    );
    assert_eq!(names(&json["diagnosis"]), "code remedy seen what who");
}

#[test]
fn it_has_no_effect_on_others() {
    let world = World::new();
    let kept = world.cmd(&["token", "get", "--json"]).run().success();
    let before = world.env.files_below("home/.cache");
    doctor(&world, &[]).success();
    assert_eq!(world.token_requests(), 2, "it asks in earnest");
    assert_eq!(
        world.env.files_below("home/.cache"),
        before,
        "nothing is added"
    );
    let after = world.cmd(&["token", "get", "--json"]).run().success();
    assert_eq!(world.token_requests(), 2, "the kept token is still there");
    assert_eq!(
        kept.json()["expires_at"],
        after.json()["expires_at"],
        "{after}"
    );
}

#[test]
fn without_a_request_no_credential_is_sent() {
    let world = World::new();
    let run = doctor(&world, &["--no-request"]).success();
    assert_eq!(world.token_requests(), 0, "{run}");
    assert_eq!(run.json()["would_exit"], Value::Null, "{run}");
    for name in ["request", "decode", "verify", "scope", "audience"] {
        let step = step(&run, name);
        assert_eq!(step["status"], "skipped", "{run}");
        assert!(
            step["summary"].as_str().unwrap().contains("--no-request"),
            "{run}"
        );
    }
    assert_eq!(step(&run, "methods")["status"], "ok", "{run}");
}

#[test]
fn a_token_that_is_given_is_looked_at_instead() {
    let world = World::new();
    let token = world.raw_token();
    let asked = world.token_requests();
    let run = world
        .cmd(&["doctor", "--json", "--token", "-"])
        .stdin(&token)
        .judges()
        .run()
        .success();
    assert_eq!(world.token_requests(), asked, "{run}");
    for (name, status) in [("request", "skipped"), ("verify", "ok"), ("audience", "ok")] {
        assert_eq!(step(&run, name)["status"], status, "{name}\n{run}");
    }
    // Whoever wrote it did not sign it.
    let (rest, signature) = token.rsplit_once('.').unwrap();
    // Other bits in front; the last character has to stay canonical.
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    let turned = format!("{first}{}", &signature[1..]);
    let run = world
        .cmd(&["doctor", "--json", "--token", "-"])
        .stdin(format!("{rest}.{turned}"))
        .judges()
        .run();
    broken(run, "verify", "verify.signature", &["signature"]);
    for wrong in [
        &["doctor", "--token", "-", "--no-request"][..],
        &["doctor", "--for", "nonsense"],
        &["doctor", "--json", "-o", "panel"],
        &["doctor", "--bundle", "no/such/folder"],
    ] {
        world.cmd(wrong).run().expect(2);
    }
}

#[test]
fn it_walks_with_nothing_configured() {
    let env = TestEnv::new();
    let run = env.cmd(&["doctor", "--embedded", "--json"]).judges().run();
    let run = run.success();
    assert_eq!(run.json()["verdict"], "ok", "{run}");
    assert_eq!(step(&run, "verify")["status"], "ok", "{run}");
    let run = env.cmd(&["doctor", "--json"]).judges().run();
    let run = broken(run, "settings", "settings.profile", &["jeton config init"]);
    assert_eq!(run.json()["would_exit"], 3, "{run}");
    assert_eq!(step(&run, "tcp")["status"], "not_reached", "{run}");
}

#[test]
fn what_is_wrong_with_the_settings_is_the_first_broken_step() {
    let world = World::without_profile();
    let good = world.profile("basic", "");
    for (toml, code, words) in [
        (
            good.replace("scopes =", "scops ="),
            "settings.invalid",
            &["config.toml:7", "scopes"][..],
        ),
        (
            good.replace(&world.front.url(), "http://auth.example.com"),
            "settings.invalid",
            &["config.toml:4", "https"],
        ),
        (
            format!("{good}\nenvironment = \"prod\"\n"),
            "settings.disabled",
            &["enabled = true"],
        ),
        (
            good.replace("client_id =", "# client_id ="),
            "settings.incomplete",
            &["client_id"],
        ),
        (
            good.replace("timeout =", "ca_file = \"none.pem\"\ntimeout ="),
            "settings.invalid",
            &["none.pem"],
        ),
        (
            good.replace(
                "default_profile = \"billing\"",
                "default_profile = \"biling\"",
            ),
            "settings.invalid",
            &["config.toml:1", "did you mean `billing`?"],
        ),
    ] {
        world.env.config(&toml);
        let run = broken(doctor(&world, &[]), "settings", code, words);
        assert_eq!(run.json()["would_exit"], 3, "{run}");
    }
    assert_eq!(world.front.log().lines().count(), 1, "nobody was asked");
}

#[test]
fn a_credential_that_is_missing_does_not_hide_the_server() {
    let world = World::without_profile();
    let good = world.profile("basic", "");
    let secret = world.env.text("home/basic.secret");
    world.env.config(&good.replace(&secret, "gone.secret"));
    let run = broken(
        doctor(&world, &[]),
        "credential",
        "credential.unavailable",
        &["gone.secret", "config.toml:"],
    );
    for (name, status) in [
        ("tcp", "ok"),
        ("discovery", "ok"),
        ("issuer", "ok"),
        ("clock", "ok"),
        ("methods", "not_reached"),
        ("request", "not_reached"),
    ] {
        assert_eq!(step(&run, name)["status"], status, "{name}\n{run}");
    }
    assert_eq!(run.json()["would_exit"], 4, "{run}");

    world.env.config(&world.profile("signer", ""));
    world.env.secret_file("home/signer.pem", "no key");
    let run = doctor(&world, &[]);
    broken(run, "credential", "credential.unavailable", &["PEM"]);
}

#[test]
fn a_locked_keyring_is_a_credential_that_cannot_be_had() {
    if !wanted() {
        return;
    }
    let world = World::without_profile();
    let text = world.profile("basic", "");
    let kept: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with("client_secret"))
        .collect();
    world.env.config(&kept.join("\n"));
    let mut keyring = Keyring::unlocked(&world.env);
    let login = world.cmd(&["auth", "login", "-p", "billing"]);
    login.stdin(world.secret("basic")).run().success();
    doctor(&world, &[]).success();
    keyring.lock();
    let run = doctor(&world, &[]);
    let run = broken(
        run,
        "credential",
        "credential.unavailable",
        &["locked", "unlock"],
    );
    assert_eq!(run.json()["would_exit"], 4, "{run}");
}

#[test]
fn a_cache_that_cannot_be_used_is_a_warning() {
    let world = World::new();
    // A file where the folder belongs: it stops root too.
    let folder = world.env.write("home/nowhere", 0o600, "x");
    let run = world
        .cmd(&["doctor", "--json"])
        .env("JETON_CACHE_DIR", folder.to_str().unwrap())
        .judges()
        .run()
        .success();
    assert_eq!(step(&run, "cache")["status"], "warn", "{run}");
    assert_eq!(step(&run, "request")["status"], "ok", "{run}");
    assert_eq!(run.json()["verdict"], "warn", "{run}");
    let people = world
        .cmd(&["doctor"])
        .env("JETON_CACHE_DIR", folder.to_str().unwrap())
        .judges()
        .run();
    people
        .success()
        .shows("Warning: cache")
        .shows("JETON_CACHE_DIR");
    let run = world
        .cmd(&["doctor", "--json"])
        .env("JETON_CACHE_KEY", "short")
        .judges()
        .run();
    broken(run, "cache", "cache.key", &["JETON_CACHE_KEY"]);
}

#[test]
fn a_command_that_gives_the_secret_runs_once() {
    let world = World::without_profile();
    let secret = world.env.text("home/basic.secret");
    let count = world.env.text("home/count");
    world.env.write(
        "home/give",
        0o700,
        &format!("#!/bin/sh\necho x >> {count}\ncat {secret}\n"),
    );
    let give = world.env.text("home/give");
    let good = world.profile("basic", "");
    world.env.config(&good.replace(
        &format!("{{ file = {secret:?} }}"),
        &format!("{{ command = [{give:?}] }}"),
    ));
    doctor(&world, &[]).success();
    let runs = fs::read_to_string(world.env.path("home/count")).unwrap();
    assert_eq!(runs.lines().count(), 1);
}

/// Every run is searched for secrets and tokens in all files, and no file of the bundle is exempt.
#[test]
fn security_client_1_a_bundle_holds_everything_but_secrets() {
    let world = World::over_tls(crate::support::tls::Flaw::None);
    world
        .env
        .config(&world.profile("signer", "headers.X-Key = \"key-0123456789-canary\"\n"));
    world.env.canaries.secret("header", "key-0123456789-canary");
    let config = world.env.path("home/.config/jeton/config.toml");
    world.env.holds_secret(
        config
            .strip_prefix(world.env.path(""))
            .unwrap()
            .to_str()
            .unwrap(),
    );
    let ca = world.env.text("home/ca.pem");
    let folder = world.env.text("work/report");
    let run = world
        .cmd(&["doctor", "--json", "--ca-file", &ca, "--bundle", &folder])
        .env("CC_SCOPES", "api.read")
        .judges()
        .run()
        .success()
        .says("read it before you share it");
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.env.path("work/report")), 0o700);
    let files = world.env.files_below("work/report");
    let names: Vec<_> = files
        .iter()
        .map(|file| file.file_name().unwrap().to_str().unwrap())
        .collect();
    let expected = [
        "about.json",
        "jwks.json",
        "log.txt",
        "metadata.json",
        "report.json",
        "report.txt",
        "server-certificates.pem",
    ];
    assert_eq!(names, expected, "{run}");
    let home = world.env.text("home");
    let read = |name: &str| fs::read_to_string(world.env.path("work/report").join(name)).unwrap();
    for (file, name) in files.iter().zip(names) {
        assert_eq!(mode(file), 0o600, "{name}");
        assert!(!read(name).contains(&home), "{name} tells the home");
    }
    let parse = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap();
    assert_eq!(
        parse("report.json")["steps"],
        run_json_without_home(&run, &home)["steps"]
    );
    assert_eq!(parse("metadata.json")["issuer"], world.front.url());
    assert!(parse("jwks.json")["keys"][0]["kid"].is_string());
    let about = parse("about.json");
    assert_eq!(
        about["variables_set"],
        json!([
            "CC_SCOPES",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME"
        ])
    );
    assert!(
        about["settings"]["profile"]
            .to_string()
            .contains("(masked)"),
        "{about}"
    );
    assert!(read("server-certificates.pem").starts_with("-----BEGIN CERTIFICATE-----"));
    let log = read("log.txt");
    assert!(
        log.contains("[TRACE] sending to") && log.contains("client_assertion=[redacted]"),
        "{log}"
    );
    assert!(read("report.txt").contains("token obtained and verified"));

    let again = world.cmd(&["doctor", "--bundle", &folder]).run();
    again.expect(2).says("is not empty");
}

fn run_json_without_home(run: &Run, home: &str) -> Value {
    serde_json::from_str(&run.stdout.replace(home, "~")).unwrap()
}

#[test]
fn a_bundle_of_a_failure_has_the_page_that_came() {
    let world = World::new();
    for path in [
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
    ] {
        let page = crate::support::Fault::Answer(crate::support::Answer::html(200));
        world.front.always(path, page);
    }
    let folder = world.env.text("work/report");
    let run = doctor(&world, &["--bundle", &folder]);
    broken(run, "discovery", "discovery.page", &[]);
    let page = fs::read_to_string(world.env.path("work/report/other-answer.txt")).unwrap();
    assert!(page.contains("<title>Gateway</title>"), "{page}");
    let text = fs::read_to_string(world.env.path("work/report/report.txt")).unwrap();
    assert!(text.contains("First broken: discovery"), "{text}");
}

#[test]
fn interrupted_it_says_nothing_and_is_130() {
    use rustix::process::{Pid, Signal, kill_process};
    let world = World::new();
    let hang = crate::support::Fault::Hang;
    world
        .front
        .always("/.well-known/oauth-authorization-server", hang);
    let mut command = world.cmd(&["doctor"]).into_command();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    while world.front.log().lines().count() < 2 {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended without a request: {ended:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(output.stdout.is_empty());
}

/// The codes that the sources give are those that docs/json.md lists.
#[test]
fn every_code_is_documented() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    let mut folders: Vec<_> = ["src/commands/doctor", "crates/inspect/src/diagnosis"]
        .map(|folder| root.join(folder))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let text = fs::read_to_string(entry.path()).unwrap();
                sources.push_str(text.split("#[cfg(test)]").next().unwrap());
            }
        }
    }
    let steps = "settings credential cache proxy dns tcp tls discovery issuer clock methods request decode verify scope audience";
    let is_code = |text: &&str| {
        text.split_once('.').is_some_and(|(step, word)| {
            steps.split(' ').any(|known| known == step)
                && !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    };
    let given: std::collections::BTreeSet<&str> = sources.split('"').filter(is_code).collect();
    let docs = fs::read_to_string(root.join("docs/json.md")).unwrap();
    let table = docs.split("| step | codes |").nth(1).unwrap();
    let rows = table
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with('|'));
    let mut documented = std::collections::BTreeSet::new();
    for row in rows {
        let mut words = row.split('`').skip(1).step_by(2);
        let Some(step) = words.next() else { continue };
        documented.extend(words.map(|word| format!("{step}.{word}")));
    }
    let documented: std::collections::BTreeSet<&str> =
        documented.iter().map(String::as_str).collect();
    assert_eq!(given, documented);
}
