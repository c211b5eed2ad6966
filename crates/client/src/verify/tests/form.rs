//! The form of a token and what its header says.

use super::{
    AUDIENCE, KEY, NOW, RSA, at, claims, failed, header, jwk, own_set, rules, set, token, validate,
    validate_by, with, words,
};
use crate::verify::{AccessTokenRules, Claims, Rule, Rules};
use jeton_oauth::finding::Severity;
use jeton_oauth::{Algorithm, ClientSecret, base64url, jwt};
use proptest::prelude::{any, prop_assert, proptest};
use serde_json::{Value, json};

#[test]
fn client_55_compact_form_and_nothing_else() {
    let good = token(&header(), &claims(), &KEY);
    for bad in [
        "",
        "opaque",
        "a.b.c",
        &format!("{good}="),
        &format!(" {good}"),
        &format!("{good}.x"),
        r#"{"payload":"","signatures":[]}"#,
    ] {
        assert_eq!(failed(&validate(bad)), [Rule::Form], "{bad}");
    }
    assert!(words(&validate("opaque"), Rule::Form).contains("opaque"));
}

#[test]
fn client_56_the_header_does_not_choose_the_algorithm() {
    for none in ["none", "None", "nOnE", "NONE"] {
        let header = json!({ "alg": none, "kid": "k1", "typ": "at+jwt" });
        let verdict = validate(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&verdict), [Rule::Algorithm, Rule::Signature]);
        assert!(words(&verdict, Rule::Algorithm).contains("not signed"));
    }
    let secret = ClientSecret::new(RSA.public_jwk().n.unwrap());
    let confused = jwt::sign_hmac("at+jwt", &claims(), Algorithm::HS256, &secret).unwrap();
    assert_eq!(
        failed(&validate(&confused)),
        [Rule::Algorithm, Rule::Signature]
    );

    // A key of another kind, and a key whose `alg` is another one.
    let other_kind = json!({ "alg": "ES256", "kid": "r1", "typ": "at+jwt" });
    let verdict = validate(&token(&other_kind, &claims(), &KEY));
    assert_eq!(failed(&verdict), [Rule::Key, Rule::Signature]);
    let mut pinned = jwk(&RSA, "r1");
    pinned.alg = Some("PS256".to_owned());
    let rs256 = json!({ "alg": "RS256", "kid": "r1", "typ": "at+jwt" });
    let rules = Rules::new(Claims::NotChecked);
    let verdict = rules.validate(&token(&rs256, &claims(), &RSA), &set(&[pinned]), NOW);
    assert_eq!(failed(&verdict), [Rule::Key, Rule::Signature]);

    let narrow = Rules {
        algorithms: vec![Algorithm::RS256],
        ..Rules::new(Claims::NotChecked)
    };
    let verdict = narrow.validate(&token(&header(), &claims(), &KEY), &own_set(), NOW);
    assert_eq!(failed(&verdict), [Rule::Algorithm, Rule::Signature]);
}

#[test]
fn client_57_crit() {
    for crit in [json!(["exp"]), json!([]), json!("exp"), json!(["b64"])] {
        let header =
            json!({ "alg": "ES256", "kid": "k1", "typ": "at+jwt", "b64": true, "crit": crit });
        let verdict = validate(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&verdict), [Rule::Crit, Rule::Signature]);
    }
}

#[test]
fn client_58_repeated_members() {
    let text = claims()
        .to_string()
        .replacen('{', r#"{"aud":"urn:other","#, 1);
    let input = format!(
        "{}.{}",
        base64url::encode(header().to_string()),
        base64url::encode(text)
    );
    let signature = KEY.sign(Algorithm::ES256, input.as_bytes()).unwrap();
    let verdict = validate(&format!("{input}.{}", base64url::encode(signature)));
    assert_eq!(failed(&verdict), [Rule::Form]);
}

#[test]
fn client_63_typ_is_a_media_type_and_other_kinds_are_no_access_tokens() {
    let typ = |typ: Value, strict: bool| {
        let mut header = header();
        header["typ"] = typ;
        let rules = AccessTokenRules { strict, ..rules() };
        validate_by(rules, &token(&header, &claims(), &KEY))
    };
    for good in [
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "Application/AT+jwt",
    ] {
        let verdict = typ(json!(good), true);
        assert!(verdict.holds(), "{good}");
    }
    for vague in ["JWT", "application/jwt", "x/at+jwt"] {
        let verdict = typ(json!(vague), false);
        assert!(verdict.holds() && at(&verdict, Severity::Note) == [Rule::Type]);
        assert_eq!(failed(&typ(json!(vague), true)), [Rule::Type]);
    }
    for other in [
        "dpop+jwt",
        "application/client-authentication+jwt",
        "Token-Introspection+JWT",
    ] {
        assert_eq!(failed(&typ(json!(other), false)), [Rule::Type], "{other}");
    }
}

#[test]
fn client_65_an_encrypted_token_is_said_to_be_one() {
    let header = base64url::encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    let verdict = validate(&format!("{header}..AA.AA.AA"));
    assert_eq!(failed(&verdict), [Rule::Form]);
    assert!(words(&verdict, Rule::Form).contains("JWE"));
}

#[test]
fn a_token_of_ten_megabytes_is_not_read() {
    let verdict = validate(&"A".repeat(10 << 20));
    assert_eq!(failed(&verdict), [Rule::Form]);
    assert!(words(&verdict, Rule::Form).contains("1 MiB"));
}

proptest! {
    #[test]
    fn any_text_is_judged(text in "\\PC{0,200}", at in any::<i64>()) {
        let rules = Rules::new(Claims::AccessToken(rules()));
        let verdict = rules.validate(&text, &own_set(), at);
        prop_assert!(!verdict.holds());
    }

    /// Whatever the claims are, all rules have something to say, and nothing panics.
    #[test]
    fn any_claims_are_judged(exp in any::<f64>(), iat in any::<i64>(), aud in "\\PC{0,20}", now in any::<i64>()) {
        let odd = with(&[("exp", json!(exp)), ("iat", json!(iat)), ("aud", json!([aud]))]);
        let rules = Rules::new(Claims::AccessToken(rules()));
        let verdict = rules.validate(&token(&header(), &odd, &KEY), &own_set(), now);
        prop_assert!(verdict.findings().len() >= 11);
        prop_assert!(!verdict.holds() || aud == AUDIENCE);
    }

    #[test]
    fn a_changed_byte_never_holds(at in 0_usize..700, byte in any::<u8>()) {
        let good = token(&header(), &claims(), &KEY);
        let mut bytes = good.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) && text != good {
            prop_assert!(!validate(&text).holds());
        }
    }
}
