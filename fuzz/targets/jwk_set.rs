//! Key sets: read, turned into keys, and validated.
#![no_main]

use jeton_client::verify::KeySet;
use jeton_inspect::key_set::{algorithms, candidates, rotation, validate};
use jeton_oauth::{Algorithm, JwkSet, KeyError, Metadata, PrivateKey, VerifyingKey, json};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_800_000_000;
/// `{"alg":"ES256","kid":"1"}`, no claims, no true signature.
const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.e30.AAAA";

fuzz_target!(|document: &[u8]| {
    if let Ok(text) = std::str::from_utf8(document) {
        key(text);
    }
    let Ok(set) = JwkSet::parse(document) else {
        assert!(KeySet::parse(document).is_err());
        return;
    };
    assert!(KeySet::from(&set).len() <= set.keys.len());
    for jwk in &set.keys {
        let _ = jwk.thumbprint();
        if let Ok(key) = VerifyingKey::from_jwk(jwk) {
            use_key(&key);
        }
    }
    let object = json::parse_object(document).expect("it was read above");
    let validation = validate(&object, NOW).expect("it has keys");
    assert_eq!(validation.members, set.keys.len() + set.skipped.len());
    let _ = (validation.worst(), validation.verifying().count());
    let _ = candidates::of_token(TOKEN, &validation).expect("the token has the form of one");
    let _ = algorithms::compare(&Metadata::default(), &validation);
    let seen = rotation::seen(&validation);
    assert!(rotation::compare(&seen, &seen).is_empty());
});

/// A single key, public or private, as files have it.
fn key(text: &str) {
    if let Ok(key) = VerifyingKey::from_text(text) {
        use_key(&key);
    }
    if let Ok(key) = PrivateKey::from_text(text) {
        let alg = key.algorithms()[0];
        let signature = key.sign(alg, b"message").expect("it is a key");
        let public = VerifyingKey::from_jwk(&key.public_jwk()).expect("its own public half");
        assert_eq!(public.verify(alg, b"message", &signature), Ok(()));
    }
}

/// No signature of nothing holds, whatever the key.
fn use_key(key: &VerifyingKey) {
    assert!(!key.algorithms().is_empty());
    for alg in Algorithm::ALL {
        let verdict = key.verify(alg, b"message", &[1; 64]);
        if key.algorithms().contains(&alg) {
            assert_eq!(verdict, Err(KeyError::Signature));
        } else {
            assert_eq!(verdict, Err(KeyError::Algorithm(alg)));
        }
    }
}
