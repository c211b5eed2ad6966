//! Every setting of a token request, from each of its sources to what the server receives.

use crate::support::keys::{EcKey, claims, header, random_secret};
use crate::support::mtls::{METADATA, Scene};
use crate::support::world::{RESOURCE, World};
use crate::support::{Answer, Fault, Run};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// A world whose token endpoint gives everybody a token: what counts is the request.
fn generous() -> World {
    let world = World::without_profile();
    let body = json!({ "access_token": "an-opaque-token-for-everybody", "token_type": "Bearer", "expires_in": 600 });
    world.front.always(
        "/token",
        Fault::Answer(Answer::json(200, &body.to_string())),
    );
    world
}

/// `jeton token get` with these variables.
#[track_caller]
fn get(world: &World, variables: &[(&str, &str)], args: &[&str]) -> Run {
    let mut run = world.cmd(&[&["token", "get", "--fresh"], args].concat());
    for (name, value) in variables {
        run = run.env(name, value);
    }
    run.run().success()
}

/// The assertion of the last token request: its header and its claims.
fn assertion(world: &World) -> (Value, Value) {
    let request = world.front.last("/token");
    let assertion = request.param("client_assertion").unwrap();
    (header(&assertion), claims(&assertion))
}

/// The variables of the client `signer`, without its key.
fn signer(world: &World) -> Vec<(&'static str, String)> {
    vec![
        ("OIDC_ISSUER", world.front.url()),
        ("CC_CLIENT_ID", "signer".to_owned()),
        ("CC_AUTH_METHOD", "private_key_jwt".to_owned()),
        ("CC_JWT_SIGNING_KID", "signer-1".to_owned()),
        ("CC_SCOPES", "api.read".to_owned()),
    ]
}

/// The real server accepts the assertion, so it was signed with this very key.
#[test]
fn a_private_key_in_the_environment_signs_the_assertion() {
    let world = World::without_profile();
    let pem = world.key.pem().to_owned();
    let file = world.env.text("home/signer.pem");
    for (name, value) in [
        ("CC_JWT_PRIVATE_KEY", pem),
        ("CC_JWT_PRIVATE_KEY_FILE", file),
    ] {
        let mut run = world.cmd(&["token", "get", "--fresh"]).env(name, &value);
        for (name, value) in signer(&world) {
            run = run.env(name, &value);
        }
        let source = if name.ends_with("FILE") {
            "file"
        } else {
            "env"
        };
        run.run()
            .success()
            .says(&format!("auth_method=private_key_jwt source={source}"));
        let (header, claims) = assertion(&world);
        assert_eq!(header["kid"], "signer-1", "{name}");
        assert_eq!(claims["sub"], "signer", "{name}");
    }
    assert_eq!(world.token_requests(), 2);
}

#[test]
fn a_private_key_of_the_environment_wins_over_its_file_and_over_the_profile() {
    let world = World::without_profile();
    let other = EcKey::generate(&world.env.canaries);
    let text = world.profile("signer", "");
    let foreign = world.env.secret_file("home/other.pem", other.pem());
    let foreign = foreign.to_str().unwrap();
    let misled = text.replace("signer.pem", "other.pem");
    world.env.config(&misled);
    // The key of the profile is not the one that the server knows.
    world.cmd(&["token", "get"]).run().expect(5);
    let file = world.env.text("home/signer.pem");
    let pem = world.key.pem().to_owned();
    get(&world, &[("CC_JWT_PRIVATE_KEY_FILE", &file)], &[]);
    let both = [
        ("CC_JWT_PRIVATE_KEY", pem.as_str()),
        ("CC_JWT_PRIVATE_KEY_FILE", foreign),
    ];
    get(&world, &both, &[]);
}

