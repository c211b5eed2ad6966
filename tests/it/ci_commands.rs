//! Security, client 14: what a hostile server says reaches no stream as a command of a CI runner, an escape sequence or a
//! line that it starts. [`crate::support::Run`] checks that for every run; here every field that a server controls is hostile.

use crate::support::keys::EcKey;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use serde_json::{Value, json};

const METADATA: &str = "/.well-known/oauth-authorization-server";
const EVIL: &str = "\n::set-output name=a::b\n##vso[task.setvariable variable=a]b\r\n##[group]g \
                    \u{1b}]0;t\u{7}\u{1b}[2J\u{202e}\u{2028}::error::c";
/// The same as far as a header or a token may carry it.
const EVIL_LINE: &str = "::set-output name=a::b##vso[task.setvariable variable=a]b##[group]g";

/// A token that a runner would execute, and that shares no part with the rest.
const OPAQUE: &str = "::stop-commands::q7ZzYxWv##vso[build.q]";

/// A world where each text of each response is hostile, and a token whose every claim is.
struct Hostile {
    world: World,
    token: String,
}

fn hostile() -> Hostile {
    let world = World::new();
    let url = world.front.url();
    let key = EcKey::generate(&world.env.canaries);
    let header = json!({ "alg": "ES256", "typ": EVIL, "kid": EVIL, "x": EVIL, EVIL: EVIL });
    let claims = json!({
        "iss": EVIL, "aud": [EVIL, "x"], "sub": EVIL, "scope": EVIL, "exp": 4_000_000_000_i64, EVIL: EVIL,
        "act": { "sub": EVIL, "act": { "sub": EVIL } }, "cnf": { "jkt": EVIL },
        "authorization_details": [{ "type": EVIL, EVIL: [EVIL] }], "nested": { EVIL: [EVIL] },
    });
    let token = key.jwt(&header, &claims);
    let mut jwk = key.public_jwk(EVIL);
    jwk["use"] = json!(EVIL);
    jwk["alg"] = json!(EVIL);
    jwk["key_ops"] = json!([EVIL]);
    jwk[EVIL] = json!(EVIL);
    let set = json!({ "keys": [jwk, { "kty": EVIL, "kid": EVIL }, { EVIL: EVIL }], EVIL: EVIL });
    let json_answer = |status, body: &Value| {
        let answer = Answer::json(status, &body.to_string());
        Fault::Answer(
            answer
                .header("x-evil", EVIL_LINE)
                .header("cache-control", EVIL_LINE),
        )
    };
    let metadata = json!({
        "issuer": url, "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/jwks.json"),
        "introspection_endpoint": format!("{url}/introspect"), "revocation_endpoint": format!("{url}/revoke"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", EVIL],
        "scopes_supported": [EVIL], "service_documentation": EVIL, EVIL: EVIL,
    });
    world.front.always(METADATA, json_answer(200, &metadata));
    world.front.always("/jwks.json", json_answer(200, &set));
    let introspected = json!({ "active": true, "sub": EVIL, EVIL: EVIL, "nested": { EVIL: EVIL } });
    world
        .front
        .always("/introspect", json_answer(200, &introspected));
    let refused =
        json!({ "error": "invalid_request", "error_description": EVIL, "error_uri": EVIL });
    world.front.always("/revoke", json_answer(400, &refused));
    Hostile { world, token }
}

/// What the token endpoint says.
fn responses(token: &str) -> Vec<(&'static str, Answer)> {
    let refusal = |status, code: &str| {
        let body =
            json!({ "error": code, "error_description": EVIL, "error_uri": EVIL, EVIL: EVIL });
        Answer::json(status, &body.to_string())
    };
    let issued = |body: Value| Answer::json(200, &body.to_string());
    vec![
        (
            "refused",
            refusal(400, "invalid_scope").header("www-authenticate", EVIL_LINE),
        ),
        ("refused client", refusal(401, "invalid_client")),
        ("unknown code", refusal(400, EVIL)),
        ("failing", refusal(500, EVIL)),
        (
            "page",
            Answer::new(502, "text/html", format!("<p>{EVIL}</p>").into_bytes()),
        ),
        (
            "type",
            Answer::new(200, EVIL_LINE, EVIL.as_bytes().to_vec()),
        ),
        (
            "redirect",
            Answer::redirect(302, &format!("https://x/{EVIL_LINE}")),
        ),
        (
            "token",
            issued(json!({
                "access_token": token, "token_type": "Bearer", "expires_in": 600, "scope": EVIL, EVIL: EVIL,
                "resource": [EVIL], "refresh_token": EVIL,
            })),
        ),
        (
            "token type",
            issued(json!({ "access_token": token, "token_type": EVIL })),
        ),
        (
            "opaque",
            issued(json!({ "access_token": OPAQUE, "token_type": "Bearer", "expires_in": 600 })),
        ),
    ]
}

