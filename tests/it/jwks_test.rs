//! `jeton jwks test`: checks a key set, how it is delivered, and its keys.

use crate::support::keys::EcKey;
use crate::support::world::{World, nobody_listens};
use crate::support::{Answer, Fault, Run, TestEnv};
use serde_json::{Value, json};

const JWKS: &str = "/jwks.json";

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

/// A set that nothing is to be said of.
fn good_answer(keys: &[Value]) -> Answer {
    Answer::json(200, &set(keys)).header("cache-control", "max-age=600")
}

/// The codes of all findings in the JSON, with their levels.
fn codes(run: &Run) -> Vec<String> {
    let json = run.json();
    let of_keys = json["keys"].as_array().unwrap().iter();
    let all = [
        &json["findings"],
        &json["token"]["findings"],
        &json["diff"]["findings"],
    ];
    of_keys
        .map(|key| &key["findings"])
        .chain(all)
        .filter_map(Value::as_array)
        .flatten()
        .map(|finding| {
            format!(
                "{} {}",
                finding["level"].as_str().unwrap(),
                finding["code"].as_str().unwrap()
            )
        })
        .collect()
}

/// A key set in a file, judged.
fn judged(env: &TestEnv, keys: &[Value], more: &[&str]) -> Run {
    env.write("work/set.json", 0o600, &set(keys));
    let args = [&["jwks", "test", "set.json", "-o", "json"], more].concat();
    env.cmd(&args).judges().run()
}

#[test]
fn the_set_of_the_authority_is_good() {
    let world = World::new();
    let url = format!("{}{JWKS}", world.front.url());
    for args in [
        &["-p", "billing"][..],
        &["--issuer", &world.front.url()],
        &[&url],
    ] {
        let line = [&["jwks", "test", "-o", "json"], args].concat();
        let run = world.cmd(&line).judges().run().success();
        let json = run.json();
        assert_eq!(json["verdict"], "ok", "{run}");
        assert_eq!(json["fetch"]["status"], 200, "{run}");
        assert_eq!(json["source"]["url"], url, "{run}");
        assert!(json["fetch"]["fresh_for"].as_i64().unwrap() > 0, "{run}");
        assert_eq!(json["key_count"], json["signature_keys"], "{run}");
        assert_eq!(
            json["keys"][0]["kid"], json["keys"][0]["thumbprint"],
            "{run}"
        );
    }
    let run = world.cmd(&["jwks", "test"]).judges().run().success();
    run.shows("Key set")
        .shows("EC P-256")
        .shows("clients may cache it for")
        .shows("nothing is wrong")
        .says("JWKS")
        .says("GET http");
}

/// The names of an object's members, sorted.
fn names(object: &Value) -> Vec<&str> {
    let mut names: Vec<_> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_json_has_these_members() {
    let world = World::new();
    let token = world.raw_token();
    let run = world
        .cmd(&["jwks", "test", "--json", "--token", "-"])
        .judges()
        .stdin(&token)
        .run();
    let json = run.success().json();
    let all = "algorithms counts diff fetch findings key_count keys keys_left_out signature_keys source token unchecked verdict";
    assert_eq!(names(&json).join(" "), all);
    assert_eq!(names(&json["source"]).join(" "), "kind name url");
    let fetch = "bytes cache_control content_type fresh_for ms redirects status validator";
    assert_eq!(names(&json["fetch"]).join(" "), fetch);
    let key = "alg algorithms bits certificates crv findings index key_ops kid kty level purpose thumbprint use";
    assert_eq!(names(&json["keys"][0]).join(" "), key);
    let of_token = "alg candidates candidates_left_out findings kid verified_by";
    assert_eq!(names(&json["token"]).join(" "), of_token);
    assert_eq!(
        names(&json["token"]["candidates"][0]).join(" "),
        "index outcome why"
    );
    assert_eq!(
        names(&json["token"]["findings"][0]).join(" "),
        "code level text"
    );
}

#[test]
fn client_66_what_is_wrong_with_keys_is_exit_8() {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries);
    let mut bad = key.public_jwk("a");
    bad["alg"] = "ES384".into();
    let run = judged(&env, &[bad, json!(3), key.public_jwk("c")], &[]).expect(8);
    assert_eq!(run.json()["verdict"], "fail");
    let found = codes(&run);
    for code in [
        "fail alg.conflict",
        "fail key.not_an_object",
        "warn key.duplicate",
    ] {
        assert!(found.contains(&code.to_owned()), "{code}\n{run}");
    }
    let people = env.cmd(&["jwks", "test", "set.json"]).judges().run();
    people
        .expect(8)
        .shows("3. c")
        .shows("which a key of the kind \"EC P-256\" cannot do")
        .shows("2 failures");
}

