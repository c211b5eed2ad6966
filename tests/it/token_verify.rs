//! `jeton token verify`: every rule at once, with the keys of the issuer or those that are named.

use crate::support::keys::{EcKey, signing_input};
use crate::support::world::{RESOURCE, World, nobody_listens};
use crate::support::{Answer, Fault, Run, TestEnv};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const JWKS: &str = "/jwks.json";

/// A key and a token of it, without a server: the key set is `work/keys.json`.
struct Local {
    env: TestEnv,
    key: EcKey,
}

impl Local {
    fn new() -> Self {
        let env = TestEnv::new();
        let key = EcKey::generate(&env.canaries);
        let set = json!({ "keys": [key.public_jwk("k1")] });
        env.write("work/keys.json", 0o644, &set.to_string());
        env.write("work/key.jwk", 0o644, &key.public_jwk("k1").to_string());
        Self { env, key }
    }

    fn token(&self, changes: &Value) -> String {
        let mut claims = json!({
            "iss": "https://auth.example.com", "sub": "billing", "client_id": "billing", "aud": [RESOURCE],
            "scope": "api.read", "iat": 1_577_836_800, "exp": 1_577_837_400, "jti": "j-1",
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": "k1" });
        let token = self.key.jwt(&header, &claims);
        self.env.canaries.token(&token);
        token
    }

    fn verify(&self, token: &str, args: &[&str]) -> Run {
        let line = [&["token", "verify", "-"], args].concat();
        self.env.cmd(&line).stdin(token).run()
    }
}

/// While the token of [`Local`] is good.
const AT: [&str; 2] = ["--at", "2020-01-01T00:05:00Z"];

fn verify(world: &World, token: &str, args: &[&str]) -> Run {
    let line = [&["token", "verify", "-p", "billing", "-"], args].concat();
    world.cmd(&line).stdin(token).run()
}

/// The levels of the findings, by rule.
fn level<'a>(findings: &'a Value, rule: &str) -> &'a str {
    let found = findings.as_array().unwrap().iter();
    let mut found = found.filter(|found| found["rule"] == rule);
    found.next().unwrap()["level"].as_str().unwrap()
}

#[test]
fn a_token_of_the_authority_holds_by_every_rule() {
    let world = World::new();
    let token = world.raw_token();
    let run = verify(&world, &token, &["--profile-strict", "--scope", "api.read"]).success();
    run.shows("verified")
        .shows("ok    signature")
        .shows("ok    iss")
        .shows("leeway 30 s")
        .shows(RESOURCE)
        .hides("note  ")
        .hides("FAIL");
    let run = verify(&world, &token, &["--json"]).success();
    let json = run.json();
    assert_eq!(json["holds"], true, "{run}");
    assert_eq!(json["claims_judged"], true, "{run}");
    assert_eq!(json["claims"]["iss"], world.front.url(), "{run}");
    for rule in [
        "form",
        "alg",
        "key",
        "signature",
        "typ",
        "iss",
        "aud",
        "exp",
        "iat",
        "profile",
    ] {
        assert_eq!(level(&json["findings"], rule), "pass", "{run}");
    }
    // Client requirement 67: the set is kept, sealed, for as long as the server allows.
    assert_eq!(world.front.count(JWKS), 1, "{}", world.front.log());
}

#[test]
fn the_cached_token_of_a_profile_needs_no_token_on_the_line() {
    let world = World::new();
    world
        .cmd(&["token", "verify", "-p", "billing"])
        .run()
        .expect(3)
        .says("the cache has no token of the profile billing");
    world.raw_token();
    world
        .cmd(&["token", "verify", "-p", "billing"])
        .run()
        .success()
        .shows("verified");
}

#[test]
fn client_67_after_a_rotation_the_key_set_is_fetched_again() {
    let world = World::new();
    let old = world.raw_token();
    verify(&world, &old, &[]).success();
    // The set names the key that signs next; the one after it is news.
    world.server.rotate();
    world.server.rotate();
    let run = world
        .cmd(&["token", "get", "--fresh", "-o", "raw"])
        .reveals_token()
        .run()
        .success();
    let new = run.line();
    world.front.always(JWKS, Fault::Reset);
    verify(&world, &old, &[]).success();
    verify(&world, new, &[]).expect(6);
    world.front.heal();
    // The refetch in vain is held off as well: that is a matter of seconds, and of another process here.
    verify(&world, new, &[])
        .expect(8)
        .says("no key has the kid");
    world.cmd(&["cache", "clear"]).run().success();
    verify(&world, new, &[]).success();
    // The key was replaced for being compromised: what it signed holds no longer.
    verify(&world, &old, &[]).expect(8);
}

