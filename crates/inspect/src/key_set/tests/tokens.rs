//! Which key verifies a token, and why the others do not.

use super::*;
use crate::key_set::candidates::{Matched, Outcome, of_token};
use jeton_oauth::jwt;

fn token(key: &PrivateKey, alg: Algorithm, kid: Option<&str>) -> String {
    jwt::sign("at+jwt", kid, &json!({ "exp": NOW + 60 }), alg, key).unwrap()
}

fn outcomes(matched: &Matched) -> Vec<Outcome> {
    matched
        .candidates
        .iter()
        .map(|candidate| candidate.outcome)
        .collect()
}

fn codes(matched: &Matched) -> Vec<&'static str> {
    matched
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn client_66_selection_by_kid_then_alg() {
    use Outcome::{AlgorithmDiffers, KidDiffers, NotForSignatures, Unusable, Verifies};
    let key = PrivateKey::generate(Algorithm::ES256).unwrap();
    let validation = validated(&[
        good(Algorithm::ES256, "other"),
        good(Algorithm::RS256, "rsa"),
        with(
            &good(Algorithm::RS256, "enc"),
            &json!({ "use": "enc", "alg": null }),
        ),
        with(&good(Algorithm::ES256, "broken"), &json!({ "x": "AA" })),
        public(&key, Algorithm::ES256, "mine"),
    ]);
    let matched = of_token(&token(&key, Algorithm::ES256, Some("mine")), &validation).unwrap();
    let expected = [
        KidDiffers,
        AlgorithmDiffers,
        NotForSignatures,
        Unusable,
        Verifies,
    ];
    assert_eq!(outcomes(&matched), expected);
    assert_eq!(matched.verified_by, Some(4));
    assert_eq!(matched.expires_at, Some(NOW + 60));
    assert_eq!(codes(&matched), ["token.verifies"]);
}

#[test]
fn why_no_key_verifies_it() {
    let key = PrivateKey::generate(Algorithm::ES256).unwrap();
    let set = validated(&[
        good(Algorithm::ES256, "a"),
        public(&key, Algorithm::ES256, "b"),
    ]);
    let stranger = PrivateKey::generate(Algorithm::ES256).unwrap();
    let by = |key: &PrivateKey, kid: Option<&str>| {
        of_token(&token(key, Algorithm::ES256, kid), &set).unwrap()
    };
    let wrong_name = by(&key, Some("a"));
    assert_eq!(codes(&wrong_name), ["token.other_kid"]);
    assert_eq!(
        outcomes(&wrong_name),
        [Outcome::SignatureDiffers, Outcome::Verifies]
    );
    assert_eq!(wrong_name.verified_by, None);
    assert_eq!(codes(&by(&stranger, Some("a"))), ["token.signature"]);
    assert_eq!(codes(&by(&stranger, Some("z"))), ["token.unknown_kid"]);
    assert_eq!(
        codes(&by(&stranger, None)),
        ["token.signature", "token.no_kid"]
    );
    assert_eq!(codes(&by(&key, None)), ["token.verifies", "token.no_kid"]);
}

#[test]
fn client_56_a_shared_secret_and_none_are_verified_by_no_public_key() {
    let set = validated(&[good(Algorithm::RS256, "a")]);
    for alg in ["HS256", "none", "nOnE"] {
        let header = base64url::encode(json!({ "alg": alg, "kid": "a" }).to_string());
        let matched = of_token(&format!("{header}.e30.AAAA"), &set).unwrap();
        assert_eq!(codes(&matched), ["token.alg"], "{alg}");
    }
    assert!(of_token("opaque", &set).is_err());
}

#[test]
fn thousands_of_keys_are_not_all_tried() {
    let key = PrivateKey::generate(Algorithm::EdDSA).unwrap();
    let decoy = good(Algorithm::EdDSA, "x");
    let keys: Vec<Value> = (0..300)
        .map(|_| with(&decoy, &json!({ "kid": null })))
        .collect();
    let matched = of_token(&token(&key, Algorithm::EdDSA, None), &validated(&keys)).unwrap();
    let tried = outcomes(&matched);
    assert_eq!(
        tried
            .iter()
            .filter(|outcome| **outcome == Outcome::NotTried)
            .count(),
        100
    );
}
