//! The name under which a token is kept.

use super::hex::hex;
use super::identity::RequestIdentity;
use aws_lc_rs::digest::{Context, SHA256};
use std::fmt;

/// Starts the hashed text. A change of the encoding below takes a new tag, so that an old key never means a new request.
const TAG: &[u8] = b"jeton cache key v1";
const DOCUMENT_TAG: &[u8] = b"jeton cached document v1";

/// The name of a token in the cache: SHA-256 over all parts of a [`RequestIdentity`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey([u8; 32]);

impl CacheKey {
    /// Hashes the tag, then for each part: its name, the number of its values, its values. Texts stand behind their length
    /// and all numbers are 64 bits, big-endian, so that no two requests make the same text.
    #[must_use]
    pub fn of(identity: &RequestIdentity) -> Self {
        fn text(hash: &mut Context, text: &[u8]) {
            hash.update(&(text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        let mut hash = Context::new(&SHA256);
        text(&mut hash, TAG);
        for (name, values) in identity.values() {
            let values = values.texts();
            text(&mut hash, name.as_bytes());
            hash.update(&(values.len() as u64).to_be_bytes());
            for value in values {
                text(&mut hash, value.as_bytes());
            }
        }
        let mut key = [0; 32];
        key.copy_from_slice(hash.finish().as_ref());
        Self(key)
    }

    /// The name of a document that belongs to an issuer rather than to a request.
    #[must_use]
    pub fn of_document(kind: &str, issuer: &str) -> Self {
        let mut hash = Context::new(&SHA256);
        for part in [DOCUMENT_TAG, kind.as_bytes(), issuer.as_bytes()] {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut key = [0; 32];
        key.copy_from_slice(hash.finish().as_ref());
        Self(key)
    }

    /// 64 lower-case hex digits: the stem of the file name.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads what [`CacheKey::hex`] wrote, and nothing else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(key))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheKey({})", self.hex())
    }
}

fn digit(ascii: u8) -> Option<u8> {
    match ascii {
        b'0'..=b'9' => Some(ascii - b'0'),
        b'a'..=b'f' => Some(ascii - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{CacheKey, RequestIdentity};
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_assert_ne, proptest};
    use std::collections::BTreeMap;

    fn list(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    fn pairs(texts: &[(&str, &str)]) -> BTreeMap<String, String> {
        texts
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect()
    }

    fn identity() -> RequestIdentity {
        let some = |text: &str| Some(text.to_owned());
        RequestIdentity {
            issuer: some("https://auth.example.com"),
            token_endpoint: some("https://auth.example.com/token"),
            grant_type: "client_credentials".to_owned(),
            client_id: "billing-batch".to_owned(),
            auth_method: "private_key_jwt".to_owned(),
            basic_encoding: some("form"),
            assertion_algorithm: some("ES256"),
            assertion_key_id: some("2026-10"),
            assertion_audience: some("issuer"),
            assertion_type: some("client-authentication+jwt"),
            assertion_source: some("file:/var/run/token"),
            scopes: list(&["api.read", "api.write"]),
            audience: list(&["one", "two"]),
            resources: list(&["https://api.example.com", "https://b.example.com"]),
            params: pairs(&[("tenant", "canary-value")]),
            headers: pairs(&[("x-api-key", "canary-value")]),
            environment: some("prod"),
            environment_id: some("env-1"),
            region: some("eu"),
            dpop_key: some("thumbprint"),
            certificate: some("certificate"),
        }
    }

    /// Pinned: the cache format is a stable interface, and a key that changes by accident empties every cache.
    #[test]
    fn the_encoding_is_stable() {
        assert_eq!(
            CacheKey::of(&identity()).hex(),
            "f5b5b8751a637cd3402af8af7e6ee5eae646f7fa7c45e1622b442b8b0ddd90fc"
        );
    }

    /// A way to change one part; `text` is never what is there already.
    type Change = fn(&mut RequestIdentity, String);

    const CHANGES: [Change; 27] = [
        |i, text| i.issuer = Some(text),
        |i, text| i.token_endpoint = Some(text),
        |i, text| i.grant_type = text,
        |i, text| i.client_id = text,
        |i, text| i.auth_method = text,
        |i, text| i.basic_encoding = Some(text),
        |i, text| i.assertion_algorithm = Some(text),
        |i, text| i.assertion_key_id = Some(text),
        |i, text| i.assertion_audience = Some(text),
        |i, text| i.assertion_type = Some(text),
        |i, text| i.assertion_source = Some(text),
        |i, text| i.scopes.push(text),
        |i, text| i.scopes[0] = text,
        |i, text| i.audience.push(text),
        |i, text| i.audience[1] = text,
        |i, text| i.resources.push(text),
        |i, text| i.resources[0] = text,
        |i, text| drop(i.params.insert("tenant".to_owned(), text)),
        |i, text| drop(i.params.insert(text, "canary-value".to_owned())),
        |i, text| drop(i.headers.insert("x-api-key".to_owned(), text)),
        |i, text| drop(i.headers.insert(text, "canary-value".to_owned())),
        |i, text| i.environment = Some(text),
        |i, text| i.environment_id = Some(text),
        |i, text| i.region = Some(text),
        |i, text| i.dpop_key = Some(text),
        |i, text| i.certificate = Some(text),
        |i, text| i.scopes = vec![text],
    ];

    proptest! {
        #[test]
        fn any_changed_part_changes_the_key(text in "[^/]{0,12}new", a in 0..CHANGES.len(), b in 0..CHANGES.len()) {
            let changed = |change: Change| {
                let mut identity = identity();
                change(&mut identity, text.clone());
                CacheKey::of(&identity)
            };
            prop_assert_ne!(changed(CHANGES[a]), CacheKey::of(&identity()));
            if a != b {
                prop_assert_ne!(changed(CHANGES[a]), changed(CHANGES[b]), "{} {}", a, b);
            }
        }

        #[test]
        fn order_and_repetition_of_scopes_and_resources_do_not_count(
            scopes in Just(list(&["a", "b", "c", "d", "a", "b"])).prop_shuffle(),
            resources in Just(list(&["r", "s", "t", "s"])).prop_shuffle(),
        ) {
            let with = |scopes, resources| CacheKey::of(&RequestIdentity { scopes, resources, ..identity() });
            prop_assert_eq!(with(scopes, resources), with(list(&["a", "b", "c", "d"]), list(&["r", "s", "t"])));
        }

        /// Where one value ends and the next begins, and which part it belongs to, is part of the key.
        #[test]
        fn moving_text_between_values_changes_the_key(text in "[a-z =&:]{2,20}", at in any::<proptest::sample::Index>()) {
            let (left, right) = text.split_at(1 + at.index(text.len() - 1));
            let audience = |audience: &[&str]| CacheKey::of(&RequestIdentity { audience: list(audience), ..identity() });
            prop_assert_ne!(audience(&[&text]), audience(&[left, right]));
            let params = |params: &[(&str, &str)]| CacheKey::of(&RequestIdentity { params: pairs(params), ..identity() });
            prop_assert_ne!(params(&[(left, right)]), params(&[(&text, "")]));
        }

        #[test]
        fn hex_reads_back(byte: u8, at in 0_usize..32) {
            let mut key = [7; 32];
            key[at] = byte;
            prop_assert_eq!(CacheKey::from_hex(&CacheKey(key).hex()), Some(CacheKey(key)));
        }
    }

    #[test]
    fn absent_and_empty_are_different() {
        let with = |region: Option<&str>| {
            CacheKey::of(&RequestIdentity {
                region: region.map(ToOwned::to_owned),
                ..identity()
            })
        };
        assert_ne!(with(None), with(Some("")));
        let order = |audience| {
            CacheKey::of(&RequestIdentity {
                audience,
                ..identity()
            })
        };
        assert_ne!(order(list(&["one", "two"])), order(list(&["two", "one"])));
    }

    #[test]
    fn only_lower_case_hex_of_the_right_length_is_a_key() {
        let good = "0123456789abcdef".repeat(4);
        assert_eq!(CacheKey::from_hex(&good).unwrap().hex(), good);
        for bad in [&good[1..], &good.to_uppercase(), &format!("{good}0"), ""] {
            assert_eq!(CacheKey::from_hex(bad), None);
        }
    }

    #[test]
    fn parts_name_everything_and_hide_what_may_be_secret() {
        let identity = identity();
        let parts: BTreeMap<_, _> = identity.parts().into_iter().collect();
        assert_eq!(parts.len(), 21);
        assert_eq!(parts["scopes"], "api.read api.write");
        assert_eq!(parts["assertion.kid"], "2026-10");
        assert_eq!(parts["params"], "tenant=sha256:59956a75");
        let debug = format!("{identity:?}");
        assert!(debug.contains("x-api-key=sha256:") && !debug.contains("canary-value"));
        assert!(
            RequestIdentity::default()
                .parts()
                .iter()
                .all(|(_, shown)| shown.is_empty())
        );
    }
}
