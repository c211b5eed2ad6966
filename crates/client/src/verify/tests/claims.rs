//! What the claims say.

use super::{
    AUDIENCE, ISSUER, KEY, NOW, claims, failed, header, of_claims, own_set, rules, token, validate,
    validate_by, with, words,
};
use crate::verify::{AccessTokenRules, Claims, IntrospectionRules, Rule, Rules};
use jeton_oauth::{Algorithm, base64url};
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn client_59_issuer() {
    for wrong in [
        json!("https://as.example/"),
        json!("HTTPS://AS.EXAMPLE"),
        json!([ISSUER]),
        json!(7),
        Value::Null,
    ] {
        let verdict = of_claims(&[("iss", wrong.clone())]);
        assert_eq!(failed(&verdict), [Rule::Issuer], "{wrong}");
    }
    let unnamed = AccessTokenRules {
        issuer: None,
        ..rules()
    };
    let verdict = validate_by(unnamed, &token(&header(), &claims(), &KEY));
    assert!(verdict.holds());
    assert!(words(&verdict, Rule::Issuer).contains("not checked"));
}

#[test]
fn client_60_audience() {
    assert!(of_claims(&[("aud", json!(AUDIENCE))]).holds());
    for wrong in [
        json!("https://api.example/"),
        json!(["urn:a", "urn:b"]),
        json!([]),
        json!([AUDIENCE, 1]),
        json!({ "a": AUDIENCE }),
        Value::Null,
    ] {
        let verdict = of_claims(&[("aud", wrong.clone())]);
        assert_eq!(failed(&verdict), [Rule::Audience], "{wrong}");
    }
    let several = AccessTokenRules {
        audience: vec!["urn:mine".to_owned(), "urn:other".to_owned()],
        ..rules()
    };
    assert!(validate_by(several, &token(&header(), &claims(), &KEY)).holds());
}

#[test]
fn client_60_the_exception_is_for_an_absent_audience_alone() {
    let exception = || AccessTokenRules {
        audience_may_be_missing: true,
        ..rules()
    };
    let judged = |aud: Value| {
        let token = token(&header(), &with(&[("aud", aud)]), &KEY);
        validate_by(exception(), &token)
    };
    assert!(judged(Value::Null).holds());
    assert_eq!(failed(&judged(json!([]))), [Rule::Audience]);
    assert_eq!(failed(&judged(json!("urn:x"))), [Rule::Audience]);
}

#[test]
fn client_61_times() {
    for (name, value, holds) in [
        ("exp", json!(NOW - 29), true),
        ("exp", json!(NOW - 30), false),
        ("exp", json!(NOW as f64 - 29.5), true),
        ("exp", json!(1.5), false),
        ("exp", json!((NOW + 60).to_string()), false),
        ("exp", json!(true), false),
        ("nbf", json!(NOW + 30), true),
        ("nbf", json!(NOW + 31), false),
        ("nbf", json!(NOW as f64 + 30.5), false),
        ("nbf", json!("0"), false),
        ("nbf", Value::Null, true),
        ("iat", json!(NOW + 30), true),
        ("iat", json!(NOW + 31), false),
        ("iat", json!([]), false),
        ("exp", json!(1e300), true),
        ("iat", json!(-1e300), true),
    ] {
        let verdict = of_claims(&[(name, value.clone())]);
        assert_eq!(verdict.holds(), holds, "{name} {value}: {verdict:?}");
        if !holds {
            let rule = failed(&verdict)[0].as_str();
            assert_eq!((rule, verdict.failures()), (name, 1));
        }
    }
    let no_leeway = AccessTokenRules {
        leeway: Duration::ZERO,
        ..rules()
    };
    let ending_now = token(&header(), &with(&[("exp", json!(NOW))]), &KEY);
    assert_eq!(failed(&validate_by(no_leeway, &ending_now)), [Rule::Expiry]);
    assert!(words(&of_claims(&[]), Rule::Expiry).contains("leeway 30 s"));
}

#[test]
fn client_61_a_number_that_no_double_holds() {
    let text = claims()
        .to_string()
        .replace(&(NOW + 600).to_string(), "1e400");
    let input = format!(
        "{}.{}",
        base64url::encode(header().to_string()),
        base64url::encode(text)
    );
    let signature = KEY.sign(Algorithm::ES256, input.as_bytes()).unwrap();
    let verdict = validate(&format!("{input}.{}", base64url::encode(signature)));
    assert_eq!(failed(&verdict), [Rule::Form]);
}

