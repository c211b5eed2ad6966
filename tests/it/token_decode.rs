//! `jeton token decode`: what a token says, in words that leave no doubt that nothing was verified.

use crate::support::TestEnv;
use crate::support::keys::{EcKey, signing_input};
use crate::support::world::{RESOURCE, World};
use serde_json::json;

/// A token of a key that nobody else has, ended long ago.
fn old_token(env: &TestEnv) -> String {
    let key = EcKey::generate(&env.canaries);
    let token = key.jwt(
        &json!({ "alg": "ES256", "typ": "at+jwt", "kid": "k-2019" }),
        &json!({
            "iss": "https://auth.example.com", "sub": "billing", "aud": [RESOURCE], "scope": "api.read",
            "iat": 1_577_836_800, "exp": 1_577_837_400,
        }),
    );
    env.canaries.token(&token);
    token
}

#[test]
fn header_and_claims_are_shown_with_readable_times() {
    let env = TestEnv::new();
    let token = old_token(&env);
    let run = env.cmd(&["token", "decode", &token]).run().success();
    run.shows("ES256")
        .shows("k-2019")
        .shows("https://auth.example.com")
        .shows("billing")
        .shows(RESOURCE)
        .shows("2020-01-01")
        .shows("verified");
}

#[test]
fn a_token_comes_by_argument_stdin_or_file() {
    let env = TestEnv::new();
    let token = old_token(&env);
    env.write("work/token.txt", 0o600, &format!("{token}\n"));
    env.holds_secret("work/token.txt");
    let by_argument = env
        .cmd(&["token", "decode", &token, "--json"])
        .run()
        .success();
    let by_stdin = env
        .cmd(&["token", "decode", "-", "--json"])
        .stdin(&token)
        .run()
        .success();
    let by_file = env
        .cmd(&["token", "decode", "@token.txt", "--json"])
        .run()
        .success();
    let header = env.cmd(&["token", "decode", "-", "--json"]);
    let header = header
        .stdin(format!("Authorization: Bearer {token}\n"))
        .run()
        .success();
    assert_eq!(by_argument.json(), by_stdin.json());
    assert_eq!(by_argument.json(), by_file.json());
    assert_eq!(by_argument.json(), header.json());
}

#[test]
fn json_holds_header_and_claims_as_they_are() {
    let env = TestEnv::new();
    let token = old_token(&env);
    let run = env
        .cmd(&["token", "decode", "--json", &token])
        .run()
        .success();
    let json = run.json();
    assert_eq!(json["header"]["typ"], "at+jwt", "{run}");
    assert_eq!(json["claims"]["exp"], 1_577_837_400, "{run}");
    assert_eq!(json["claims"]["aud"], json!([RESOURCE]), "{run}");
}

#[test]
fn a_token_of_the_authority_can_be_read() {
    let world = World::new();
    let token = world.raw_token();
    let run = world
        .cmd(&["token", "decode", &token, "-o", "json"])
        .run()
        .success();
    let json = run.json();
    // Server requirements 48, 49.
    assert_eq!(json["header"]["typ"], "at+jwt");
    assert_eq!(json["claims"]["iss"], world.front.url());
    assert_eq!(json["claims"]["client_id"], "basic");
    assert_eq!(json["claims"]["scope"], "api.read");
}

#[test]
fn an_opaque_token_is_called_one_and_is_not_shown() {
    let env = TestEnv::new();
    let opaque = "8f2d0c4b7a6e5f1d9c3b8a7f6e5d4c3b";
    env.canaries.token(opaque);
    let run = env.cmd(&["token", "decode", "-"]).stdin(opaque).run();
    run.success().shows("opaque").shows("introspection");
}

#[test]
fn client_65_an_encrypted_token_is_called_one() {
    let env = TestEnv::new();
    let header = signing_input(
        &json!({ "alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": "enc-1" }),
        &json!({}),
    );
    let header = header.split('.').next().unwrap().to_owned();
    let token = format!("{header}.AAAAAAAAAAAA.BBBBBBBBBBBB.CCCCCCCCCCCC.DDDDDDDDDDDD");
    let run = env.cmd(&["token", "decode", &token]).run().success();
    let both = format!("{}{}", run.stdout, run.stderr);
    assert!(
        both.contains("encrypted") && both.contains("A256GCM"),
        "{run}"
    );
}

#[test]
fn client_58_a_duplicate_member_is_not_passed_over() {
    use base64::Engine as _;
    let env = TestEnv::new();
    let part = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let header = part(r#"{"alg":"RS256","alg":"none"}"#);
    let token = format!("{header}.{}.{}", part("{}"), part("signature"));
    let run = env.cmd(&["token", "decode", &token]).run().success();
    run.shows("alg more than once");
}

#[test]
fn claims_cannot_draw_on_the_terminal() {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries);
    let token = key.jwt(
        &json!({ "alg": "ES256" }),
        &json!({ "sub": "a\u{1b}]0;owned\u{7}b", "iss": "https://x.example/\u{202e}gpj" }),
    );
    // The rules of every run look for control characters and bidi marks, in JSON too.
    let panel = env.cmd(&["token", "decode", &token]).run().success();
    panel.shows("x.example").shows("gpj");
    let json = env.cmd(&["token", "decode", &token, "--json"]).run();
    let json = json.success().json();
    assert_eq!(
        json["claims"]["sub"], "a\u{1b}]0;owned\u{7}b",
        "escaped, and the same JSON"
    );
}

#[test]
fn strange_times_are_no_bug() {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries);
    for exp in [
        json!("1577837400"),
        json!(1e300),
        json!(-1),
        json!(null),
        json!({}),
        json!(1.5),
    ] {
        let token = key.jwt(&json!({ "alg": "ES256" }), &json!({ "exp": exp }));
        let run = env.cmd(&["token", "decode", &token]).run().success();
        run.shows("exp");
    }
}

#[test]
fn a_missing_file_and_two_sources_are_told_apart() {
    let env = TestEnv::new();
    let run = env.cmd(&["token", "decode", "@no-such-file"]).run();
    run.expect(2).says("no-such-file");
    env.cmd(&["token", "decode", "x.y.z", "-p", "billing"])
        .run()
        .expect(2);
}
