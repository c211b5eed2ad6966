//! `jeton jwks test`: every fault of a key set, served by a real server and named by the command.

use crate::support::certificates::{self, Dates};
use crate::support::keys::EcKey;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run, weak_rsa};
use serde_json::{Value, json};

const JWKS: &str = "/jwks.json";

/// A key with members added, or taken away where they are null.
fn with(key: &Value, more: &Value) -> Value {
    let mut key = key.clone();
    for (name, value) in more.as_object().unwrap() {
        match value {
            Value::Null => {
                key.as_object_mut().unwrap().remove(name);
            }
            other => key[name] = other.clone(),
        }
    }
    key
}

fn rsa(modulus: &str, kid: &str) -> Value {
    json!({ "kty": "RSA", "kid": kid, "alg": "RS256", "use": "sig", "n": modulus, "e": "AQAB" })
}

/// Judges a set that is fetched, as JSON and on the screen: the code is in the first, the words are on the second.
#[track_caller]
fn names(world: &World, keys: &[Value], code: &str, words: &str) {
    world.front.heal();
    let body = json!({ "keys": keys }).to_string();
    let answer = Answer::json(200, &body).header("cache-control", "max-age=600");
    world.front.always(JWKS, Fault::Answer(answer));
    let url = format!("{}{JWKS}", world.front.url());
    let run = |args: &[&str]| -> Run {
        let line = [&["jwks", "test", &url][..], args].concat();
        world.cmd(&line).judges().run()
    };
    let machine = run(&["--json"]);
    let json = machine.json();
    let exit = if json["verdict"] == "fail" { 8 } else { 0 };
    machine.expect(exit);
    let of_keys = json["keys"].as_array().unwrap().iter();
    let found: Vec<String> = of_keys
        .map(|key| &key["findings"])
        .chain([&json["findings"]])
        .flat_map(|list| list.as_array().unwrap())
        .map(|finding| format!("{} {}", finding["level"], finding["code"]).replace('"', ""))
        .collect();
    assert!(
        found.contains(&code.to_owned()),
        "{code}: {found:?}\n{keys:#?}"
    );
    run(&[]).expect(exit).shows(words);
}

#[test]
fn client_66_what_a_key_is_for() {
    let world = World::without_profile();
    let key = EcKey::generate(&world.env.canaries).public_jwk("a");
    let other = EcKey::generate(&world.env.canaries).public_jwk("a");
    for (set, code, words) in [
        (
            vec![with(&key, &json!({ "alg": "RS256" }))],
            "fail alg.conflict",
            "cannot do",
        ),
        (
            vec![with(&key, &json!({ "alg": "ES257" }))],
            "note alg.unknown",
            "ES257",
        ),
        (
            vec![with(&key, &json!({ "use": "enc" }))],
            "fail alg.conflict",
            "say encryption",
        ),
        (
            vec![with(&key, &json!({ "key_ops": ["encrypt"], "alg": null }))],
            "fail use.conflict",
            "key_ops",
        ),
        (
            vec![with(
                &key,
                &json!({ "use": null, "key_ops": ["sign", "verify"] }),
            )],
            "warn key_ops.private",
            "sign",
        ),
        (
            vec![with(&key, &json!({ "kid": null })), other.clone()],
            "warn kid.missing",
            "kid",
        ),
        (
            vec![key.clone(), other.clone()],
            "fail kid.duplicate",
            "same kid",
        ),
        (
            vec![key.clone(), key.clone()],
            "warn key.duplicate",
            "appears 2 times",
        ),
        (
            vec![with(&key, &json!({ "kty": "XX" })), other.clone()],
            "note kty.unknown",
            "XX",
        ),
        (
            vec![with(&key, &json!({ "crv": "P-999" })), other.clone()],
            "note crv.unknown",
            "P-999",
        ),
        (vec![], "fail set.empty", "has no key"),
    ] {
        names(&world, &set, code, words);
    }
}

