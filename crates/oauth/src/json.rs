//! JSON read strictly: a member name that appears twice is an error, not a choice (RFC 7515 4, RFC 7519 4).

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// No document has more values, those inside of others counted (100,000). A mebibyte of objects with one member each
/// would take eighty in memory; a key set of ten thousand keys has about half as many.
const MOST: usize = 100_000;

/// A JSON object whose member names are all different, at every depth.
pub type Object = Map<String, Value>;

/// Reads one JSON object.
///
/// # Errors
/// What is not UTF-8, not JSON, not an object, nested over 128 deep, has a repeated member name, a number outside of
/// what a double holds or more than 100,000 values is an error that says so with line and column, and never quotes a
/// value.
pub fn parse_object(bytes: &[u8]) -> Result<Object, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let left = Cell::new(MOST);
    let value = Strict(&left).deserialize(&mut json)?;
    json.end()?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(de::Error::custom("a JSON object was expected")),
    }
}

/// How many values may still come.
#[derive(Clone, Copy)]
struct Strict<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        let left = self.0.get().checked_sub(1);
        let left = left.ok_or_else(|| de::Error::custom("it has more than 100000 values"))?;
        self.0.set(left);
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number is out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(self)?;
            match object.entry(name) {
                Entry::Vacant(place) => _ = place.insert(value),
                Entry::Occupied(first) => return Err(de::Error::custom(twice(first.key()))),
            }
        }
        Ok(Value::Object(object))
    }
}

/// Names the member where its name is harmless to show.
fn twice(name: &str) -> String {
    let harmless = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if harmless {
        format!("the member {name} appears twice")
    } else {
        "a member name appears twice".to_owned()
    }
}

/// Reads one JSON object into a type, after the strict reading.
///
/// # Errors
/// As [`parse_object`], and where a member does not have the type's shape.
pub fn parse<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    parse_object(bytes).and_then(|object| serde_json::from_value(Value::Object(object)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn client_58_repeated_names_at_any_depth() {
        assert!(parse_object(br#"{"alg":"RS256","alg":"none"}"#).is_err());
        assert!(parse_object(br#"{"a":[{"b":1,"b":1}]}"#).is_err());
        assert!(parse_object(br#"{"a":1,"\u0061":1}"#).is_err());
        assert!(parse_object(br#"{"a":{"b":1},"b":{"b":1}}"#).is_ok());
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        for bad in [
            &b"[]"[..],
            b"{} {}",
            b"",
            b"{\"a\":\"\xff\"}",
            b"{\"exp\":1e400}",
            b"null",
            b"\xef\xbb\xbf{}",
        ] {
            assert!(
                parse_object(bad).is_err(),
                "{}",
                String::from_utf8_lossy(bad)
            );
        }
        let deep = [b"{\"a\":".repeat(4096), b"1".to_vec(), b"}".repeat(4096)].concat();
        assert!(parse_object(&deep).is_err());
    }

    #[test]
    fn a_document_of_too_many_values_is_refused() {
        let list = |count: usize| format!("{{\"a\":[{}0]}}", "0,".repeat(count - 1));
        // The object and the array are values too.
        assert!(parse_object(list(MOST - 2).as_bytes()).is_ok());
        let error = parse_object(list(MOST - 1).as_bytes()).unwrap_err();
        assert!(error.to_string().contains("more than 100000 values"));
    }

    #[test]
    fn an_error_never_quotes_a_value() {
        let error =
            parse_object(br#"{"access_token":"canary","access_token":"canary"}"#).unwrap_err();
        assert!(!error.to_string().contains("canary"), "{error}");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_object(&bytes);
        }
    }
}
