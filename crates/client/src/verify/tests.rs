//! Each rule broken once, beside a token that keeps them all.

use super::{AccessTokenRules, Claims, IntrospectionRules, Judgement, KeySet, Level, Rule, Rules};
use jeton_oauth::{Algorithm, ClientSecret, Jwk, PrivateKey, VerifyingKey, base64url, jwt};
use proptest::prelude::{any, prop_assert, proptest};
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::time::Duration;

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://as.example";
const AUDIENCE: &str = "https://api.example";

static KEY: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::generate(Algorithm::ES256).unwrap());
static RSA: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::generate(Algorithm::RS256).unwrap());

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "billing", "client_id": "billing", "aud": [AUDIENCE, "urn:other"],
        "iat": NOW - 10, "nbf": NOW - 10, "exp": NOW + 600, "jti": "j", "scope": "api.read api.write",
    })
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut claims = claims();
    for (name, value) in changes {
        let object = claims.as_object_mut().unwrap();
        if value.is_null() {
            object.remove(*name);
        } else {
            object.insert((*name).to_owned(), value.clone());
        }
    }
    claims
}

/// A token with this header, signed by `key` as the header's `alg` says.
fn token(header: &Value, claims: &Value, key: &PrivateKey) -> String {
    let part = |value: &Value| base64url::encode(value.to_string());
    let input = format!("{}.{}", part(header), part(claims));
    let alg = Algorithm::from_name(header["alg"].as_str().unwrap_or_default());
    let signature = key.sign(alg.unwrap_or(key.algorithms()[0]), input.as_bytes());
    format!("{input}.{}", base64url::encode(signature.unwrap()))
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "at+jwt", "kid": "k1" })
}

fn jwk(key: &PrivateKey, kid: &str) -> Jwk {
    Jwk {
        kid: Some(kid.to_owned()),
        ..key.public_jwk()
    }
}

fn set(keys: &[Jwk]) -> KeySet {
    KeySet::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn own_set() -> KeySet {
    set(&[jwk(&KEY, "k1"), jwk(&RSA, "r1")])
}

fn rules() -> AccessTokenRules {
    AccessTokenRules {
        issuer: Some(ISSUER.to_owned()),
        audience: vec![AUDIENCE.to_owned()],
        scopes: vec!["api.read".to_owned()],
        ..AccessTokenRules::default()
    }
}

fn judge_by(rules: AccessTokenRules, token: &str) -> Judgement {
    Rules::new(Claims::AccessToken(rules)).judge(token, &own_set(), NOW)
}

fn judge(token: &str) -> Judgement {
    judge_by(rules(), token)
}

fn of_claims(changes: &[(&str, Value)]) -> Judgement {
    judge(&token(&header(), &with(changes), &KEY))
}

/// The rules that failed.
fn failed(judgement: &Judgement) -> Vec<Rule> {
    at(judgement, Level::Fail)
}

fn at(judgement: &Judgement, level: Level) -> Vec<Rule> {
    let findings = judgement.findings().iter();
    findings
        .filter(|finding| finding.level == level)
        .map(|finding| finding.rule)
        .collect()
}

fn words(judgement: &Judgement, rule: Rule) -> &str {
    let found = judgement.findings().iter().find(|found| found.rule == rule);
    &found.unwrap().words
}

#[test]
fn a_token_that_keeps_all_rules() {
    let judgement = of_claims(&[]);
    assert!(judgement.holds(), "{judgement:?}");
    assert_eq!(
        at(&judgement, Level::Pass),
        [
            Rule::Form,
            Rule::Algorithm,
            Rule::Key,
            Rule::Signature,
            Rule::Type,
            Rule::Issuer,
            Rule::Audience,
            Rule::Expiry,
            Rule::NotBefore,
            Rule::IssuedAt,
            Rule::Profile,
            Rule::Scope
        ]
    );
    assert_eq!(judgement.findings().len(), 12);
    let verified = judgement.into_verified().unwrap();
    assert_eq!(verified.claims()["sub"], "billing");
}

#[test]
fn everything_that_is_wrong_is_listed() {
    let changes = [
        ("iss", json!("https://evil.example")),
        ("aud", json!("urn:other")),
        ("exp", json!(NOW - 600)),
        ("scope", json!("none")),
    ];
    let stranger = PrivateKey::generate(Algorithm::ES256).unwrap();
    let judgement = judge(&token(&header(), &with(&changes), &stranger));
    let wrong = [
        Rule::Signature,
        Rule::Issuer,
        Rule::Audience,
        Rule::Expiry,
        Rule::Scope,
    ];
    assert_eq!(failed(&judgement), wrong);
    assert_eq!(judgement.failures(), 5);
    assert!(judgement.into_verified().is_err());
}

/// A broken claim takes the token away, though its signature is good.
#[test]
fn a_token_with_a_failing_claim_is_not_handed_out() {
    let judgement = of_claims(&[("aud", json!("urn:other"))]);
    assert!(!judgement.holds());
    let findings = judgement.into_verified().unwrap_err();
    assert!(!findings.is_empty());
}

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
        assert_eq!(failed(&judge(bad)), [Rule::Form], "{bad}");
    }
    assert!(words(&judge("opaque"), Rule::Form).contains("opaque"));
}