#[test]
fn strict_lets_warnings_fail() {
    let env = TestEnv::new();
    let mut key = EcKey::generate(&env.canaries).public_jwk("a");
    key["kid"] = "".into();
    let run = judged(&env, std::slice::from_ref(&key), &[]).success();
    assert_eq!(codes(&run), ["warn kid.empty"]);
    let strict = judged(&env, &[key], &["--strict"]).expect(8);
    assert_eq!(strict.json()["verdict"], "warn");
}

#[test]
fn client_66_a_published_private_key_is_named_and_not_shown() {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries);
    let mut leaked = key.public_jwk("a");
    env.canaries
        .secret("private member", "private-number-of-the-key");
    leaked["d"] = "private-number-of-the-key".into();
    let secret = json!({ "kty": "oct", "kid": "s", "k": "private-number-of-the-key" });
    env.holds_secret("work/set.json");
    let run = judged(&env, &[leaked.clone(), secret], &[]).expect(8);
    let found = codes(&run);
    assert!(
        found.contains(&"fail private.published".to_owned()),
        "{run}"
    );
    assert!(
        found.contains(&"fail symmetric.published".to_owned()),
        "{run}"
    );
    env.cmd(&["jwks", "test", "set.json", "-vv"])
        .judges()
        .run()
        .expect(8)
        .shows("(d)");
}

#[test]
fn what_is_no_key_set() {
    let world = World::without_profile();
    let url = format!("{}{JWKS}", world.front.url());
    let text = |body: &str| Answer::new(200, "application/json", body.as_bytes().to_vec());
    for (answer, words) in [
        (Answer::html(200), "got an HTML page"),
        (Answer::html(404), "HTTP 404"),
        (Answer::json(503, "{}"), "HTTP 503"),
        (text("{\"keys\":[}"), "line 1 column 10"),
        (text("{\"keys\":[],\"keys\":[]}"), "appears twice at line 1"),
        (text(""), "it is empty"),
        (text("\u{feff}{}"), "byte order mark"),
        (text("{}"), "no array \"keys\""),
        (text("{\"kty\":\"EC\"}"), "a single key"),
        (text("{\"jwks_uri\":\"x\"}"), "--issuer"),
        (text("[]"), "a JSON object was expected"),
        (
            text(&format!("{{\"keys\":[\"{}\"]}}", "x".repeat(1 << 20))),
            "1 MiB",
        ),
        (Answer::redirect(302, "http://jwks.example/"), "not https"),
        (Answer::redirect(302, &url), "more than 3 redirects"),
    ] {
        world.front.heal();
        world.front.always(JWKS, Fault::Answer(answer));
        world
            .cmd(&["jwks", "test", &url])
            .judges()
            .run()
            .expect(7)
            .says(words);
    }
    let failed = world
        .cmd(&["jwks", "test", &url, "--json"])
        .judges()
        .run()
        .expect(7);
    failed.json_error();
}

#[test]
fn a_server_that_cannot_be_reached_is_exit_6() {
    let env = TestEnv::new();
    let run = env
        .cmd(&["jwks", "test", &format!("{}/jwks", nobody_listens())])
        .judges()
        .run();
    run.expect(6).says("cannot connect");
    let world = World::without_profile();
    world.front.always(JWKS, Fault::Hang);
    let url = format!("{}{JWKS}", world.front.url());
    world
        .cmd(&["jwks", "test", &url])
        .judges()
        .run()
        .expect(6)
        .says("no answer in time");
}

