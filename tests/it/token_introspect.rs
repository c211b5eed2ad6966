//! `jeton token introspect` and `jeton token revoke`: requests about a token, made as the client.

use crate::support::keys::{EcKey, claims};
use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use serde_json::{Value, json};

const METADATA: &str = "/.well-known/oauth-authorization-server";
const INTROSPECT: &str = "/introspect";
const REVOKE: &str = "/revoke";

/// Metadata that names the endpoints, which the front answers.
fn offer(world: &World) {
    let mut metadata = crate::support::http::get(&format!("{}{METADATA}", world.front.url()))
        .json()
        .unwrap();
    for (name, path) in [
        ("introspection_endpoint", INTROSPECT),
        ("revocation_endpoint", REVOKE),
    ] {
        metadata[name] = format!("{}{path}", world.front.url()).into();
    }
    let answer = Answer::json(200, &metadata.to_string());
    world.front.always(METADATA, Fault::Answer(answer));
}

fn world() -> World {
    let world = World::new();
    offer(&world);
    world
}

fn answers(world: &World, path: &str, answer: Answer) {
    world.front.times(1, path, Fault::Answer(answer));
}

fn introspect(world: &World, args: &[&str]) -> Run {
    let line = [&["token", "introspect", "-p", "billing"], args].concat();
    world.cmd(&line).run()
}

fn revoke(world: &World, args: &[&str]) -> Run {
    let line = [&["token", "revoke", "-p", "billing"], args].concat();
    world.cmd(&line).run()
}

#[test]
fn a_server_without_the_endpoint_is_exit_3() {
    let world = World::new();
    world.raw_token();
    introspect(&world, &[])
        .expect(3)
        .says("has no introspection_endpoint");
    revoke(&world, &[])
        .expect(3)
        .says("has no revocation_endpoint");
}

#[test]
fn client_69_the_cached_token_is_asked_about_with_the_clients_credentials() {
    let world = world();
    let token = world.raw_token();
    let active = json!({ "active": true, "scope": "api.read", "sub": "billing\u{1b}[2J", "exp": 4_000_000_000_u64 });
    answers(&world, INTROSPECT, Answer::json(200, &active.to_string()));
    introspect(&world, &[])
        .success()
        .shows("active")
        .shows("api.read")
        .shows("2096-");
    let request = world.front.last(INTROSPECT);
    assert_eq!(request.method, "POST");
    assert_eq!(request.param("token").as_deref(), Some(token.as_str()));
    assert_eq!(
        request.param("token_type_hint").as_deref(),
        Some("access_token")
    );
    assert_eq!(request.target, INTROSPECT, "nothing in the URL");
    let basic = request.header("authorization").unwrap();
    assert!(basic.starts_with("Basic "), "{basic}");

    answers(&world, INTROSPECT, Answer::json(200, &active.to_string()));
    let run = introspect(&world, &["--json"]).success();
    let json = run.json();
    assert_eq!(json["active"], true, "{run}");
    assert_eq!(json["signed"], false, "{run}");
    assert_eq!(json["token"]["scope"], "api.read", "{run}");
}

