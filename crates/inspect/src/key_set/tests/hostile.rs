//! Any document can be validated in bounded time, and no secret of it is shown.

use super::*;
use crate::key_set::{algorithms, candidates, rotation};
use jeton_oauth::Metadata;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const NAMES: [&str; 24] = [
    "kty",
    "kid",
    "alg",
    "use",
    "key_ops",
    "crv",
    "x",
    "y",
    "n",
    "e",
    "d",
    "k",
    "p",
    "x5c",
    "x5t",
    "x5t#S256",
    "x5u",
    "keys",
    "oth",
    "pub",
    "priv",
    "issuer",
    "id_token_signing_alg_values_supported",
    "",
];
const TEXTS: [&str; 24] = [
    "RSA",
    "EC",
    "OKP",
    "oct",
    "AKP",
    "P-256",
    "P-384",
    "P-521",
    "Ed25519",
    "X25519",
    "Ed448",
    "secp256k1",
    "sig",
    "enc",
    "verify",
    "ES256",
    "HS256",
    "none",
    "RSA-OAEP",
    "AQAB",
    "AA",
    "////",
    "\u{1b}[2J\u{202e}",
    "",
];

fn arbitrary() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        proptest::sample::select(&TEXTS[..]).prop_map(Value::from),
        proptest::collection::vec(any::<u8>(), 0..300)
            .prop_map(|bytes| base64url::encode(bytes).into()),
        "\\PC{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 40, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::hash_map(proptest::sample::select(&NAMES[..]), inner, 0..12)
                .prop_map(|members| members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_validated(keys in proptest::collection::vec(arbitrary(), 0..6), whole in arbitrary(), now in any::<i64>()) {
        let mut document = whole.as_object().cloned().unwrap_or_default();
        let _ = validate(&document, now);
        document.insert("keys".to_owned(), keys.clone().into());
        let validation = validate(&document, now).unwrap();
        prop_assert_eq!(validation.keys.len(), keys.len());
        let _ = candidates::of_token("eyJhbGciOiJFUzI1NiJ9.e30.AAAA", &validation).unwrap();
        let seen = rotation::seen(&validation);
        prop_assert!(rotation::compare(&seen, &seen).is_empty());
        document.insert("issuer".to_owned(), "x".into());
        let text = Value::Object(document).to_string();
        if let Ok(metadata) = Metadata::parse(text.as_bytes()) {
            let _ = algorithms::compare(&metadata, &validation);
        }
    }

    #[test]
    fn any_numbers_make_a_key_or_a_finding(n in proptest::collection::vec(any::<u8>(), 0..300), e in proptest::collection::vec(any::<u8>(), 0..6)) {
        let key = json!({ "kty": "RSA", "alg": "RS256", "kid": "a", "n": base64url::encode(n), "e": base64url::encode(e) });
        let validation = validated(&[key]);
        let key = &validation.keys[0];
        prop_assert!(key.verifies_signatures() || key.worst() == Severity::Fail);
    }
}

/// A mebibyte of the shortest keys, of the most costly ones, and of the same one: seconds even without optimisation.
#[test]
fn the_largest_documents_are_validated_in_bounded_time() {
    let rsa = good(Algorithm::RS256, "x");
    let ed = good(Algorithm::EdDSA, "x");
    let mut modulus = number(&rsa, "n");
    let rsa_keys = (0..2_000_u32).map(|at| {
        modulus[100..104].copy_from_slice(&at.to_be_bytes());
        with(
            &rsa,
            &json!({ "kid": at.to_string(), "n": base64url::encode(&modulus) }),
        )
    });
    let started = Instant::now();
    for keys in [
        rsa_keys.collect::<Vec<_>>(),
        (0..8_000)
            .map(|at| with(&ed, &json!({ "kid": at.to_string() })))
            .collect(),
        vec![json!({}); 90_000],
        vec![json!({ "kty": "oct" }); 45_000],
    ] {
        let validation = validated(&keys);
        let seen = rotation::seen(&validation);
        let _ = rotation::compare(&seen, &[]);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(60), "{took:?}");
}
