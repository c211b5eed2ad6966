//! Each rule broken once, beside a token that keeps them all.

mod claims;
mod form;
mod keys;

use super::{AccessTokenRules, Claims, KeySet, Rule, Rules, Verdict};
use jeton_oauth::finding::Severity;
use jeton_oauth::{Algorithm, Jwk, PrivateKey, base64url};
use serde_json::{Value, json};
use std::sync::LazyLock;

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

fn validate_by(rules: AccessTokenRules, token: &str) -> Verdict {
    Rules::new(Claims::AccessToken(rules)).validate(token, &own_set(), NOW)
}

fn validate(token: &str) -> Verdict {
    validate_by(rules(), token)
}

fn of_claims(changes: &[(&str, Value)]) -> Verdict {
    validate(&token(&header(), &with(changes), &KEY))
}

/// The rules that failed.
fn failed(verdict: &Verdict) -> Vec<Rule> {
    at(verdict, Severity::Fail)
}

fn at(verdict: &Verdict, severity: Severity) -> Vec<Rule> {
    let findings = verdict.findings().iter();
    findings
        .filter(|finding| finding.severity == severity)
        .map(|finding| finding.rule)
        .collect()
}

fn words(verdict: &Verdict, rule: Rule) -> &str {
    let found = verdict.findings().iter().find(|found| found.rule == rule);
    &found.unwrap().words
}

#[test]
fn a_token_that_keeps_all_rules() {
    let verdict = of_claims(&[]);
    assert!(verdict.holds(), "{verdict:?}");
    assert_eq!(
        at(&verdict, Severity::Ok),
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
    assert_eq!(verdict.findings().len(), 12);
    let verified = verdict.into_verified().unwrap();
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
    let verdict = validate(&token(&header(), &with(&changes), &stranger));
    let wrong = [
        Rule::Signature,
        Rule::Issuer,
        Rule::Audience,
        Rule::Expiry,
        Rule::Scope,
    ];
    assert_eq!(failed(&verdict), wrong);
    assert_eq!(verdict.failures(), 5);
    assert!(verdict.into_verified().is_err());
}

/// A broken claim takes the token away, though its signature is good.
#[test]
fn a_token_with_a_failing_claim_is_not_handed_out() {
    let verdict = of_claims(&[("aud", json!("urn:other"))]);
    assert!(!verdict.holds());
    let findings = verdict.into_verified().unwrap_err();
    assert!(!findings.is_empty());
}

#[test]
fn the_signature_alone_says_that_the_claims_were_not_judged() {
    let rules = Rules::new(Claims::NotChecked);
    let old = token(&header(), &with(&[("exp", json!(1))]), &KEY);
    let verdict = rules.validate(&old, &own_set(), NOW);
    assert!(verdict.holds());
    assert!(words(&verdict, Rule::Claims).contains("not checked"));
}
