//! A token that is not what was requested: it is handed out with a warning, from the server and from the cache.

use crate::support::keys::EcKey;
use crate::support::world::{RESOURCE, World};
use crate::support::{Answer, Fault};
use serde_json::{Value, json};

/// A world whose server issues a JWT with these claims, and these further members in the response.
fn granting(claims: &Value, members: &Value) -> World {
    let world = World::new();
    let key = EcKey::generate(&world.env.canaries);
    let token = key.jwt(&json!({ "alg": "ES256", "typ": "at+jwt" }), claims);
    let mut body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 600 });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    let answer = Answer::json(200, &body.to_string());
    world.front.always("/token", Fault::Answer(answer));
    world
}

fn warnings(world: &World) -> Vec<String> {
    let run = world.cmd(&["token", "get", "--json"]).run().success();
    let warnings = run.json()["warnings"].clone();
    let warnings: Vec<String> = serde_json::from_value(warnings).unwrap();
    for warning in &warnings {
        // In the log too, where quotes are escaped.
        run_says(&run.stderr, warning);
    }
    warnings
}

#[track_caller]
fn run_says(stderr: &str, warning: &str) {
    let found = stderr
        .lines()
        .any(|line| line.contains("[WARN]") && line.contains(warning));
    assert!(found, "{warning}\n{stderr}");
}

#[test]
fn another_audience_is_warned_of() {
    let world = granting(&json!({ "aud": "https://other.example.com" }), &json!({}));
    let expected = format!(
        "the token is for https://other.example.com, and {RESOURCE} was requested: a resource server may refuse it"
    );
    // From the server, then from the cache.
    assert_eq!(warnings(&world), std::slice::from_ref(&expected));
    assert_eq!(warnings(&world), [expected]);
    assert_eq!(world.token_requests(), 1);
    let run = world.cmd(&["token", "get"]).run().success();
    run.shows("Warning").shows("https://other.example.com");
}

#[test]
fn an_audience_among_others_is_no_surprise() {
    let world = granting(
        &json!({ "aud": ["https://other.example.com", RESOURCE] }),
        &json!({}),
    );
    assert_eq!(warnings(&world), [""; 0]);
    // A token that does not say for whom it is.
    let world = granting(&json!({ "sub": "x" }), &json!({}));
    assert_eq!(warnings(&world), [""; 0]);
}

#[test]
fn an_audience_that_was_requested_by_its_parameter_counts_too() {
    let world = granting(&json!({ "aud": RESOURCE }), &json!({}));
    let run = world
        .cmd(&["token", "get", "--json", "--audience", "billing-api"])
        .run();
    let warnings = run.success().json()["warnings"].to_string();
    assert!(warnings.contains("billing-api was requested"), "{warnings}");
}

#[test]
fn a_narrower_scope_is_warned_of_wherever_the_server_says_it() {
    let expected = "the token has the scope \"api.read\", and \"api.read api.write\" was requested";
    let claims = json!({ "aud": RESOURCE });
    for (own, members) in [
        (json!(null), json!({ "scope": "api.read" })),
        (json!("api.read"), json!({})),
        (json!(["api.read"]), json!({})),
    ] {
        let mut claims = claims.clone();
        if !own.is_null() {
            claims["scope"] = own;
        }
        let world = granting(&claims, &members);
        for _ in 0..2 {
            let line = ["token", "get", "--json", "--scope", "api.read api.write"];
            let run = world.cmd(&line).run().success();
            assert_eq!(run.json()["warnings"], json!([expected]), "{run}");
            assert_eq!(run.json()["scope"], "api.read");
        }
        let line = [
            "token",
            "get",
            "--scope",
            "api.read api.write",
            "--require-scope",
            "api.write",
        ];
        world.cmd(&line).run().expect(8);
    }
}
