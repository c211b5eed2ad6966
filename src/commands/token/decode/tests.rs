//! What is printed about a token.

use super::document::json;
use super::show::panel;
use crate::output::Console;
use jeton_inspect::token::{Structure, oddities};
use jeton_oauth::base64url::encode;
use serde_json::Value;

/// A token with the given header and claims, and a signature of three bytes.
fn jws(header: &str, claims: &str) -> String {
    format!("{}.{}.AQID", encode(header), encode(claims))
}

fn shown(token: &str) -> (String, String) {
    let console = Console::plain();
    let structure = Structure::of(token);
    let odd = oddities(token, &structure, console.now());
    (
        panel(token, &structure, &odd, &console),
        json(token, &structure, &odd).unwrap(),
    )
}

const CLAIMS: &str = r#"{"iss":"https://auth.example.com","sub":"billing","aud":["https://api.example.com","urn:x"],"scope":"api.read","iat":1795221000,"exp":1795221600.5,"cnf":{"jkt":"abc"},"act":{"sub":"robot"},"big":12345678901234567890123,"evil":"\u001b[2J\u202ex"}"#;

#[test]
fn a_jwt_in_tables() {
    let (text, _) = shown(&jws(
        r#"{"alg":"ES256","typ":"at+jwt","kid":"2026-10"}"#,
        CLAIMS,
    ));
    insta::assert_snapshot!(text, @r#"
    Token
      Type      JWT, 395 bytes (signature 3)
      Lifetime  ▰▰▰▰▰▰▰▰▰▱  9m 27s left of 10m
      Trust     not verified: the signature was not checked, anyone could have written this

    Header
      alg  ES256
      typ  at+jwt
      kid  2026-10

    Claims
      iss    https://auth.example.com
      sub    billing
      aud    https://api.example.com urn:x
      scope  api.read
      iat    2026-11-21 00:30:00  33s ago            1795221000
      exp    2026-11-21 00:40:00  in 9m 27s          1795221600.5
      cnf    jkt abc                                 bound to a DPoP key (RFC 9449)
      act    see below                               who acts for the subject
      big    12345678901234567890123
      evil   x

    Actors
      robot  acts now
    "#);
}

#[test]
fn opaque_and_encrypted() {
    let (text, document) = shown("opaque-0123456789");
    insta::assert_snapshot!(text, @r"
    Token
      Type   opaque, 17 characters
      Trust  not verified: only the authorization server can read an opaque token; a resource server
             asks it by introspection (RFC 7662)
    ");
    assert!(document.contains("\"type\": \"opaque\""));
    let header = encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    let (text, document) = shown(&format!("{header}..aXY.Y2lwaGVy.dGFn"));
    assert!(
        text.contains("encrypted (JWE): only the recipient"),
        "{text}"
    );
    assert!(text.contains("A256GCM"), "{text}");
    assert!(document.contains("\"type\": \"jwe\""));
}

#[test]
fn json_is_the_text_of_the_token() {
    let claims = "{\"z\":1.10,\"a\":12345678901234567890123,\"a\":\"\u{202e}\u{7f}\"}";
    let (_, document) = shown(&jws(r#"{"alg":"ES256"}"#, claims));
    assert!(
        document.contains(
            "\"claims\": {\"z\":1.10,\"a\":12345678901234567890123,\"a\":\"\\u202e\\u007f\"},"
        ),
        "{document}"
    );
    assert!(document.contains("\"header\": {\"alg\":\"ES256\"},"));
    let read: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(read["verified"], false);
}

#[test]
fn every_output_says_that_nothing_was_verified_and_none_has_the_token() {
    let header = encode(r#"{"alg":"dir"}"#);
    for token in [
        jws(r#"{"alg":"none"}"#, CLAIMS),
        format!("{header}.a.b.c.d"),
        "opaque-token-opaque-token".to_owned(),
    ] {
        let (text, document) = shown(&token);
        assert!(text.contains("not verified"), "{text}");
        assert!(document.contains("\"verified\": false"), "{document}");
        for part in token.split('.').filter(|part| part.len() > 3) {
            assert!(
                !text.contains(part) && !document.contains(part),
                "{text}{document}"
            );
        }
    }
}

#[test]
fn actors_and_authorization_details_are_trees() {
    let (text, _) = shown(&jws(
        r#"{"alg":"ES256"}"#,
        r#"{"exp":1,"aud":"a","act":{"sub":"gateway","iss":"https://x","act":{"sub":"batch"}},
            "authorization_details":[{"type":"payment","actions":["initiate","cancel"],"amount":{"currency":"EUR"}},{"type":"account"}],
            "cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}"#,
    ));
    insta::assert_snapshot!(text, @r#"
    Token
      Type   JWT, 424 bytes (signature 3)
      Trust  not verified: the signature was not checked, anyone could have written this

    Header
      alg  ES256

    Claims
      exp                    1970-01-01 00:00:01  56y 338d ago       1
      aud                    a
      act                    see below                               who acts for the subject
      authorization_details  see below                               RFC 9396
      cnf                    x5t#S256 bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2
                             bound to a client certificate (RFC 8705)

    Actors
      gateway, iss https://x  acts now
      └─ batch                acted before

    Authorization details
      payment
      ├─ actions  initiate cancel
      └─ amount   {"currency":"EUR"}
      account

    Oddities
      warn  expired 56y 338d ago
    "#);
}

#[test]
fn what_is_no_actor_or_detail_is_shown_as_it_is() {
    for claims in [
        r#"{"act":"robot","authorization_details":{},"cnf":{}}"#,
        r#"{"act":[],"authorization_details":[],"cnf":{"jkt":"a","x5t#S256":"b"}}"#,
        r#"{"act":{"act":7},"authorization_details":[{"type":1}],"cnf":{"jkt":1}}"#,
        r#"{"authorization_details":[{}],"cnf":null}"#,
    ] {
        let (text, _) = shown(&jws(r#"{"alg":"ES256"}"#, claims));
        assert!(!text.contains("see below"), "{text}");
    }
}

#[test]
fn a_nested_token_is_shown_too() {
    let inner = jws(
        r#"{"alg":"ES256","kid":"inner"}"#,
        r#"{"sub":"x","n":1.10}"#,
    );
    let (text, document) = shown(&jws(r#"{"alg":"RS256","cty":"JWT"}"#, &inner));
    assert!(text.contains("nested JWT"), "{text}");
    assert!(text.contains("\nNested token\n"), "{text}");
    assert!(text.contains("inside: no exp"), "{text}");
    let read: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(read["claims"], Value::Null);
    assert_eq!(read["nested"]["header"]["kid"], "inner");
    assert!(document.contains("\"n\":1.10"), "{document}");
}
