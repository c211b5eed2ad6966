//! JSON Web Keys and sets of them (RFC 7517, RFC 7518 6, RFC 8037 2, RFC 7638).

use crate::{base64url, json};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;
use std::ops::{Deref, DerefMut};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

/// A key as it stands in a document, neither checked nor usable by itself.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the standard's own")]
pub struct Jwk {
    pub kty: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub use_: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ops: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// Everything else: certificates, and private members where somebody published them.
    #[serde(flatten)]
    pub other: OtherMembers,
}

/// Members of a key that have no field of their own, private ones among them: all texts are zeroed on drop.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OtherMembers(Map<String, Value>);

impl Deref for OtherMembers {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for OtherMembers {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Zeroize for OtherMembers {
    fn zeroize(&mut self) {
        self.0.values_mut().for_each(erase);
    }
}

impl Drop for OtherMembers {
    fn drop(&mut self) {
        self.zeroize();
    }
}

/// The names alone.
impl fmt::Debug for OtherMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Zeroes every text in a value; further primes of an RSA key (`oth`) are objects in an array.
fn erase(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(erase),
        Value::Object(members) => members.values_mut().for_each(erase),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The members that only the owner of a key may know (RFC 7518 6.2.2, 6.3.2, 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl Jwk {
    /// Whether the key holds members that must not be published.
    #[must_use]
    pub fn has_private_members(&self) -> bool {
        PRIVATE.iter().any(|name| self.other.contains_key(*name))
    }

    /// Whether `use` and `key_ops`, where present, allow checking signatures (RFC 7517 4.2 and 4.3).
    #[must_use]
    pub fn is_for_signatures(&self) -> bool {
        self.use_.as_deref().is_none_or(|value| value == "sig")
            && self
                .key_ops
                .as_ref()
                .is_none_or(|ops| ops.iter().any(|op| op == "verify" || op == "sign"))
    }

    /// The SHA-256 thumbprint in base64url (RFC 7638); `None` where a needed member is missing.
    #[must_use]
    pub fn thumbprint(&self) -> Option<String> {
        let members: Vec<(&str, &str)> = match self.kty.as_str() {
            "EC" => vec![
                ("crv", self.crv.as_deref()?),
                ("kty", "EC"),
                ("x", self.x.as_deref()?),
                ("y", self.y.as_deref()?),
            ],
            "OKP" => vec![
                ("crv", self.crv.as_deref()?),
                ("kty", "OKP"),
                ("x", self.x.as_deref()?),
            ],
            "RSA" => vec![
                ("e", self.e.as_deref()?),
                ("kty", "RSA"),
                ("n", self.n.as_deref()?),
            ],
            "oct" => vec![("k", self.other.get("k")?.as_str()?), ("kty", "oct")],
            _ => return None,
        };
        let members = members.into_iter();
        let object = members.map(|(name, value)| (name.to_owned(), value.into()));
        // The thumbprint of a symmetric key is made of the key.
        let object = OtherMembers(object.collect());
        let text = Zeroizing::new(serde_json::to_string(&object).ok()?);
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
        Some(base64url::encode(digest))
    }
}

impl fmt::Debug for Jwk {
    /// Public members only: somebody may have put a private key where a public one belongs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwk")
            .field("kty", &self.kty)
            .field("kid", &self.kid)
            .field("alg", &self.alg)
            .finish_non_exhaustive()
    }
}

/// A set of keys (RFC 7517 5).
#[derive(Debug, Clone, Default, Serialize)]
pub struct JwkSet {
    /// The keys that could be read.
    pub keys: Vec<Jwk>,
    /// The members that could not, which the standard wants ignored.
    #[serde(skip)]
    pub skipped: Vec<SkippedKey>,
}

/// A member of a set that is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedKey {
    /// Its place in the set, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Why a document is no key set.
#[derive(Debug, Error)]
pub enum JwkSetError {
    /// Not a JSON object, or a repeated member.
    #[error("the key set is not valid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// No `keys` array.
    #[error("the key set has no array \"keys\"")]
    NoKeys,
}

impl JwkSet {
    /// Reads a set; members that are no keys are skipped and named (RFC 7517 5).
    ///
    /// # Errors
    /// [`JwkSetError`] where it is not a JSON object with an array `keys`.
    pub fn parse(bytes: &[u8]) -> Result<Self, JwkSetError> {
        let mut object = json::parse_object(bytes)?;
        let Some(Value::Array(members)) = object.remove("keys") else {
            return Err(JwkSetError::NoKeys);
        };
        let mut set = Self::default();
        for (index, member) in members.into_iter().enumerate() {
            let reason = match member {
                Value::Object(member) if !member.contains_key("kty") => "it has no kty",
                Value::Object(member) => match serde_json::from_value(Value::Object(member)) {
                    Ok(key) => {
                        set.keys.push(key);
                        continue;
                    }
                    Err(_) => "a member has the wrong type",
                },
                _ => "it is not an object",
            };
            set.skipped.push(SkippedKey { index, reason });
        }
        Ok(set)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn rfc_7638_3_1_the_example() {
        let key: Jwk = serde_json::from_str(
            r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#,
        )
        .unwrap();
        assert_eq!(
            key.thumbprint().unwrap(),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
    }

    #[test]
    fn client_17_private_members_are_zeroed_and_not_shown() {
        let text = r#"{"kty":"RSA","n":"AQ","d":"canary-d","oth":[{"r":"canary-r"}],"k":"canary-k","x5c":["canary-c"]}"#;
        let mut key: Jwk = serde_json::from_str(text).unwrap();
        let shown = format!(
            "{key:?} {:?} {:?}",
            key.other,
            JwkSet {
                keys: vec![key.clone()],
                skipped: vec![]
            }
        );
        assert!(!shown.contains("canary"), "{shown}");
        assert!(serde_json::to_string(&key).unwrap().contains("canary-d"));
        // What its drop does.
        key.other.zeroize();
        assert!(key.has_private_members());
        let left = serde_json::to_string(&key).unwrap();
        assert!(!left.contains("canary"), "{left}");
    }

    #[test]
    fn client_66_what_is_no_key_is_skipped_and_named() {
        let set = JwkSet::parse(br#"{"keys":[{"kty":"EC","kid":7},3,{"kid":"a"},{"kty":"odd"}]}"#)
            .unwrap();
        assert_eq!(set.keys.len(), 1);
        let skipped: Vec<_> = set.skipped.iter().map(|key| key.index).collect();
        assert_eq!(skipped, [0, 1, 2]);
        assert!(matches!(
            JwkSet::parse(br#"{"keys":{}}"#),
            Err(JwkSetError::NoKeys)
        ));
    }

    #[test]
    fn private_members_are_noticed_and_not_shown() {
        let key: Jwk = serde_json::from_str(r#"{"kty":"EC","d":"canary"}"#).unwrap();
        assert!(key.has_private_members());
        assert!(!format!("{key:?}").contains("canary"));
    }

    #[test]
    fn client_66_use_and_key_ops() {
        let key = |text: &str| {
            serde_json::from_str::<Jwk>(text)
                .unwrap()
                .is_for_signatures()
        };
        assert!(key(r#"{"kty":"EC"}"#));
        assert!(key(r#"{"kty":"EC","use":"sig","key_ops":["verify"]}"#));
        assert!(!key(r#"{"kty":"EC","use":"enc"}"#));
        assert!(!key(r#"{"kty":"EC","key_ops":["encrypt"]}"#));
    }
}