#[test]
fn client_56_the_header_does_not_choose_the_algorithm() {
    for none in ["none", "None", "nOnE", "NONE"] {
        let header = json!({ "alg": none, "kid": "k1", "typ": "at+jwt" });
        let judgement = judge(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&judgement), [Rule::Algorithm, Rule::Signature]);
        assert!(words(&judgement, Rule::Algorithm).contains("not signed"));
    }
    let secret = ClientSecret::new(RSA.public_jwk().n.unwrap());
    let confused = jwt::sign_hmac("at+jwt", &claims(), Algorithm::HS256, &secret).unwrap();
    assert_eq!(
        failed(&judge(&confused)),
        [Rule::Algorithm, Rule::Signature]
    );

    // A key of another kind, and a key whose `alg` is another one.
    let other_kind = json!({ "alg": "ES256", "kid": "r1", "typ": "at+jwt" });
    let judgement = judge(&token(&other_kind, &claims(), &KEY));
    assert_eq!(failed(&judgement), [Rule::Key, Rule::Signature]);
    let mut pinned = jwk(&RSA, "r1");
    pinned.alg = Some("PS256".to_owned());
    let rs256 = json!({ "alg": "RS256", "kid": "r1", "typ": "at+jwt" });
    let rules = Rules::new(Claims::NotJudged);
    let judgement = rules.judge(&token(&rs256, &claims(), &RSA), &set(&[pinned]), NOW);
    assert_eq!(failed(&judgement), [Rule::Key, Rule::Signature]);

    let narrow = Rules {
        algorithms: vec![Algorithm::RS256],
        ..Rules::new(Claims::NotJudged)
    };
    let judgement = narrow.judge(&token(&header(), &claims(), &KEY), &own_set(), NOW);
    assert_eq!(failed(&judgement), [Rule::Algorithm, Rule::Signature]);
}

#[test]
fn client_57_crit() {
    for crit in [json!(["exp"]), json!([]), json!("exp"), json!(["b64"])] {
        let header =
            json!({ "alg": "ES256", "kid": "k1", "typ": "at+jwt", "b64": true, "crit": crit });
        let judgement = judge(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&judgement), [Rule::Crit, Rule::Signature]);
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
    let judgement = judge(&format!("{input}.{}", base64url::encode(signature)));
    assert_eq!(failed(&judgement), [Rule::Form]);
}

#[test]
fn client_59_issuer() {
    for wrong in [
        json!("https://as.example/"),
        json!("HTTPS://AS.EXAMPLE"),
        json!([ISSUER]),
        json!(7),
        Value::Null,
    ] {
        let judgement = of_claims(&[("iss", wrong.clone())]);
        assert_eq!(failed(&judgement), [Rule::Issuer], "{wrong}");
    }
    let unnamed = AccessTokenRules {
        issuer: None,
        ..rules()
    };
    let judgement = judge_by(unnamed, &token(&header(), &claims(), &KEY));
    assert!(judgement.holds());
    assert!(words(&judgement, Rule::Issuer).contains("not judged"));
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
        let judgement = of_claims(&[("aud", wrong.clone())]);
        assert_eq!(failed(&judgement), [Rule::Audience], "{wrong}");
    }
    let several = AccessTokenRules {
        audience: vec!["urn:mine".to_owned(), "urn:other".to_owned()],
        ..rules()
    };
    assert!(judge_by(several, &token(&header(), &claims(), &KEY)).holds());
}

