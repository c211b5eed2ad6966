//! The search for leaks: no secret, key, assertion or token where it has no business, in no encoding.
//!
//! Each value is cut into windows of twelve bytes, plain and encoded, so that a part of a secret is found as well as the whole
//! (a mask shows at most six and four).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

const WINDOW: usize = 12;

/// What a value is: a run may declare that it prints the token, and never that it prints a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A client secret, a private key or an assertion.
    Secret,
    /// An access token.
    Token,
}

/// Every value that must not be found, shared by the environment and by the front that sees the tokens pass.
#[derive(Clone, Default)]
pub(crate) struct Canaries(Arc<Mutex<HashMap<[u8; WINDOW], Found>>>);

/// What a window belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// For the person who reads the failure: which value, in which encoding.
    pub(crate) what: String,
}

impl Canaries {
    /// A client secret or any other text that authenticates.
    pub(crate) fn secret(&self, what: &str, value: &str) {
        self.add(Kind::Secret, what, value.as_bytes());
    }

    /// The private part of a key, as bytes: found in PEM, DER and JWK alike.
    pub(crate) fn key(&self, what: &str, private: &[u8]) {
        self.add(Kind::Secret, what, private);
    }

    /// A client assertion; its header and claims are no secret, its signature makes it one.
    pub(crate) fn assertion(&self, value: &str) {
        self.add(Kind::Secret, "client assertion", bearer_part(value));
    }

    /// An access token; of a JWT, the signature alone, since decoding shows the rest.
    pub(crate) fn token(&self, value: &str) {
        self.add(Kind::Token, "access token", bearer_part(value));
    }

    fn add(&self, kind: Kind, what: &str, value: &[u8]) {
        assert!(
            value.len() >= WINDOW,
            "a canary has {WINDOW} bytes or more: {what}"
        );
        let mut windows = self.0.lock().unwrap();
        for (encoding, text) in encodings(value) {
            for window in text.windows(WINDOW) {
                windows
                    .entry(window.try_into().unwrap())
                    .or_insert_with(|| Found {
                        kind,
                        what: format!("{what} ({encoding})"),
                    });
            }
        }
    }

    /// The first value found in `bytes`, of the kinds asked for.
    pub(crate) fn find(&self, bytes: &[u8], kinds: &[Kind]) -> Option<Found> {
        let windows = self.0.lock().unwrap();
        bytes
            .windows(WINDOW)
            .filter_map(|window| windows.get(window))
            .find(|found| kinds.contains(&found.kind))
            .cloned()
    }
}

fn bearer_part(token: &str) -> &[u8] {
    match token.rsplit_once('.') {
        Some((_, signature)) if signature.len() >= WINDOW => signature.as_bytes(),
        _ => token.as_bytes(),
    }
}

fn encodings(value: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let percent = percent_encode(value);
    let mut forms = vec![
        ("plain", value.to_vec()),
        ("percent-encoded", percent.clone()),
        ("hexadecimal", hex(value).into_bytes()),
        ("hexadecimal", hex(value).to_uppercase().into_bytes()),
    ];
    for bytes in [value, &percent] {
        for offset in 0..3 {
            forms.push(("base64", base64_inside(&STANDARD_NO_PAD, offset, bytes)));
            forms.push(("base64url", base64_inside(&URL_SAFE_NO_PAD, offset, bytes)));
        }
    }
    forms
}

/// How `value` looks inside a longer text in base64 when it starts `offset` bytes after a multiple of three; the characters
/// at the edges, which also depend on the neighbours, are left out.
fn base64_inside(engine: &impl Engine, offset: usize, value: &[u8]) -> Vec<u8> {
    let mut shifted = vec![0; offset];
    shifted.extend_from_slice(value);
    let text = engine.encode(&shifted).into_bytes();
    let first = (offset * 8).div_ceil(6);
    let last = shifted.len() * 8 / 6;
    text[first..last].to_vec()
}

fn hex(value: &[u8]) -> String {
    value.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn percent_encode(value: &[u8]) -> Vec<u8> {
    url::form_urlencoded::byte_serialize(value)
        .collect::<String>()
        .into_bytes()
}

/// The net has to hold before it is trusted: one leak of each shape is found, and what may be shown is not.
mod tests {
    use super::{Canaries, Kind};
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    const SECRET: &str = "jts_S3cret+with/odd=chars~and%more";

    fn found(haystack: &str) -> bool {
        let canaries = Canaries::default();
        canaries.secret("test", SECRET);
        canaries
            .find(haystack.as_bytes(), &[Kind::Secret])
            .is_some()
    }

    #[test]
    fn a_leak_is_found_in_every_encoding_and_in_part() {
        let form: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
        let hex: String = SECRET.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert!(found(&format!("secret={SECRET}")));
        assert!(found(&SECRET[5..20]));
        assert!(found(&form));
        assert!(found(&hex));
        for id in ["a", "ab", "abc"] {
            assert!(found(&STANDARD.encode(format!("{id}:{SECRET}"))), "{id}");
            assert!(found(&STANDARD.encode(format!("{id}:{form}"))), "{id}");
            assert!(
                found(&URL_SAFE_NO_PAD.encode(format!("{id}:{SECRET}\n"))),
                "{id}"
            );
        }
    }

    #[test]
    fn a_mask_is_no_leak_and_kinds_are_kept_apart() {
        assert!(!found(&format!("{}……{}", &SECRET[..6], &SECRET[30..])));
        let canaries = Canaries::default();
        canaries.token("header.claims.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg");
        let leaked = b"Authorization: Bearer header.claims.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
        assert!(canaries.find(leaked, &[Kind::Token]).is_some());
        assert!(canaries.find(leaked, &[Kind::Secret]).is_none());
        assert!(canaries.find(b"header.claims", &[Kind::Token]).is_none());
    }
}