#[test]
fn client_66_weak_and_broken_keys() {
    let world = World::without_profile();
    let key = EcKey::generate(&world.env.canaries).public_jwk("a");
    let strong = rsa(weak_rsa::SHARED, "r");
    let off = with(&key, &json!({ "y": key["x"] }));
    let short = with(&key, &json!({ "x": &key["x"].as_str().unwrap()[..40] }));
    for (set, code, words) in [
        (vec![rsa(weak_rsa::SHORT, "r")], "fail rsa.size", "1024"),
        (vec![rsa(weak_rsa::CHIP, "r")], "fail rsa.roca", "ROCA"),
        (
            vec![rsa(weak_rsa::CLOSE, "r")],
            "fail rsa.close_primes",
            "close",
        ),
        (
            vec![strong.clone(), rsa(weak_rsa::SHARED_TOO, "s")],
            "fail rsa.shared_prime",
            "prime in common",
        ),
        (
            vec![with(&strong, &json!({ "e": "AQ" }))],
            "fail rsa.exponent",
            "exponent",
        ),
        (
            vec![with(&strong, &json!({ "e": "Aw" }))],
            "warn rsa.exponent",
            "exponent",
        ),
        (vec![off], "fail ec.off_curve", "not on P-256"),
        (vec![short], "fail ec.coordinate", "bytes"),
    ] {
        names(&world, &set, code, words);
    }
}

#[test]
fn chains_of_certificates_against_key_and_time() {
    let world = World::without_profile();
    let chain = certificates::chain(Dates::Good);
    let foreign = certificates::chain(Dates::Good);
    let with_chain = |key: &Value, x5c: &[String]| with(key, &json!({ "x5c": x5c }));
    let mixed = [chain.x5c[0].clone(), foreign.x5c[1].clone()];
    for (set, code, words) in [
        (
            with_chain(&foreign.jwk, &chain.x5c),
            "fail x5c.other_key",
            "another key",
        ),
        (
            with_chain(&chain.jwk, &mixed),
            "warn x5c.chain",
            "is not signed by",
        ),
        (
            with(&chain.jwk, &json!({ "x5c": chain.x5c, "x5t#S256": "AAAA" })),
            "fail x5t_s256.mismatch",
            "thumbprint",
        ),
    ] {
        names(&world, &[set], code, words);
    }
    for (dates, code, words) in [
        (Dates::Over, "warn x5c.expired", "has expired"),
        (Dates::Future, "warn x5c.not_yet_valid", "not valid yet"),
        (Dates::EndsSoon, "note x5c.expires_soon", "ends in"),
    ] {
        let chain = certificates::chain(dates);
        names(&world, &[with_chain(&chain.jwk, &chain.x5c)], code, words);
    }
}

/// The picture: each certificate hangs from the one that it signs, with what is left of its life.
#[test]
fn a_chain_is_a_tree() {
    let world = World::without_profile();
    let chain = certificates::chain(Dates::Good);
    let set = json!({ "keys": [with(&chain.jwk, &json!({ "x5c": chain.x5c }))] }).to_string();
    world.env.write("work/set.json", 0o600, &set);
    let run = world.cmd(&["jwks", "test", "set.json"]).run().success();
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .skip_while(|line| *line != "Keys")
        .skip(1)
        .take(3)
        .collect();
    assert!(lines[0].starts_with("  1. chain"), "{run}");
    assert!(lines[1].starts_with("  └─ CN=leaf"), "{run}");
    assert!(lines[2].starts_with("     └─ CN=Test CA"), "{run}");
    let bars: Vec<_> = lines.iter().map(|line| line.find('▰')).collect();
    assert_eq!(bars[0], None, "{run}");
    let column = |line: &str| line.chars().position(|c| c == '▰');
    assert_eq!(column(lines[1]), column(lines[2]), "aligned\n{run}");
}

#[test]
fn algorithms_of_the_metadata_against_the_keys() {
    let world = World::without_profile();
    let key = EcKey::generate(&world.env.canaries).public_jwk("a");
    let issuer = world.front.url();
    let metadata = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}{JWKS}"),
        "introspection_signing_alg_values_supported": ["RS256", "ES384"],
    });
    world.front.always(
        "/.well-known/oauth-authorization-server",
        Fault::Answer(Answer::json(200, &metadata.to_string())),
    );
    let set = json!({ "keys": [key] }).to_string();
    world
        .front
        .always(JWKS, Fault::Answer(Answer::json(200, &set)));
    let run = world
        .cmd(&["jwks", "test", "--issuer", &issuer])
        .judges()
        .run();
    run.expect(8)
        .shows("RS256 for introspection")
        .shows("no key")
        .shows("announces");
}