#[test]
fn client_60_the_exception_is_for_an_absent_audience_alone() {
    let exception = || AccessTokenRules {
        audience_may_be_missing: true,
        ..rules()
    };
    let judged = |aud: Value| {
        let token = token(&header(), &with(&[("aud", aud)]), &KEY);
        judge_by(exception(), &token)
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
        let judgement = of_claims(&[(name, value.clone())]);
        assert_eq!(judgement.holds(), holds, "{name} {value}: {judgement:?}");
        if !holds {
            let rule = failed(&judgement)[0].as_str();
            assert_eq!((rule, judgement.failures()), (name, 1));
        }
    }
    let no_leeway = AccessTokenRules {
        leeway: Duration::ZERO,
        ..rules()
    };
    let ending_now = token(&header(), &with(&[("exp", json!(NOW))]), &KEY);
    assert_eq!(failed(&judge_by(no_leeway, &ending_now)), [Rule::Expiry]);
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
    let judgement = judge(&format!("{input}.{}", base64url::encode(signature)));
    assert_eq!(failed(&judgement), [Rule::Form]);
}

#[test]
fn client_62_each_claim_of_the_profile_removed_in_turn() {
    let strict = || AccessTokenRules {
        strict: true,
        issuer: None,
        audience: Vec::new(),
        audience_may_be_missing: true,
        ..rules()
    };
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        let without = token(&header(), &with(&[(name, Value::Null)]), &KEY);
        let lenient = AccessTokenRules {
            strict: false,
            ..strict()
        };
        let judgement = judge_by(lenient, &without);
        assert!(judgement.holds(), "{name}: {judgement:?}");
        assert!(words(&judgement, Rule::Profile).starts_with(name));
        assert_eq!(
            failed(&judge_by(strict(), &without)),
            [Rule::Profile],
            "{name}"
        );
    }
    let odd = token(&header(), &with(&[("sub", json!(7))]), &KEY);
    assert_eq!(failed(&judge_by(strict(), &odd)), [Rule::Profile]);
}

#[test]
fn client_63_typ_is_a_media_type_and_other_kinds_are_no_access_tokens() {
    let typ = |typ: Value, strict: bool| {
        let mut header = header();
        header["typ"] = typ;
        let rules = AccessTokenRules { strict, ..rules() };
        judge_by(rules, &token(&header, &claims(), &KEY))
    };
    for good in [
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "Application/AT+jwt",
    ] {
        let judgement = typ(json!(good), true);
        assert!(judgement.holds(), "{good}");
    }
    for vague in ["JWT", "application/jwt", "x/at+jwt"] {
        let judgement = typ(json!(vague), false);
        assert!(judgement.holds() && at(&judgement, Level::Note) == [Rule::Type]);
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
fn client_64_a_token_that_carries_its_own_key() {
    let thief = PrivateKey::generate(Algorithm::ES256).unwrap();
    let header = json!({
        "alg": "ES256", "typ": "at+jwt", "jwk": thief.public_jwk(), "jku": "https://evil.example/jwks",
        "x5u": "https://evil.example/x", "x5c": ["AA"],
    });
    let judgement = judge(&token(&header, &claims(), &thief));
    assert_eq!(failed(&judgement), [Rule::Signature]);
    let said = words(&judgement, Rule::EmbeddedKey);
    assert!(said.contains("jwk, jku, x5u, x5c"), "{said}");
    // The right key in the header takes nothing away either.
    let mut own = super::tests::header();
    own["jwk"] = json!(KEY.public_jwk());
    let judgement = judge(&token(&own, &claims(), &KEY));
    assert!(judgement.holds());
    assert_eq!(at(&judgement, Level::Note), [Rule::EmbeddedKey]);
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
        let judgement = judge(&token(&header, &claims(), &KEY));
        assert_eq!(failed(&judgement), [Rule::Key, Rule::Signature], "{kid}");
        assert!(judgement.names_an_unknown_key());
    }
}

#[test]
fn client_65_an_encrypted_token_is_said_to_be_one() {
    let header = base64url::encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    let judgement = judge(&format!("{header}..AA.AA.AA"));
    assert_eq!(failed(&judgement), [Rule::Form]);
    assert!(words(&judgement, Rule::Form).contains("JWE"));
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
    let rules = Rules::new(Claims::NotJudged);
    for jwk in bad {
        let keys = set(&[jwk, good.clone()]);
        assert_eq!(keys.len(), 1);
        let judgement = rules.judge(&token(&header(), &claims(), &KEY), &keys, NOW);
        assert!(judgement.holds(), "{judgement:?}");
        let mut theirs = header();
        theirs["kid"] = json!("broken");
        let judgement = rules.judge(&token(&theirs, &claims(), &other), &keys, NOW);
        assert_eq!(failed(&judgement), [Rule::Key, Rule::Signature]);
        assert!(words(&judgement, Rule::Key).contains("cannot be used"));
        assert!(!judgement.names_an_unknown_key());
    }
}

#[test]
fn client_66_a_kid_used_twice_or_left_out() {
    let other = PrivateKey::generate(Algorithm::ES256).unwrap();
    let keys = set(&[jwk(&other, "k1"), jwk(&KEY, "k1"), jwk(&RSA, "k1")]);
    let rules = Rules::new(Claims::NotJudged);
    for header in [header(), json!({ "alg": "ES256" })] {
        let judgement = rules.judge(&token(&header, &claims(), &KEY), &keys, NOW);
        assert!(judgement.holds(), "{judgement:?}");
        assert!(words(&judgement, Rule::Key).contains("2 keys fit"));
    }
    let many: Vec<Jwk> = (0..40).map(|_| jwk(&other, "k1")).collect();
    let keys = set(&[many, vec![jwk(&KEY, "k1")]].concat());
    let judgement = rules.judge(&token(&header(), &claims(), &KEY), &keys, NOW);
    assert!(words(&judgement, Rule::Key).contains("16 keys and more"));
    assert_eq!(failed(&judgement), [Rule::Signature]);
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
        let judgement = judge(&format!("{input}.{}", base64url::encode(bad)));
        assert_eq!(failed(&judgement), [Rule::Signature]);
    }
}