#[test]
fn client_67_an_unknown_kid_is_looked_for_once() {
    let world = World::new();
    let stranger = EcKey::generate(&world.env.canaries);
    let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": "../../etc/passwd" });
    let token = stranger.jwt(
        &header,
        &json!({ "iss": world.front.url(), "aud": RESOURCE }),
    );
    for requests in [1, 2, 2, 2] {
        verify(&world, &token, &[])
            .expect(8)
            .says("no key has the kid");
        assert_eq!(world.front.count(JWKS), requests, "{}", world.front.log());
    }
}

#[test]
fn a_wrong_key_is_exit_8_with_all_findings() {
    let world = World::new();
    let token = world.raw_token();
    let kid = crate::support::keys::header(&token)["kid"].clone();
    let stranger = EcKey::generate(&world.env.canaries);
    let forged = stranger.jwt(
        &json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid, "jku": "https://evil.example/", "jwk": stranger.public_jwk("x") }),
        &json!({ "iss": world.front.url(), "aud": "urn:other", "exp": 1 }),
    );
    verify(&world, &forged, &[])
        .expect(8)
        .says("FAIL  signature")
        .says("FAIL  aud")
        .says("FAIL  exp")
        .says("ok    iss")
        .says("the header contains jwk, jku: ignored");
    let run = verify(&world, &forged, &["--json"]).expect(8);
    let error = &run.json_error()["error"];
    assert_eq!(error["code"], "check", "{run}");
    for (rule, expected) in [
        ("signature", "fail"),
        ("aud", "fail"),
        ("exp", "fail"),
        ("iss", "pass"),
        ("embedded_key", "note"),
        ("profile", "note"),
    ] {
        assert_eq!(level(&error["findings"], rule), expected, "{run}");
    }
}

#[test]
fn each_demand_of_the_command_line() {
    let local = Local::new();
    let good = local.token(&json!({}));
    let keys = ["--jwks", "keys.json"];
    let run = |token: &str, args: &[&str]| local.verify(token, &[&keys[..], &AT, args].concat());
    run(&good, &[]).success().shows("not checked");
    run(
        &good,
        &["--iss", "https://auth.example.com", "--aud", RESOURCE],
    )
    .success()
    .hides("not checked");
    run(&good, &["--aud", "urn:x", "--aud", RESOURCE]).success();
    run(&good, &["--iss", "https://auth.example.com/"])
        .expect(8)
        .says("FAIL  iss");
    run(&good, &["--aud", "urn:x"]).expect(8).says("FAIL  aud");
    run(&good, &["--scope", "api.read api.write"])
        .expect(8)
        .says("missing api.write");
    let no_aud = local.token(&json!({ "aud": [] }));
    run(&no_aud, &["--allow-no-aud"])
        .expect(8)
        .says("FAIL  aud");
    let vague = local.token(&json!({ "jti": 7 }));
    run(&vague, &[]).success().shows("note  profile");
    run(&vague, &["--profile-strict"])
        .expect(8)
        .says("FAIL  profile");
}

#[test]
fn client_61_time_is_a_matter_of_at_and_leeway() {
    let local = Local::new();
    let token = local.token(&json!({}));
    let run = |args: &[&str]| local.verify(&token, &[&["--key", "key.jwk"][..], args].concat());
    run(&[]).expect(8).says("expired");
    run(&["--at", "1577837429"]).success().shows("leeway 30 s");
    run(&["--at", "1577837430"]).expect(8);
    run(&["--at", "1577837409", "--leeway", "10s"]).success();
    run(&["--at", "1577837410", "--leeway", "10s"]).expect(8);
    run(&["--at", "1577836000"]).expect(8).says("FAIL  iat");
    run(&["--at", "tomorrow"]).expect(2);
    run(&["--at", "1577837699", "--leeway", "5m"]).success();
    for leeway in ["301s", "6m", "1h"] {
        run(&["--leeway", leeway]).expect(2).says("more than 5m");
    }
}

#[test]
fn a_token_without_an_expiry_is_refused_unless_it_is_allowed() {
    let local = Local::new();
    let mut claims = json!({ "iss": "https://auth.example.com", "aud": [RESOURCE] });
    let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": "k1" });
    let keys = ["--jwks", "keys.json"];
    let endless = local.key.jwt(&header, &claims);
    local.env.canaries.token(&endless);
    local
        .verify(&endless, &keys)
        .expect(8)
        .says("FAIL  exp")
        .says("never expires");
    local
        .verify(&endless, &[&keys[..], &["--allow-no-exp"]].concat())
        .success()
        .shows("note  exp");
    claims["exp"] = json!(1);
    let expired = local.key.jwt(&header, &claims);
    local.env.canaries.token(&expired);
    local
        .verify(&expired, &[&keys[..], &["--allow-no-exp"]].concat())
        .expect(8)
        .says("FAIL  exp");
}