#[test]
fn client_67_delivery_is_judged_too() {
    let world = World::without_profile();
    let key = EcKey::generate(&world.env.canaries).public_jwk("a");
    let url = format!("{}{JWKS}", world.front.url());
    let found = |answer: Answer| {
        world.front.heal();
        world.front.always(JWKS, Fault::Answer(answer));
        codes(
            &world
                .cmd(&["jwks", "test", "--json", &url])
                .judges()
                .run()
                .success(),
        )
    };
    let body = set(std::slice::from_ref(&key)).into_bytes();
    let plain = Answer::new(200, "text/plain", body.clone()).header("cache-control", "max-age=600");
    assert_eq!(found(plain), ["warn http.content_type"]);
    let own =
        Answer::new(200, "application/jwk-set+json", body).header("cache-control", "max-age=99999");
    assert_eq!(found(own), ["warn cache.long"]);
    assert_eq!(
        found(Answer::json(200, &set(&[key]))),
        ["note cache.unsaid"]
    );
}

#[test]
fn a_redirect_is_followed_and_said() {
    let world = World::without_profile();
    let key = EcKey::generate(&world.env.canaries).public_jwk("a");
    world
        .front
        .always(JWKS, Fault::Answer(Answer::redirect(301, "/moved")));
    world
        .front
        .always("/moved", Fault::Answer(good_answer(&[key])));
    let url = format!("{}{JWKS}", world.front.url());
    let run = world.cmd(&["jwks", "test", &url]).judges().run().success();
    run.shows("HTTP 301 to")
        .shows("/moved")
        .shows("behind a redirect");
}

#[test]
fn which_key_verifies_a_token() {
    let world = World::new();
    let token = world.raw_token();
    let by_stdin = world
        .cmd(&["jwks", "test", "--token", "-", "--json"])
        .judges()
        .stdin(&token);
    let run = by_stdin.run().success();
    assert_eq!(run.json()["token"]["verified_by"], 0, "{run}");
    world.server.rotate();
    world.env.write("work/token.txt", 0o600, &token);
    world.env.holds_secret("work/token.txt");
    let run = world
        .cmd(&["jwks", "test", "--token", "@token.txt"])
        .judges()
        .run();
    run.expect(8).shows("and no key of the");

    let key = EcKey::generate(&world.env.canaries);
    let other = key.jwt(&json!({ "alg": "ES256", "kid": "b" }), &json!({}));
    let set = [
        key.public_jwk("a"),
        EcKey::generate(&world.env.canaries).public_jwk("b"),
    ];
    let run = judged(&world.env, &set, &["--token", &other]).expect(8);
    let json = run.json();
    assert_eq!(
        json["token"]["findings"][0]["code"], "token.other_kid",
        "{run}"
    );
    assert_eq!(
        json["token"]["candidates"][0]["outcome"], "verifies",
        "{run}"
    );
    assert_eq!(
        json["token"]["candidates"][1]["outcome"], "signature_differs",
        "{run}"
    );
}

#[test]
fn a_set_from_stdin_and_what_makes_no_sense() {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries).public_jwk("a");
    let from_stdin = env.cmd(&["jwks", "test", "-"]).judges().stdin(set(&[key]));
    from_stdin.run().success().shows("standard input");
    env.write("work/page.html", 0o600, "<html>");
    env.cmd(&["jwks", "test", "page.html"])
        .judges()
        .run()
        .expect(8)
        .says("line 1 column 1");
    for args in [
        &["-", "--token", "-"][..],
        &["no-such-file"],
        &["http://auth.example.com/jwks"],
        &["--issuer", "http://auth.example.com"],
        &["-", "--token", "opaque"],
        &["page.html", "--watch"],
        &["-", "-p", "billing"],
        &["--interval", "1s"],
        &["--watch", "--interval", "10ms"],
    ] {
        let line = [&["jwks", "test"], args].concat();
        env.cmd(&line)
            .judges()
            .stdin("{\"keys\":[]}")
            .run()
            .expect(2);
    }
    env.cmd(&["jwks", "test"]).judges().run().expect(3);
}