/// Each of these in each form; the rules of every run are the test.
#[test]
fn client_14_no_field_of_a_server_is_a_command() {
    let Hostile { world, token } = hostile();
    let file = world.env.write("work/token", 0o600, &token);
    world.env.holds_secret("work/token");
    let at = format!("@{}", file.display());
    let plain: [&[&str]; 8] = [
        &["token", "decode", &at],
        &["token", "verify", "-p", "billing", &at],
        &["token", "verify", "-p", "billing", "--signature-only", &at],
        &["token", "introspect", "-p", "billing", &at],
        &["token", "revoke", "-p", "billing", &at],
        &["jwks", "test", "-p", "billing"],
        &["jwks", "test", "-p", "billing", "--token", &at],
        &["config", "show"],
    ];
    for line in plain {
        in_every_form(&world, line);
    }
}

#[test]
fn client_14_no_response_of_the_token_endpoint_is_a_command() {
    for at in 0..responses("").len() {
        let Hostile { world, token } = hostile();
        let (name, answer) = responses(&token).swap_remove(at);
        world.front.always("/token", Fault::Answer(answer));
        let lines: [&[&str]; 9] = [
            &["token", "get", "--fresh"],
            &["token", "get", "-o", "raw"],
            &["token", "get", "-o", "header"],
            &["token", "get", "-o", "credential"],
            &["token", "get", "--reveal"],
            &["export", "env"],
            &["export", "env", "--format", "json"],
            &["cache", "list"],
            &["auth", "status"],
        ];
        for line in lines {
            let run = world.cmd(line).reveals_token().judges().run();
            assert_ne!(run.code, 1, "{name}\n{run}");
        }
        in_every_form(&world, &["token", "get", "--fresh"]);
        world
            .cmd(&["doctor", "--bundle", "bundle", "--json"])
            .judges()
            .run();
        for file in world.env.files_below("work/bundle") {
            let text = std::fs::read_to_string(&file).unwrap();
            let command = text.lines().find(|line| {
                line.trim_start().starts_with("::")
                    || line.contains("##[")
                    || line.contains("##vso[")
            });
            assert_eq!(command, None, "{name}: {}", file.display());
        }
    }
}

fn in_every_form(world: &World, line: &[&str]) {
    for more in [
        &["-vv"][..],
        &["--json", "-vv"],
        &["-vv", "--log-format", "json"],
    ] {
        let run = world.cmd(&[line, more].concat()).judges().run();
        assert_ne!(run.code, 1, "{run}");
    }
}

/// The document stays the same, so a program reads what the server said.
#[test]
fn client_14_json_keeps_what_was_said() {
    let Hostile { world, token } = hostile();
    let run: Run = world
        .cmd(&["token", "decode", "-", "--json"])
        .stdin(&token)
        .run();
    let run = run.success();
    assert_eq!(run.json()["claims"]["sub"], EVIL, "{run}");
    assert!(run.stdout.contains("\\u0023#vso["), "{run}");
}

#[test]
fn client_14_what_is_typed_comes_back_broken() {
    let world = World::new();
    for line in [
        &["token", EVIL][..],
        &["token", "get", "-p", EVIL],
        &["token", "get", "-o", EVIL],
        &["token", "get", "--min-ttl", EVIL],
        &["token", "decode", &format!("@{EVIL}")],
        &["token", "get", "--config", EVIL],
        &["jwks", "test", EVIL],
    ] {
        world.cmd(line).run();
        world.cmd(&[line, &["--json"]].concat()).run();
    }
}
