//! Key sets: ten thousand keys, keys that are none, texts that are meant for a terminal.

use crate::support::front::Front;
use crate::support::keys::EcKey;
use crate::support::{Answer, Fault, TestEnv};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Ten thousand keys, just below 1 MiB: all are Ed25519 keys, since no other kind is as short.
fn ten_thousand() -> String {
    let keys: Vec<Value> = (0..10_000_u32)
        .map(|n| {
            let x: [u8; 32] = std::array::from_fn(|at| n.to_be_bytes()[at % 4] ^ at as u8);
            json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(x), "kid": n.to_string() })
        })
        .collect();
    let set = json!({ "keys": keys }).to_string();
    assert!(set.len() < 1 << 20, "{}", set.len());
    set
}

/// The same with one `kid` for all: each key would have to be tried.
fn all_alike() -> String {
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode([9; 32]), "kid": "k1" });
    json!({ "keys": vec![key; 10_000] }).to_string()
}

/// Nothing in it is a key, and there are more than are judged.
fn none_at_all() -> String {
    json!({ "keys": vec![json!({}); 90_000] }).to_string()
}

fn token(env: &TestEnv) -> String {
    let key = EcKey::generate(&env.canaries);
    key.jwt(&json!({ "alg": "EdDSA", "kid": "k1" }), &json!({}))
}

#[test]
fn ten_thousand_keys_in_a_file() {
    let env = TestEnv::new();
    let token = token(&env);
    for set in [ten_thousand(), all_alike(), none_at_all()] {
        env.write("work/keys.json", 0o600, &set);
        let line = ["token", "verify", "--jwks", "keys.json", "-"];
        env.cmd(&line).bounded().stdin(&token).run().expect(8);
        let line = ["jwks", "test", "keys.json", "--token", "-"];
        for format in ["panel", "json"] {
            let line = [&line[..], &["-o", format]].concat();
            let run = env.cmd(&line).judges().bounded().stdin(&token).run();
            run.expect(8);
        }
    }
}

#[test]
fn ten_thousand_keys_from_a_server() {
    let env = TestEnv::new();
    let token = token(&env);
    let front = Front::start(&env.canaries);
    let url = format!("{}/keys", front.url());
    front.always("/keys", Fault::Answer(Answer::json(200, &ten_thousand())));
    let line = ["token", "verify", "--jwks", &url, "-"];
    env.cmd(&line).bounded().stdin(&token).run().expect(8);
    // Now from the cache.
    env.cmd(&line).bounded().stdin(&token).run().expect(8);
    env.cmd(&["jwks", "test", &url]).judges().bounded().run();
    assert_eq!(front.count("/keys"), 3);
}

#[test]
fn a_set_of_more_than_one_mebibyte_is_refused() {
    let env = TestEnv::new();
    let token = token(&env);
    env.write(
        "work/keys.json",
        0o600,
        &json!({ "keys": vec![json!({ "kty": "oct" }); 100_000] }).to_string(),
    );
    let line = ["token", "verify", "--jwks", "keys.json", "-"];
    env.cmd(&line)
        .bounded()
        .stdin(&token)
        .run()
        .expect(2)
        .says("1 MiB");
    env.cmd(&["jwks", "test", "keys.json"])
        .bounded()
        .run()
        .expect(8)
        .says("1 MiB");
}

#[test]
fn security_client_10_texts_of_keys_are_cleaned() {
    let env = TestEnv::new();
    let hostile = "\u{1b}[2J\u{202e}\u{9b}31m\0x";
    let key = json!({
        "kty": hostile, "kid": hostile, "use": hostile, "alg": hostile, "crv": hostile, "x": hostile, hostile: hostile,
        "key_ops": [hostile], "x5c": [hostile], "x5u": hostile,
    });
    env.write(
        "work/keys.json",
        0o600,
        &json!({ "keys": [key], hostile: hostile }).to_string(),
    );
    for format in ["panel", "json"] {
        env.cmd(&["jwks", "test", "keys.json", "-o", format])
            .judges()
            .bounded()
            .run();
        let line = ["token", "verify", "--jwks", "keys.json", "-o", format, "-"];
        env.cmd(&line).bounded().stdin(token(&env)).run().expect(8);
    }
}