#[test]
fn a_single_key_is_meant_whatever_the_kid() {
    let key = VerifyingKey::from_jwk(&KEY.public_jwk()).unwrap();
    let rules = Rules::new(Claims::NotJudged);
    let keys = KeySet::alone(key);
    assert!(
        rules
            .judge(&token(&header(), &claims(), &KEY), &keys, NOW)
            .holds()
    );
    let rs256 = json!({ "alg": "RS256", "kid": "k1" });
    let judgement = rules.judge(&token(&rs256, &claims(), &RSA), &keys, NOW);
    assert_eq!(failed(&judgement), [Rule::Key, Rule::Signature]);
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
        let judgement = of_claims(&changes);
        assert_eq!(judgement.holds(), holds, "{name} {value}");
        assert!(holds || failed(&judgement) == [Rule::Scope]);
    }
}

#[test]
fn the_signature_alone_says_that_the_claims_were_not_judged() {
    let rules = Rules::new(Claims::NotJudged);
    let old = token(&header(), &with(&[("exp", json!(1))]), &KEY);
    let judgement = rules.judge(&old, &own_set(), NOW);
    assert!(judgement.holds());
    assert!(words(&judgement, Rule::Claims).contains("not judged"));
}

#[test]
fn a_token_of_ten_megabytes_is_not_read() {
    let judgement = judge(&"A".repeat(10 << 20));
    assert_eq!(failed(&judgement), [Rule::Form]);
    assert!(words(&judgement, Rule::Form).contains("1 MiB"));
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
        rules.judge(&token(&header, &claims, &KEY), &own_set(), NOW)
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
    let judgement = rules.judge(&token(&header(), &claims(), &KEY), &own_set(), NOW);
    assert!(failed(&judgement).contains(&Rule::Type));
}

proptest! {
    #[test]
    fn any_text_is_judged(text in "\\PC{0,200}", at in any::<i64>()) {
        let rules = Rules::new(Claims::AccessToken(rules()));
        let judgement = rules.judge(&text, &own_set(), at);
        prop_assert!(!judgement.holds());
    }

    /// Whatever the claims are, all rules have something to say, and nothing panics.
    #[test]
    fn any_claims_are_judged(exp in any::<f64>(), iat in any::<i64>(), aud in "\\PC{0,20}", now in any::<i64>()) {
        let odd = with(&[("exp", json!(exp)), ("iat", json!(iat)), ("aud", json!([aud]))]);
        let rules = Rules::new(Claims::AccessToken(rules()));
        let judgement = rules.judge(&token(&header(), &odd, &KEY), &own_set(), now);
        prop_assert!(judgement.findings().len() >= 11);
        prop_assert!(!judgement.holds() || aud == AUDIENCE);
    }

    #[test]
    fn a_changed_byte_never_holds(at in 0_usize..700, byte in any::<u8>()) {
        let good = token(&header(), &claims(), &KEY);
        let mut bytes = good.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) && text != good {
            prop_assert!(!judge(&text).holds());
        }
    }
}