#[test]
fn ten_thousand_hostile_keys_are_harmless() {
    let env = TestEnv::new();
    let evil = json!({ "kty": "\u{1b}[2J\u{202e}", "kid": "\u{1b}]0;owned\u{7}" });
    let mut keys = vec![evil; 9_999];
    keys.push(json!(7));
    let run = judged(&env, &keys, &[]).expect(8);
    let json = run.json();
    assert_eq!(json["key_count"], 10_000, "too many to print");
    assert_eq!(json["keys"].as_array().unwrap().len(), 500);
    assert_eq!(json["keys_left_out"], 9_500);
    let people = env
        .cmd(&["jwks", "test", "set.json"])
        .judges()
        .run()
        .expect(8);
    assert!(people.stdout.len() < 50_000, "{}", people.stdout.len());
    people.shows("more; -o json");
}

#[test]
fn a_saved_set_is_compared() {
    let world = World::new();
    let url = format!("{}{JWKS}", world.front.url());
    let before = crate::support::http::get(&url).body;
    world.env.write(
        "work/before.json",
        0o600,
        &String::from_utf8(before).unwrap(),
    );
    let args = ["jwks", "test", "--diff", "before.json"];
    world
        .cmd(&args)
        .judges()
        .run()
        .success()
        .shows("no key was added");
    world.server.rotate();
    let run = world.cmd(&args).judges().run().success();
    run.shows("Added").shows("Removed");

    let (old, new) = (
        EcKey::generate(&world.env.canaries),
        EcKey::generate(&world.env.canaries),
    );
    world
        .env
        .write("work/before.json", 0o600, &set(&[old.public_jwk("a")]));
    let run = judged(
        &world.env,
        &[new.public_jwk("a")],
        &["--diff", "before.json"],
    )
    .expect(8);
    assert_eq!(
        run.json()["diff"]["changes"][0]["change"],
        "replaced",
        "{run}"
    );
}

/// What `--watch` saw, one object a line.
fn events(run: &Run) -> Vec<Value> {
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_watch_tells_rotations_that_hurt_from_those_that_do_not() {
    let world = World::without_profile();
    let (old, new) = (
        EcKey::generate(&world.env.canaries),
        EcKey::generate(&world.env.canaries),
    );
    let url = format!("{}{JWKS}", world.front.url());
    let token = old.jwt(&json!({ "alg": "ES256", "kid": "old" }), &json!({}));
    let watch = |more: &[&str]| {
        let args = [
            "jwks",
            "test",
            &url,
            "--watch",
            "--interval",
            "1s",
            "--duration",
            "3s",
            "--json",
        ];
        world.cmd(&[&args[..], more].concat()).judges().run()
    };
    let (old, new) = (old.public_jwk("old"), new.public_jwk("new"));
    world.front.times(
        1,
        JWKS,
        Fault::Answer(good_answer(std::slice::from_ref(&old))),
    );
    world.front.always(
        JWKS,
        Fault::Answer(good_answer(&[old.clone(), new.clone()])),
    );
    let run = watch(&[]).success();
    let seen = events(&run);
    assert_eq!(seen.len(), 2, "{run}");
    assert_eq!(seen[0]["event"], "report", "{run}");
    assert_eq!(seen[1]["event"], "added", "{run}");
    assert_eq!(seen[1]["breaks"], Value::Null, "{run}");
    // Three more fetches, of which the log says nothing.
    let fetches = run.stderr.matches("key set received").count();
    assert_eq!(
        (fetches, run.stderr.matches("GET ").count()),
        (1, 1),
        "{run}"
    );

    world.front.heal();
    world
        .front
        .times(1, JWKS, Fault::Answer(good_answer(&[old])));
    world.front.times(1, JWKS, Fault::Answer(Answer::html(502)));
    world.front.always(JWKS, Fault::Answer(good_answer(&[new])));
    let run = watch(&["--token", &token]).expect(8);
    let seen = events(&run);
    let names: Vec<&str> = seen
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "report",
            "unreachable",
            "reachable",
            "added",
            "removed",
            "token"
        ],
        "{run}"
    );
    assert!(
        seen[4]["breaks"].as_str().unwrap().contains("0s ago"),
        "{run}"
    );
    assert!(seen[5]["breaks"].is_string(), "{run}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_watch_ends_with_ctrl_c_as_130() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::{BufRead as _, BufReader};
    let world = World::new();
    let mut child = world
        .cmd(&["jwks", "test", "--watch", "--json"])
        .into_command()
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    // The first line is there, so it watches.
    let report: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(report["report"]["verdict"], "ok");
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
