//! Defects of several keys together.

use super::Severity::{Fail, Note, Warn};
use super::*;
use jeton_oauth::base64url::encode;
use num_bigint::BigUint;

#[test]
fn no_array_keys_is_no_set() {
    for text in ["{}", r#"{"keys":{}}"#, r#"{"keys":null}"#] {
        assert!(validate(&json::parse_object(text.as_bytes()).unwrap(), NOW).is_none());
    }
}

#[test]
fn an_empty_set_and_one_without_a_signature_key() {
    assert_eq!(said_of_set(&validated(&[])), [(Fail, "set.empty")]);
    let enc = with(
        &good(Algorithm::RS256, "a"),
        &json!({ "use": "enc", "alg": null }),
    );
    assert_eq!(
        said_of_set(&validated(&[enc])),
        [(Fail, "set.no_signature_key")]
    );
}

#[test]
fn client_66_duplicate_and_missing_kid() {
    let (a, b) = (
        good(Algorithm::ES256, "same"),
        good(Algorithm::ES256, "same"),
    );
    let both = validated(&[a.clone(), b]);
    assert_eq!(said_of(&both, 0), [(Fail, "kid.duplicate")]);
    assert_eq!(said_of(&both, 1), [(Fail, "kid.duplicate")]);
    let kinds = validated(&[a.clone(), good(Algorithm::EdDSA, "same")]);
    assert_eq!(said_of(&kinds, 0), [(Warn, "kid.duplicate")]);
    let nameless = with(&a, &json!({ "kid": null }));
    assert_eq!(
        said(std::slice::from_ref(&nameless)),
        [(Note, "kid.missing")]
    );
    let two = validated(&[nameless, good(Algorithm::ES256, "other")]);
    assert_eq!(said_of(&two, 0), [(Warn, "kid.missing")]);
}

#[test]
fn one_key_under_two_names() {
    let key = good(Algorithm::RS256, "a");
    let other = with(&key, &json!({ "kid": "b", "alg": "PS256" }));
    let validation = validated(&[key, other]);
    assert_eq!(said_of(&validation, 0), [(Warn, "key.duplicate")]);
    assert_eq!(said_of(&validation, 1), [(Warn, "key.duplicate")]);
}

#[test]
fn client_66_moduli_that_share_a_prime_or_everything() {
    let keys: Vec<Value> = ["a", "b", "c"]
        .into_iter()
        .map(|kid| good(Algorithm::RS256, kid))
        .collect();
    let n = |at: usize| BigUint::from_bytes_be(&number(&keys[at], "n"));
    let product = |at: usize, by: usize| {
        let n = (n(at) * n(by)).to_bytes_be();
        with(&keys[by], &json!({ "n": encode(n) }))
    };
    let validation = validated(&[
        product(0, 1),
        product(0, 2),
        good(Algorithm::RS256, "alone"),
    ]);
    assert_eq!(said_of(&validation, 0), [(Fail, "rsa.shared_prime")]);
    assert_eq!(said_of(&validation, 1), [(Fail, "rsa.shared_prime")]);
    assert!(
        validation.keys[0].findings[0].what.contains("\"c\""),
        "{validation:?}"
    );
    assert_eq!(said_of(&validation, 2), []);

    let same = with(&keys[0], &json!({ "kid": "e", "e": encode([1, 0, 3]) }));
    let validation = validated(&[keys[0].clone(), same]);
    assert_eq!(said_of(&validation, 0), [(Fail, "rsa.shared_modulus")]);
}

#[test]
fn many_keys_are_said_and_what_is_not_searched_too() {
    let rsa = good(Algorithm::RS256, "x");
    let keys: Vec<Value> = (0..120)
        .map(|at| with(&rsa, &json!({ "kid": format!("k{at}") })))
        .collect();
    let validation = validated(&keys);
    assert!(said_of_set(&validation).contains(&(Warn, "set.many")));
    assert!(
        validation
            .unchecked
            .iter()
            .any(|text| text.contains("20 of 120")),
        "{:?}",
        validation.unchecked
    );
}