#[test]
fn the_signature_alone_is_verified_of_any_signed_text() {
    let local = Local::new();
    let args = ["--jwks", "keys.json", "--signature-only"];
    let header = json!({ "alg": "ES256", "kid": "k1" });
    for payload in [
        &b"plain text"[..],
        b"",
        b"[1]",
        b"\xff\x00",
        b"{\"a\":1,\"a\":2}",
    ] {
        let jws = local.key.jws(&header, payload);
        local.env.canaries.token(&jws);
        local
            .verify(&jws, &args)
            .success()
            .shows("the payload is not JSON")
            .shows("ok    signature");
        let run = local.verify(&jws, &[&args[..], &["--json"]].concat());
        assert_eq!(run.success().json()["claims"], Value::Null);
        // Without the option its claims are missing.
        local.verify(&jws, &args[..2]).expect(8).says("FAIL  form");
        let (rest, signature) = jws.rsplit_once('.').unwrap();
        let forged = format!("{rest}.{}", signature.chars().rev().collect::<String>());
        local.verify(&forged, &args).expect(8);
    }
    for header in [
        json!({ "alg": "ES256", "kid": "k1", "b64": false, "crit": ["b64"] }),
        json!({ "alg": "ES256", "kid": "k1", "b64": false }),
        json!({ "alg": "ES256", "kid": "k1", "crit": ["exp"] }),
    ] {
        let jws = local.key.jws(&header, b"plain text");
        local.env.canaries.token(&jws);
        local.verify(&jws, &args).expect(8).says("crit");
    }
}

#[test]
fn the_signature_alone_says_that_nothing_else_was_judged() {
    let local = Local::new();
    let token = local.token(&json!({ "aud": [] }));
    let args = ["--jwks", "keys.json", "--signature-only"];
    local
        .verify(&token, &args)
        .success()
        .shows("claims not checked");
    let run = local.verify(&token, &[&args[..], &["--json"]].concat());
    assert_eq!(run.success().json()["claims_judged"], false);
    local
        .verify(&token, &[&args[..], &["--aud", "x"]].concat())
        .expect(2);
}

#[test]
fn what_cannot_be_verified_is_exit_8_and_named() {
    let local = Local::new();
    let keys = ["--jwks", "keys.json"];
    local
        .verify("opaque-token-of-some-length", &keys)
        .expect(8)
        .says("opaque")
        .says("introspect");
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    local
        .verify(&format!("{header}..AA.AA.AA"), &keys)
        .expect(8)
        .says("JWE");
    let none = signing_input(&json!({ "alg": "nOnE" }), &json!({ "aud": "x" }));
    local
        .verify(&format!("{none}."), &keys)
        .expect(8)
        .says("not signed");
    // Security, client 9 and 10: ten megabytes, and text that would write on the terminal.
    local.verify(&"A".repeat(10 << 20), &keys).expect(2);
    let evil = local.token(&json!({ "iss": "\u{1b}]0;owned\u{7}\u{202e}x" }));
    local
        .verify(&evil, &[&keys[..], &AT].concat())
        .success()
        .hides("owned");
}

#[test]
fn keys_that_are_no_keys() {
    let local = Local::new();
    let token = local.token(&json!({}));
    local.env.write("work/odd.json", 0o644, "{\"keys\":{}}");
    local.verify(&token, &["--jwks", "odd.json"]).expect(2);
    local.verify(&token, &["--jwks", "absent.json"]).expect(2);
    local.verify(&token, &["--key", "odd.json"]).expect(2);
    local
        .verify(&token, &["--jwks", "http://as.example/jwks"])
        .expect(2)
        .says("https");
    local.verify(&token, &["--iss", "not a URL"]).expect(2);
    // Nothing is said of keys, and nothing is configured.
    local.verify(&token, &[]).expect(3).says("--jwks");
}

#[test]
fn a_key_set_that_cannot_be_had() {
    let world = World::new();
    let token = world.raw_token();
    let nowhere = format!("{}/jwks", nobody_listens());
    verify(&world, &token, &["--jwks", &nowhere]).expect(6);
    let at = format!("{}{JWKS}", world.front.url());
    verify(&world, &token, &["--jwks", &at]).success();
    for fault in [
        Answer::html(200),
        Answer::json(500, "{}"),
        Answer::json(200, "{\"keys\":"),
        Answer::new(200, "text/plain", b"{\"keys\":[]}".to_vec()),
        Answer::redirect(302, "http://as.example/jwks"),
    ] {
        world.front.always(JWKS, Fault::Answer(fault));
        verify(&world, &token, &[]).expect(7);
        world.front.heal();
    }
    verify(&world, &token, &[]).success();
}

#[test]
fn an_issuer_that_is_not_configured() {
    let world = World::new();
    let token = world.raw_token();
    let line = ["token", "verify", "-", "--iss"];
    let run = |issuer: &str| {
        let line = [&line[..], &[issuer, "--aud", RESOURCE]].concat();
        world.cmd(&line).stdin(&token).run()
    };
    world.env.config("");
    run(&world.front.url()).success();
    // An issuer that calls itself otherwise is none (RFC 8414 3.3).
    run(&format!("{}/", world.front.url())).expect(3);
}
