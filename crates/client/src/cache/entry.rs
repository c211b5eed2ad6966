//! What is kept of a token answer.

use aws_lc_rs::aead::MAX_TAG_LEN;
use jeton_oauth::AccessToken;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// A kept token. Times are Unix seconds. It has no `Serialize` of its own: it becomes text inside the seal only.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The token.
    pub access_token: AccessToken,
    /// How it is presented, such as `Bearer`.
    pub token_type: String,
    /// The scope granted, where the server said it.
    pub scope: Option<String>,
    /// The audience of the token, where it is known.
    pub audience: Vec<String>,
    /// When it ends. A token whose end is unknown is never kept.
    pub expires_at: Option<i64>,
    /// When it was obtained, for the first time if the server returned it more than once.
    pub obtained_at: i64,
    /// The server returns this same token until its end: no renewal ahead of this time.
    pub renew_after: Option<i64>,
    /// The profile that obtained it.
    pub profile: String,
    /// The issuer, where one is configured.
    pub issuer: Option<String>,
    /// The client.
    pub client_id: String,
    /// Members of the answer that have no field here; none of them is a secret.
    pub extra: Map<String, Value>,
}

/// The version of the plaintext. Members may be added without a new one: they are optional for readers, and unknown ones are passed over.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    #[serde(serialize_with = "Members::write")]
    entry: &'a Entry,
}

#[derive(Deserialize)]
struct Read {
    v: u32,
    #[serde(with = "Members")]
    entry: Entry,
}

/// Mirrors [`Entry`] (the derive checks that it does), so that only this file can turn one into text.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Entry")]
struct Members {
    #[serde(serialize_with = "write_token", deserialize_with = "read_token")]
    access_token: AccessToken,
    token_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    audience: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
    obtained_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renew_after: Option<i64>,
    #[serde(default)]
    profile: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(default)]
    client_id: String,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    extra: Map<String, Value>,
}

impl Members {
    fn write<S: Serializer>(entry: &&Entry, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(entry, serializer)
    }
}

fn write_token<S: Serializer>(token: &AccessToken, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose())
}

fn read_token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AccessToken, D::Error> {
    String::deserialize(deserializer).map(AccessToken::new)
}

/// The entry as JSON behind `header`, in one buffer that has room for the tag: a buffer that grows leaves copies of the token behind.
pub(super) fn to_json(header: &[u8], entry: &Entry) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let written = Written { v: VERSION, entry };
    let mut size = Count(0);
    serde_json::to_writer(&mut size, &written)?;
    let mut text = Zeroizing::new(Vec::with_capacity(header.len() + size.0 + MAX_TAG_LEN));
    text.extend_from_slice(header);
    serde_json::to_writer(&mut *text, &written)?;
    Ok(text)
}

/// The entry, unless the text is none or of another version.
pub(super) fn from_json(text: &[u8]) -> Option<Entry> {
    let read: Read = serde_json::from_slice(text).ok()?;
    (read.v == VERSION).then_some(read.entry)
}

struct Count(usize);

impl std::io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Entry, from_json, to_json};
    use crate::cache::tests::entry;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use serde_json::json;

    #[test]
    fn debug_shows_no_secret() {
        let debug = format!("{:?}", entry("canary-token"));
        assert!(
            debug.contains("billing") && !debug.contains("canary"),
            "{debug}"
        );
    }

    /// Two versions of jeton on one cache: an entry with members that we do not know, or without those that came later, opens.
    #[test]
    fn entries_of_newer_and_older_versions_open() {
        let text = json!({"v": 1, "new": true, "entry": {
            "access_token": "t", "token_type": "Bearer", "obtained_at": 5, "expires_at": 9, "shape": {"of": ["things"]},
        }});
        let read = from_json(text.to_string().as_bytes()).unwrap();
        assert_eq!(
            (read.expires_at, read.access_token.expose()),
            (Some(9), "t")
        );
    }

    #[test]
    fn another_version_or_shape_is_no_entry() {
        let mut text = to_json(b"", &entry("t")).unwrap();
        assert!(from_json(&text).is_some());
        text[5] = b'2';
        assert!(text.starts_with(br#"{"v":2,"#) && from_json(&text).is_none());
        for text in ["", "null", "[]", r#"{"v":1}"#, r#"{"v":1,"entry":{}}"#] {
            assert!(from_json(text.as_bytes()).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(token: String, scope: Option<String>, expires_at: Option<i64>, audience: Vec<String>, name: String) {
            let extra = json!({name.clone(): [name.clone(), 1, null, {"b": true}]});
            let entry = Entry {
                scope,
                expires_at,
                audience,
                extra: extra.as_object().unwrap().clone(),
                ..entry(&token)
            };
            let text = to_json(b"header", &entry).unwrap();
            prop_assert!(text.capacity() - text.len() >= 16, "the tag would move the buffer");
            prop_assert_eq!(from_json(&text[6..]), Some(entry));
        }
    }
}