/// Client requirement 31: the audience of the assertion is the issuer at every endpoint.
#[test]
fn client_31_an_assertion_is_addressed_to_the_issuer() {
    let world = world();
    world.env.config(&world.profile("signer", ""));
    world.raw_token();
    answers(&world, INTROSPECT, Answer::json(200, r#"{"active":true}"#));
    introspect(&world, &[]).success();
    answers(&world, REVOKE, Answer::new(200, "text/plain", Vec::new()));
    revoke(&world, &[]).success();
    let mut identifiers = Vec::new();
    for path in [INTROSPECT, REVOKE] {
        let request = world.front.last(path);
        let assertion = claims(&request.param("client_assertion").unwrap());
        assert_eq!(assertion["aud"], world.front.url(), "{path}");
        assert_eq!(assertion["sub"], "signer");
        identifiers.push(assertion["jti"].clone());
    }
    assert_ne!(identifiers[0], identifiers[1]);
}

#[test]
fn client_69_active_is_all_that_an_inactive_answer_says() {
    let world = world();
    world.raw_token();
    let inactive = r#"{"active":false,"scope":"admin","sub":"root"}"#;
    answers(&world, INTROSPECT, Answer::json(200, inactive));
    introspect(&world, &[])
        .success()
        .shows("not active")
        .hides("admin");
    answers(&world, INTROSPECT, Answer::json(200, inactive));
    let run = introspect(&world, &["--json"]).success();
    assert_eq!(run.json()["token"], json!({}), "{run}");
    answers(&world, INTROSPECT, Answer::json(200, inactive));
    introspect(&world, &["--check"])
        .expect(8)
        .says("not active");
    for odd in [
        r#"{"active":"true"}"#,
        r#"{"active":1}"#,
        "{}",
        "[]",
        r#"{"active":true,"active":false}"#,
    ] {
        answers(&world, INTROSPECT, Answer::json(200, odd));
        introspect(&world, &["--check"]).expect(7);
    }
    answers(&world, INTROSPECT, Answer::html(200));
    introspect(&world, &[]).expect(7);
}

#[test]
fn a_refusal_and_a_failure() {
    let world = world();
    world.raw_token();
    let refused = r#"{"error":"invalid_client","error_description":"who are you"}"#;
    answers(&world, INTROSPECT, Answer::json(401, refused));
    introspect(&world, &[])
        .expect(5)
        .says("invalid_client")
        .says("who are you");
    answers(
        &world,
        INTROSPECT,
        Answer::new(401, "text/plain", Vec::new()),
    );
    introspect(&world, &[]).expect(5);
    let elsewhere = Answer::redirect(307, "https://evil.example/");
    answers(&world, INTROSPECT, elsewhere);
    introspect(&world, &[]).expect(7).says("redirect");
    // A failing server is asked again.
    answers(&world, INTROSPECT, Answer::json(503, "{}"));
    answers(&world, INTROSPECT, Answer::json(200, r#"{"active":true}"#));
    introspect(&world, &[]).success();
}

/// A signed answer of a key that the front publishes as the issuer's.
struct Signed {
    world: World,
    key: EcKey,
}

impl Signed {
    fn new() -> Self {
        let world = world();
        world.raw_token();
        let key = EcKey::generate(&world.env.canaries);
        let set = json!({ "keys": [key.public_jwk("as-1")] });
        world.front.always(
            "/jwks.json",
            Fault::Answer(Answer::json(200, &set.to_string())),
        );
        Self { world, key }
    }

    fn run(&self, key: &EcKey, typ: &str, change: (&str, Value), args: &[&str]) -> Run {
        let now = std::time::SystemTime::now();
        let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let mut claims = json!({
            "iss": self.world.front.url(), "aud": "basic", "iat": now,
            "token_introspection": { "active": true, "scope": "api.read" },
        });
        claims[change.0] = change.1;
        let header = json!({ "alg": "ES256", "typ": typ, "kid": "as-1" });
        let body = key.jwt(&header, &claims).into_bytes();
        let answer = Answer::new(200, "application/token-introspection+jwt", body);
        answers(&self.world, INTROSPECT, answer);
        introspect(&self.world, args)
    }
}

const TYP: &str = "token-introspection+jwt";

#[test]
fn client_69_a_signed_answer_is_verified() {
    let signed = Signed::new();
    let nothing = || ("x", Value::Null);
    let run = signed.run(&signed.key, TYP, nothing(), &["--jwt"]);
    run.success()
        .shows("api.read")
        .shows("ok    signature")
        .shows("ok    token_introspection");
    let request = signed.world.front.last(INTROSPECT);
    assert_eq!(
        request.header("accept"),
        Some("application/token-introspection+jwt")
    );
    let run = signed
        .run(&signed.key, TYP, nothing(), &["--jwt", "--json"])
        .success();
    assert_eq!(run.json()["signed"], true, "{run}");
    assert_eq!(run.json()["token"]["scope"], "api.read", "{run}");
    // It comes unasked, and is verified all the same.
    let stranger = EcKey::generate(&signed.world.env.canaries);
    signed.run(&stranger, TYP, nothing(), &[]).expect(8);
}

#[test]
fn client_69_a_signed_answer_that_does_not_hold() {
    let signed = Signed::new();
    let stranger = EcKey::generate(&signed.world.env.canaries);
    let run = signed.run(&stranger, TYP, ("x", Value::Null), &["--jwt"]);
    run.expect(8).says("FAIL  signature");
    let run = signed.run(&signed.key, "JWT", ("x", Value::Null), &["--jwt"]);
    run.expect(8).says("FAIL  typ");
    for (rule, claim, value) in [
        ("iss", "iss", json!("https://evil.example")),
        ("aud", "aud", json!("somebody-else")),
        ("iat", "iat", json!(1_577_836_800)),
        (
            "token_introspection",
            "token_introspection",
            json!({ "active": "yes" }),
        ),
    ] {
        let run = signed.run(&signed.key, TYP, (claim, value), &["--jwt"]);
        run.expect(8).says(&format!("FAIL  {rule}"));
    }
    // A plain answer where a signed one was demanded.
    answers(
        &signed.world,
        INTROSPECT,
        Answer::json(200, r#"{"active":true}"#),
    );
    introspect(&signed.world, &["--jwt"])
        .expect(7)
        .says("plain");
}

#[test]
fn client_70_a_revoked_token_leaves_the_cache() {
    let world = world();
    let token = world.raw_token();
    answers(&world, REVOKE, Answer::json(503, "{}"));
    answers(&world, REVOKE, Answer::new(200, "text/plain", Vec::new()));
    revoke(&world, &[]).success().shows("revoked");
    let request = world.front.last(REVOKE);
    assert_eq!(request.param("token").as_deref(), Some(token.as_str()));
    assert_eq!(world.front.count(REVOKE), 2, "503 means later");
    revoke(&world, &[])
        .expect(3)
        .says("the cache has no token of the profile billing");
    let before = world.token_requests();
    assert_ne!(world.raw_token(), token);
    assert_eq!(world.token_requests(), before + 1);
}

#[test]
fn client_70_a_refused_revocation_changes_nothing() {
    let world = world();
    let token = world.raw_token();
    let refused = r#"{"error":"unsupported_token_type"}"#;
    answers(&world, REVOKE, Answer::json(400, refused));
    revoke(&world, &[]).expect(5).says("unsupported_token_type");
    assert_eq!(world.raw_token(), token);
    // A token that the cache does not have is revoked all the same.
    answers(&world, REVOKE, Answer::new(200, "text/plain", Vec::new()));
    let run = world
        .cmd(&["token", "revoke", "-p", "billing", "-", "--json"])
        .stdin("some-other-token-of-this-client")
        .run()
        .success();
    assert_eq!(run.json()["dropped_from_cache"], 0, "{run}");
    assert_eq!(world.raw_token(), token);
}
