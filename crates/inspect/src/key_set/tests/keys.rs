//! Keys with one defect each, and their findings.

use super::Severity::{Fail, Note, Warn};
use super::*;
use jeton_oauth::base64url::encode;

#[test]
fn good_keys_of_every_kind_have_nothing_to_say() {
    for alg in [
        Algorithm::RS256,
        Algorithm::PS512,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::ES512,
        Algorithm::EdDSA,
    ] {
        let validation = validated(&[good(alg, "a")]);
        assert_eq!(said_of(&validation, 0), [], "{alg}");
        assert_eq!(validation.worst(), Severity::Ok);
        assert_eq!(validation.keys[0].algorithms, [alg]);
        assert!(validation.keys[0].thumbprint.is_some());
    }
}

#[test]
fn client_66_one_malformed_key_of_each_kind_beside_a_good_one() {
    let ec = good(Algorithm::ES256, "bad");
    let rsa = good(Algorithm::RS256, "bad");
    let ed = good(Algorithm::EdDSA, "bad");
    let mut short = number(&ec, "x");
    short.pop();
    let mut off = number(&ec, "y");
    off[31] ^= 1;
    let mut zero = vec![0];
    zero.extend(number(&rsa, "n"));
    for (bad, code) in [
        (json!(3), "key.not_an_object"),
        (json!({ "kid": "bad" }), "kty.missing"),
        (json!({ "kid": "bad", "kty": 7 }), "member.type"),
        (with(&ec, &json!({ "kid": 7 })), "member.type"),
        (with(&ec, &json!({ "key_ops": "verify" })), "member.type"),
        (with(&ec, &json!({ "x": null })), "member.missing"),
        (
            with(&ec, &json!({ "crv": null, "alg": null })),
            "member.missing",
        ),
        (with(&ec, &json!({ "x": encode(&short) })), "ec.coordinate"),
        (with(&ec, &json!({ "y": encode(&off) })), "ec.off_curve"),
        (with(&ec, &json!({ "x": "+/==" })), "member.base64url"),
        (with(&rsa, &json!({ "n": null })), "member.missing"),
        (with(&rsa, &json!({ "n": encode(&zero) })), "rsa.encoding"),
        (with(&rsa, &json!({ "e": "" })), "rsa.encoding"),
        (
            with(&rsa, &json!({ "n": encode(&number(&rsa, "n")[..128]) })),
            "rsa.size",
        ),
        (
            with(&rsa, &json!({ "n": encode([0xff; 1025]) })),
            "rsa.size",
        ),
        (with(&rsa, &json!({ "e": "AQ" })), "rsa.exponent"),
        (with(&rsa, &json!({ "e": "AQAA" })), "rsa.exponent"),
        (
            with(&rsa, &json!({ "e": encode([1, 0, 0, 0, 1]) })),
            "rsa.exponent",
        ),
        (with(&ed, &json!({ "x": encode([1; 31]) })), "okp.length"),
        (
            with(&ed, &json!({ "x": encode([0; 32]) })),
            "okp.small_order",
        ),
        (with(&ed, &json!({ "x": encode([0xff; 32]) })), "okp.point"),
    ] {
        let validation = validated(&[bad.clone(), good(Algorithm::ES256, "good")]);
        assert!(
            said_of(&validation, 0).contains(&(Fail, code)),
            "{code}: {bad}\n{validation:?}"
        );
        assert!(!validation.keys[0].verifies_signatures(), "{code}");
        assert_eq!(said_of(&validation, 1), [], "{code}");
        assert!(validation.keys[1].verifies_signatures(), "{code}");
        assert_eq!(validation.worst(), Fail);
    }
}

#[test]
fn client_66_private_members_are_named_and_never_quoted() {
    let key = with(
        &good(Algorithm::ES256, "a"),
        &json!({ "d": "canary-canary", "p": 1 }),
    );
    let validation = validated(std::slice::from_ref(&key));
    assert_eq!(said_of(&validation, 0), [(Fail, "private.published")]);
    let text = &validation.keys[0].findings[0].what;
    assert!(text.contains("(d, p)"), "{text}");
    assert!(!format!("{validation:?}").contains("canary"));
    let secret = validated(&[json!({ "kty": "oct", "k": "canary-canary", "kid": "s" })]);
    assert!(said_of(&secret, 0).contains(&(Fail, "symmetric.published")));
    assert_eq!(secret.keys[0].thumbprint, None);
    assert!(!format!("{secret:?}").contains("canary"));
}