#[test]
fn the_audience_comes_from_the_flag_else_the_environment_else_the_profile() {
    let world = generous();
    let line = "audience = [\"urn:of:profile\", \"urn:second\"]";
    world.env.config(&world.profile("basic", line));
    let variable = ("CC_AUDIENCE", "urn:of:environment urn:third");
    let flag = ["--audience", "urn:of:flag"];
    for (variables, args, sent) in [
        (&[][..], &[][..], &["urn:of:profile", "urn:second"][..]),
        (&[variable], &[], &["urn:of:environment", "urn:third"]),
        (&[variable], &flag, &["urn:of:flag"]),
    ] {
        get(&world, variables, args);
        assert_eq!(world.front.last("/token").params("audience"), sent);
    }
    world.env.config(&world.profile("basic", ""));
    get(&world, &[], &[]);
    let request = world.front.last("/token");
    assert_eq!(
        request.params("audience"),
        [""; 0],
        "not sent where none is configured"
    );
}

#[test]
fn scope_and_resource_come_from_the_flag_else_the_environment_else_the_profile() {
    let world = generous();
    world.env.config(&world.profile("basic", ""));
    let variables = [("CC_SCOPES", "b c"), ("CC_RESOURCE", "urn:b urn:c")];
    let flags = ["--scope", "d", "--resource", "urn:d"];
    for (variables, args, scope, resource) in [
        (&[][..], &[][..], "api.read", &[RESOURCE][..]),
        (&variables, &[], "b c", &["urn:b", "urn:c"]),
        (&variables, &flags, "d", &["urn:d"]),
    ] {
        get(&world, variables, args);
        let request = world.front.last("/token");
        assert_eq!(request.param("scope").as_deref(), Some(scope));
        assert_eq!(request.params("resource"), resource);
    }
}

#[test]
fn further_headers_and_parameters_are_sent_with_the_token_request_alone() {
    let world = generous();
    let tables = "[profiles.billing.params]\ntenant = \"north & south\"\n\
                  [profiles.billing.headers]\nX-Correlation-Source = \"billing\"\n";
    let text = format!("{}{tables}", world.profile("basic", ""));
    world.env.config(&text);
    get(&world, &[], &[]);
    let request = world.front.last("/token");
    assert_eq!(request.param("tenant").as_deref(), Some("north & south"));
    assert_eq!(request.header("x-correlation-source"), Some("billing"));
    assert_eq!(
        request.param("grant_type").as_deref(),
        Some("client_credentials")
    );
    // The metadata is public, and a configured header may be a vendor's key.
    let metadata = world.front.last(METADATA);
    assert_eq!(metadata.header("x-correlation-source"), None);
    assert_eq!(metadata.target, METADATA);
}

#[test]
fn client_36_the_client_id_stands_beside_an_assertion_where_it_is_configured() {
    let world = generous();
    for (line, sent) in [
        ("", None),
        ("send_client_id = false", None),
        ("send_client_id = true", Some("signer")),
    ] {
        world.env.config(&world.profile("signer", line));
        get(&world, &[], &[]);
        let request = world.front.last("/token");
        assert_eq!(request.param("client_id").as_deref(), sent, "{line}");
        assert!(request.param("client_assertion").is_some());
    }
}

#[test]
fn client_28_basic_is_encoded_unless_it_is_raw() {
    let world = generous();
    // It has each of `: % + /`.
    let secret = random_secret(&world.env.canaries);
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    assert_ne!(secret, encoded);
    for (line, sent) in [
        ("", &encoded),
        ("basic_encoding = \"form\"", &encoded),
        ("basic_encoding = \"raw\"", &secret),
    ] {
        world.env.config(&world.profile("basic", line));
        get(&world, &[("CC_CLIENT_SECRET", &secret)], &[]);
        let request = world.front.last("/token");
        let value = request.header("authorization").unwrap();
        let pair = STANDARD.decode(value.strip_prefix("Basic ").unwrap());
        let pair = String::from_utf8(pair.unwrap()).unwrap();
        assert_eq!(pair, format!("basic:{sent}"), "{line}");
    }
}

/// The profile of the client `signer` with further lines in its table `assertion`.
fn with_assertion(world: &World, lines: &str) {
    let table = "[profiles.billing.assertion]\n";
    let text = world.profile("signer", "");
    assert!(text.contains(table));
    world
        .env
        .config(&text.replace(table, &format!("{table}{lines}\n")));
}

