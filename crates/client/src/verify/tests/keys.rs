//! Which key it is, and what a signature looks like.

use super::{KEY, NOW, RSA, at, claims, failed, header, jwk, set, token, validate, words};
use crate::verify::{Claims, KeySet, Rule, Rules};
use jeton_oauth::finding::Severity;
use jeton_oauth::{Algorithm, Jwk, PrivateKey, VerifyingKey, base64url};
use serde_json::json;

#[test]
fn client_64_a_token_that_carries_its_own_key() {
    let thief = PrivateKey::generate(Algorithm::ES256).unwrap();
    let header = json!({
        "alg": "ES256", "typ": "at+jwt", "jwk": thief.public_jwk(), "jku": "https://evil.example/jwks",
        "x5u": "https://evil.example/x", "x5c": ["AA"],
    });
    let verdict = validate(&token(&header, &claims(), &thief));
    assert_eq!(failed(&verdict), [Rule::Signature]);
    let said = words(&verdict, Rule::EmbeddedKey);
    assert!(said.contains("jwk, jku, x5u, x5c"), "{said}");
    // The right key in the header takes nothing away either.
    let mut own = super::header();
    own["jwk"] = json!(KEY.public_jwk());
    let verdict = validate(&token(&own, &claims(), &KEY));
    assert!(verdict.holds());
    assert_eq!(at(&verdict, Severity::Note), [Rule::EmbeddedKey]);
}

#[test]
fn client_64_kid_is_compared_and_nothing_else() {
    for kid in [
        "../../etc/passwd",
        "' OR 1=1 --",
        "K1",
        "",
        "k1\u{0}",
        "\u{1b}[2J",
    ] {
        let mut header = header();
        header["kid"] = json!(kid);
        let verdict = validate(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&verdict), [Rule::Key, Rule::Signature], "{kid}");
        assert!(verdict.names_an_unknown_key());
    }
}

#[test]
fn client_66_unusable_keys_stand_in_nobodys_way() {
    let good = jwk(&KEY, "k1");
    let other = PrivateKey::generate(Algorithm::ES256).unwrap();
    let broken = |change: fn(&mut Jwk)| {
        let mut jwk = jwk(&other, "broken");
        change(&mut jwk);
        jwk
    };
    let bad = [
        broken(|jwk| jwk.kty = "quantum".to_owned()),
        broken(|jwk| jwk.x = None),
        broken(|jwk| jwk.use_ = Some("enc".to_owned())),
        broken(|jwk| jwk.key_ops = Some(vec!["encrypt".to_owned()])),
        broken(|jwk| jwk.y = Some(base64url::encode([7; 32]))),
        broken(|jwk| jwk.y = Some(base64url::encode([7; 31]))),
        broken(|jwk| jwk.alg = Some("RS256".to_owned())),
    ];
    let rules = Rules::new(Claims::NotChecked);
    for jwk in bad {
        let keys = set(&[jwk, good.clone()]);
        assert_eq!(keys.len(), 1);
        let verdict = rules.validate(&token(&header(), &claims(), &KEY), &keys, NOW);
        assert!(verdict.holds(), "{verdict:?}");
        let mut theirs = header();
        theirs["kid"] = json!("broken");
        let verdict = rules.validate(&token(&theirs, &claims(), &other), &keys, NOW);
        assert_eq!(failed(&verdict), [Rule::Key, Rule::Signature]);
        assert!(words(&verdict, Rule::Key).contains("cannot be used"));
        assert!(!verdict.names_an_unknown_key());
    }
}

#[test]
fn client_66_a_kid_used_twice_or_left_out() {
    let other = PrivateKey::generate(Algorithm::ES256).unwrap();
    let keys = set(&[jwk(&other, "k1"), jwk(&KEY, "k1"), jwk(&RSA, "k1")]);
    let rules = Rules::new(Claims::NotChecked);
    for header in [header(), json!({ "alg": "ES256" })] {
        let verdict = rules.validate(&token(&header, &claims(), &KEY), &keys, NOW);
        assert!(verdict.holds(), "{verdict:?}");
        assert!(words(&verdict, Rule::Key).contains("2 keys match"));
    }
    let many: Vec<Jwk> = (0..40).map(|_| jwk(&other, "k1")).collect();
    let keys = set(&[many, vec![jwk(&KEY, "k1")]].concat());
    let verdict = rules.validate(&token(&header(), &claims(), &KEY), &keys, NOW);
    assert!(words(&verdict, Rule::Key).contains("16 keys and more"));
    assert_eq!(failed(&verdict), [Rule::Signature]);
}

#[test]
fn client_68_signatures_of_another_shape() {
    let good = token(&header(), &claims(), &KEY);
    let (input, signature) = good.rsplit_once('.').unwrap();
    let bytes = base64url::decode(signature).unwrap();
    let der = [
        &[0x30, 0x44, 0x02, 0x20][..],
        &bytes[..32],
        &[0x02, 0x20],
        &bytes[32..],
    ]
    .concat();
    for bad in [vec![], vec![0; 64], bytes[..63].to_vec(), der] {
        let verdict = validate(&format!("{input}.{}", base64url::encode(bad)));
        assert_eq!(failed(&verdict), [Rule::Signature]);
    }
}

#[test]
fn a_single_key_is_meant_whatever_the_kid() {
    let key = VerifyingKey::from_jwk(&KEY.public_jwk()).unwrap();
    let rules = Rules::new(Claims::NotChecked);
    let keys = KeySet::alone(key);
    assert!(
        rules
            .validate(&token(&header(), &claims(), &KEY), &keys, NOW)
            .holds()
    );
    let rs256 = json!({ "alg": "RS256", "kid": "k1" });
    let verdict = rules.validate(&token(&rs256, &claims(), &RSA), &keys, NOW);
    assert_eq!(failed(&verdict), [Rule::Key, Rule::Signature]);
}