#[test]
fn client_66_what_does_not_go_together() {
    let ec = good(Algorithm::ES256, "a");
    let rsa = good(Algorithm::RS256, "a");
    let ed = good(Algorithm::EdDSA, "a");
    for (key, expected) in [
        (
            with(&ec, &json!({ "alg": "ES384" })),
            (Fail, "alg.conflict"),
        ),
        (
            with(&ec, &json!({ "alg": "RS256" })),
            (Fail, "alg.conflict"),
        ),
        (with(&ec, &json!({ "alg": "nOnE" })), (Fail, "alg.conflict")),
        (
            with(&rsa, &json!({ "alg": "HS256" })),
            (Fail, "alg.conflict"),
        ),
        (
            with(&rsa, &json!({ "alg": "RSA-OAEP-256" })),
            (Fail, "alg.conflict"),
        ),
        (with(&rsa, &json!({ "use": "enc" })), (Fail, "alg.conflict")),
        (
            with(&rsa, &json!({ "use": "enc", "alg": "RSA1_5" })),
            (Warn, "alg.weak"),
        ),
        (with(&rsa, &json!({ "alg": "X" })), (Note, "alg.unknown")),
        (with(&rsa, &json!({ "alg": null })), (Note, "alg.missing")),
        (with(&ec, &json!({ "use": "tls" })), (Note, "use.unknown")),
        (
            with(&ec, &json!({ "key_ops": ["encrypt"] })),
            (Fail, "use.conflict"),
        ),
        (
            with(
                &ec,
                &json!({ "use": "enc", "alg": null, "key_ops": ["verify"] }),
            ),
            (Fail, "use.conflict"),
        ),
        (
            with(&ec, &json!({ "key_ops": ["verify"] })),
            (Note, "use.both"),
        ),
        (
            with(&ec, &json!({ "key_ops": ["verify", "verify"] })),
            (Warn, "key_ops.repeated"),
        ),
        (
            with(
                &ec,
                &json!({ "use": null, "key_ops": ["verify", "deriveKey"] }),
            ),
            (Warn, "key_ops.mixed"),
        ),
        (
            with(&ec, &json!({ "use": null, "key_ops": ["sign"] })),
            (Warn, "key_ops.private"),
        ),
        (
            with(
                &ed,
                &json!({ "crv": "X25519", "alg": null, "x": encode([9; 32]) }),
            ),
            (Fail, "use.conflict"),
        ),
        (with(&ec, &json!({ "kid": "" })), (Warn, "kid.empty")),
        (
            with(&ec, &json!({ "kid": "a\u{1b}[2J" })),
            (Warn, "kid.odd"),
        ),
        (with(&rsa, &json!({ "e": "Aw" })), (Warn, "rsa.exponent")),
        (json!({ "kty": "odd" }), (Note, "kty.unknown")),
        (
            json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AA" }),
            (Note, "kty.unsupported"),
        ),
        (
            with(&ec, &json!({ "crv": "secp256k1", "alg": "ES256K" })),
            (Note, "crv.unknown"),
        ),
        (
            with(&ed, &json!({ "crv": "Ed448", "x": encode([1; 57]) })),
            (Note, "crv.unsupported"),
        ),
    ] {
        let found = said(std::slice::from_ref(&key));
        assert!(found.contains(&expected), "{expected:?}: {key}\n{found:?}");
        let worst = found.iter().map(|(level, _)| *level).max();
        assert_eq!(worst, Some(expected.0), "{key}\n{found:?}");
    }
}

#[test]
fn a_key_for_encryption_is_no_fault_and_verifies_nothing() {
    let key = with(
        &good(Algorithm::RS256, "a"),
        &json!({ "use": "enc", "alg": "RSA-OAEP-256" }),
    );
    let validation = validated(&[key, good(Algorithm::ES256, "b")]);
    assert_eq!(said_of(&validation, 0), []);
    assert_eq!(validation.verifying().count(), 1);
}

#[test]
fn keys_of_examples_are_known() {
    let rfc_7517 = json!({
        "kty": "EC", "crv": "P-256", "kid": "1", "alg": "ES256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    });
    let rfc_8037 = json!({
        "kty": "OKP", "crv": "Ed25519", "kid": "1", "alg": "EdDSA",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    });
    for key in [rfc_7517, rfc_8037] {
        assert_eq!(
            said(std::slice::from_ref(&key)),
            [(Fail, "key.example")],
            "{key}"
        );
    }
}