#[test]
fn client_32_the_type_of_the_assertion_is_the_configured_one() {
    let world = generous();
    for (line, typ) in [
        ("", json!("client-authentication+jwt")),
        ("typ = \"JWT\"", json!("JWT")),
        ("typ = \"none\"", Value::Null),
    ] {
        with_assertion(&world, line);
        get(&world, &[], &[]);
        let (header, _) = assertion(&world);
        assert_eq!(header["typ"], typ, "{line}");
        assert_eq!(header.get("typ").is_some(), !typ.is_null(), "{line}");
    }
}

#[test]
fn client_31_the_audience_of_the_assertion_is_the_configured_one() {
    let world = generous();
    let issuer = world.front.url();
    for (line, audience) in [
        ("", issuer.clone()),
        ("audience = \"issuer\"", issuer.clone()),
        ("audience = \"token_endpoint\"", format!("{issuer}/token")),
        ("audience = \"urn:the:server\"", "urn:the:server".to_owned()),
    ] {
        with_assertion(&world, line);
        get(&world, &[], &[]);
        assert_eq!(assertion(&world).1["aud"], json!(audience), "{line}");
    }
}

#[test]
fn client_33_an_assertion_lives_as_long_as_configured() {
    let world = generous();
    for (line, seconds) in [("", 60), ("lifetime = \"25s\"", 25)] {
        with_assertion(&world, line);
        get(&world, &[], &[]);
        let (_, claims) = assertion(&world);
        let time = |name: &str| claims[name].as_i64().unwrap();
        assert_eq!(time("exp") - time("iat"), seconds, "{line}");
    }
}

#[test]
fn client_34_the_algorithm_comes_from_the_environment_else_the_profile() {
    let world = generous();
    let secret = random_secret(&world.env.canaries);
    // HS512 needs a secret of 64 bytes (client requirement 35).
    let secret = format!("{secret}{secret}");
    let text = world.profile("hmac", "");
    let table = "[profiles.billing.assertion]\nalg = \"HS384\"\n";
    let secret = ("CC_CLIENT_SECRET", secret.as_str());
    let variable = ("CC_JWT_SIGNING_ALG", "HS512");
    for (text, variables, alg) in [
        (text.clone(), &[secret][..], "HS256"),
        (format!("{text}{table}"), &[secret], "HS384"),
        (format!("{text}{table}"), &[secret, variable], "HS512"),
    ] {
        world.env.config(&text);
        get(&world, variables, &[]);
        assert_eq!(assertion(&world).0["alg"], alg);
    }
}

/// The server knows the root alone, so it can only accept what comes with the intermediate.
#[test]
fn client_38_the_certificates_between_the_client_and_its_authority_are_presented() {
    let scene = Scene::new();
    let canaries = &scene.world.env.canaries;
    let between = scene.ca.below("Intermediate CA");
    let client = between.certify(canaries, 2120);
    client.install(&scene.world);
    scene.get(&[]).expect(6).says("certificate");
    let chain = format!("{}{}", client.cert, between.pem());
    scene.world.env.write("home/client.pem", 0o644, &chain);
    scene.get(&[]).success();
    assert_eq!(scene.shown("/token"), client.thumbprint);
}

/// For a server whose clock is behind: the assertion was issued earlier, and ends when it would have ended.
#[test]
fn an_assertion_is_backdated_as_configured() {
    let world = generous();
    // A slow machine takes a while between the two readings of the clock.
    for (line, issued, ends) in [
        ("", 0..30, 60..90),
        ("backdate = \"4m\"", -240..-210, 60..90),
    ] {
        with_assertion(&world, line);
        let before = now();
        get(&world, &[], &[]);
        let (_, claims) = assertion(&world);
        let time = |name: &str| claims[name].as_i64().unwrap() - before;
        assert!(issued.contains(&time("iat")), "{line}: {}", time("iat"));
        assert!(ends.contains(&time("exp")), "{line}: {}", time("exp"));
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}
