#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod certificates;
mod hostile;
mod keys;
mod metadata;
mod rotation;
mod sets;
mod tokens;

use super::{Severity, Validation, validate};
use jeton_oauth::{Algorithm, Jwk, PrivateKey, base64url, json};
use serde_json::{Value, json};

/// A moment in 2026.
const NOW: i64 = 1_795_221_033;

fn validated(keys: &[Value]) -> Validation {
    let text = json!({ "keys": keys }).to_string();
    validate(&json::parse_object(text.as_bytes()).unwrap(), NOW).unwrap()
}

/// The public half of a new key, with everything that a good key has.
fn good(alg: Algorithm, kid: &str) -> Value {
    public(&PrivateKey::generate(alg).unwrap(), alg, kid)
}

fn public(key: &PrivateKey, alg: Algorithm, kid: &str) -> Value {
    let jwk = Jwk {
        kid: Some(kid.to_owned()),
        alg: Some(alg.as_str().to_owned()),
        use_: Some("sig".to_owned()),
        ..key.public_jwk()
    };
    serde_json::to_value(jwk).unwrap()
}

/// The key with members set, or removed where the value is null.
fn with(key: &Value, members: &Value) -> Value {
    let mut key = key.clone();
    for (name, value) in members.as_object().unwrap() {
        if value.is_null() {
            key.as_object_mut().unwrap().remove(name);
        } else {
            key[name] = value.clone();
        }
    }
    key
}

/// Codes and levels of the first key's findings.
fn said(keys: &[Value]) -> Vec<(Severity, &'static str)> {
    said_of(&validated(keys), 0)
}

fn said_of(validation: &Validation, index: usize) -> Vec<(Severity, &'static str)> {
    let findings = validation.keys[index].findings.iter();
    findings
        .map(|finding| (finding.severity, finding.code))
        .collect()
}

/// What is said of the set.
fn said_of_set(validation: &Validation) -> Vec<(Severity, &'static str)> {
    let findings = validation.findings.iter();
    findings
        .map(|finding| (finding.severity, finding.code))
        .collect()
}

fn number(key: &Value, name: &str) -> Vec<u8> {
    base64url::decode(key[name].as_str().unwrap()).unwrap()
}