/// Product, decided: a token that never expires fails unless that is allowed.
#[test]
fn a_token_without_an_expiry_fails_unless_it_is_allowed() {
    let endless = token(&header(), &with(&[("exp", Value::Null)]), &KEY);
    let verdict = validate_by(rules(), &endless);
    assert_eq!(failed(&verdict), [Rule::Expiry]);
    assert!(words(&verdict, Rule::Expiry).contains("never expires"));
    let allowed = || AccessTokenRules {
        expiry_may_be_missing: true,
        ..rules()
    };
    assert!(validate_by(allowed(), &endless).holds());
    // An expiry that cannot be read is none that is missing.
    let odd = token(&header(), &with(&[("exp", json!("soon"))]), &KEY);
    assert_eq!(failed(&validate_by(allowed(), &odd)), [Rule::Expiry]);
}

#[test]
fn client_62_each_claim_of_the_profile_removed_in_turn() {
    let strict = || AccessTokenRules {
        strict: true,
        issuer: None,
        audience: Vec::new(),
        audience_may_be_missing: true,
        expiry_may_be_missing: true,
        ..rules()
    };
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        let without = token(&header(), &with(&[(name, Value::Null)]), &KEY);
        let lenient = AccessTokenRules {
            strict: false,
            ..strict()
        };
        let verdict = validate_by(lenient, &without);
        assert!(verdict.holds(), "{name}: {verdict:?}");
        assert!(words(&verdict, Rule::Profile).starts_with(&format!("no {name};")));
        assert_eq!(
            failed(&validate_by(strict(), &without)),
            [Rule::Profile],
            "{name}"
        );
    }
    let odd = token(&header(), &with(&[("sub", json!(7))]), &KEY);
    assert_eq!(failed(&validate_by(strict(), &odd)), [Rule::Profile]);
}

#[test]
fn scopes_as_text_as_array_and_by_another_name() {
    for (name, value, holds) in [
        ("scope", json!("api.read"), true),
        ("scope", json!(["api.read", "x"]), true),
        ("scope", json!("api.reader"), false),
        ("scope", json!("API.READ"), false),
        ("scope", json!(7), false),
        ("scp", json!(["api.read"]), true),
        ("scp", json!("api.write"), false),
    ] {
        let mut changes = vec![("scope", Value::Null)];
        changes.push((name, value.clone()));
        let verdict = of_claims(&changes);
        assert_eq!(verdict.holds(), holds, "{name} {value}");
        assert!(holds || failed(&verdict) == [Rule::Scope]);
    }
}

#[test]
fn client_69_each_rule_of_a_signed_introspection_answer() {
    let rules = Rules::new(Claims::Introspection(IntrospectionRules {
        issuer: ISSUER.to_owned(),
        client_id: "billing".to_owned(),
        leeway: Duration::from_secs(30),
    }));
    let judged = |typ: &str, changes: &[(&str, Value)]| {
        let mut claims = json!({
            "iss": ISSUER, "aud": "billing", "iat": NOW, "token_introspection": { "active": true },
        });
        for (name, value) in changes {
            claims[*name] = value.clone();
        }
        let header = json!({ "alg": "ES256", "typ": typ, "kid": "k1" });
        rules.validate(&token(&header, &claims, &KEY), &own_set(), NOW)
    };
    let typ = "token-introspection+jwt";
    assert!(judged(typ, &[]).holds());
    assert_eq!(failed(&judged("at+jwt", &[])), [Rule::Type]);
    assert_eq!(failed(&judged("JWT", &[])), [Rule::Type]);
    for (name, value, rule) in [
        ("iss", json!("https://evil.example"), Rule::Issuer),
        ("aud", json!("other"), Rule::Audience),
        ("aud", json!([]), Rule::Audience),
        ("iat", json!(NOW + 60), Rule::IssuedAt),
        ("iat", json!(NOW - 331), Rule::IssuedAt),
        ("iat", json!("now"), Rule::IssuedAt),
        ("token_introspection", json!({}), Rule::Introspection),
        (
            "token_introspection",
            json!({ "active": "true" }),
            Rule::Introspection,
        ),
        ("token_introspection", json!(true), Rule::Introspection),
    ] {
        assert_eq!(failed(&judged(typ, &[(name, value)])), [rule], "{name}");
    }
    // An access token is no answer.
    let verdict = rules.validate(&token(&header(), &claims(), &KEY), &own_set(), NOW);
    assert!(failed(&verdict).contains(&Rule::Type));
}
