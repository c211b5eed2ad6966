//! Tokens: the strict reader, the lenient one of `token decode`, and validation with keys that signed none of them.
#![no_main]

use jeton_client::verify::{AccessTokenRules, Claims, IntrospectionRules, KeySet, Rules};
use jeton_inspect::token::{self, Part, Payload, Structure, json_text};
use jeton_oauth::base64url;
use jeton_oauth::jwt::Unverified;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

const NOW: i64 = 1_800_000_000;

/// One key of each kind, whose private halves were thrown away.
static KEYS: LazyLock<KeySet> =
    LazyLock::new(|| KeySet::parse(include_bytes!("../keys.json")).expect("a key set"));

static RULES: LazyLock<[Rules; 3]> = LazyLock::new(|| {
    let access = AccessTokenRules {
        issuer: Some("https://as.example".to_owned()),
        audience: vec!["https://api.example".to_owned()],
        scopes: vec!["api.read".to_owned()],
        strict: true,
        ..AccessTokenRules::default()
    };
    let introspection = IntrospectionRules {
        issuer: "https://as.example".to_owned(),
        client_id: "billing".to_owned(),
        leeway: Duration::from_secs(60),
    };
    [
        Rules::new(Claims::AccessToken(access)),
        Rules::new(Claims::Introspection(introspection)),
        Rules::new(Claims::NotChecked),
    ]
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    validate(&text);
    // Bytes that change by chance are hardly ever base64url of JSON: lines are taken for the parts.
    let parts: Vec<String> = bytes
        .split(|byte| *byte == b'\n')
        .map(base64url::encode)
        .collect();
    validate(&parts.join("."));
});

fn validate(token: &str) {
    let structure = Structure::of(token);
    let _ = token::kind(token);
    let strict = Unverified::parse(token);
    match structure {
        Structure::Jws {
            canonical,
            signature,
            ..
        } => {
            assert!(canonical || strict.is_err());
            assert!(signature <= token.len());
        }
        Structure::Jwe { canonical, .. } => assert!(!canonical || strict.is_err()),
        Structure::Opaque => {}
    }
    look_at(&structure);
    for rules in RULES.iter() {
        let verdict = rules.validate(token, &KEYS, NOW);
        assert!(!verdict.holds(), "nobody has signed it");
        assert!(verdict.failures() > 0 && verdict.into_verified().is_err());
    }
}

/// The members of each object, found in its text, are those that a JSON reader finds.
fn look_at(structure: &Structure) {
    let (header, payload) = match structure {
        Structure::Jws {
            header, payload, ..
        } => (header, Some(payload)),
        Structure::Jwe { header, .. } => (header, None),
        Structure::Opaque => return,
    };
    members(header);
    match payload {
        Some(Payload::Claims(claims)) => members(claims),
        Some(Payload::Nested { token, structure }) => {
            assert!(!token.is_empty());
            look_at(structure);
        }
        Some(Payload::Other) | None => {}
    }
}

fn members(part: &Part) {
    let members = json_text::members(part.json());
    // Not into values: the text may have numbers that no double holds. And a name may have half a character in it, which
    // is no text: then it stands for itself.
    let Ok(object) = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(part.json()) else {
        assert!(part.json().contains("\\u"));
        return;
    };
    assert!(
        members
            .iter()
            .all(|member| object.contains_key(&member.name))
    );
    let repeated = json_text::repeated(&members);
    assert!(members.len() == object.len() || !repeated.is_empty());
    for member in members {
        serde_json::from_str::<IgnoredAny>(member.value).expect("a value");
        let string = serde_json::from_str::<String>(member.value).ok();
        assert_eq!(json_text::string(member.value), string);
        if let Ok(elements) = serde_json::from_str::<Vec<IgnoredAny>>(member.value) {
            assert_eq!(json_text::elements(member.value).len(), elements.len());
        }
    }
}
