//! Registered claims with their types (RFC 7519 4.1): absent, or right, or an error.

use crate::json::Object;
use serde_json::Value;
use thiserror::Error;

/// A claim that is there with the wrong type.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("the claim {0:?} has the wrong type")]
pub struct ClaimError(pub &'static str);

/// A NumericDate in seconds since 1970; fractions are allowed, texts are not (RFC 7519 2).
///
/// # Errors
/// [`ClaimError`] where the claim is no number.
pub fn numeric_date(claims: &Object, name: &'static str) -> Result<Option<f64>, ClaimError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::Number(number)) => number.as_f64().map(Some).ok_or(ClaimError(name)),
        Some(_) => Err(ClaimError(name)),
    }
}

/// A text.
///
/// # Errors
/// [`ClaimError`] where the claim is no text.
pub fn text<'a>(claims: &'a Object, name: &'static str) -> Result<Option<&'a str>, ClaimError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ClaimError(name)),
    }
}

/// `aud`: one text or an array of texts (RFC 7519 4.1.3); absent is the empty list.
///
/// # Errors
/// [`ClaimError`] for anything else.
pub fn audience(claims: &Object) -> Result<Vec<&str>, ClaimError> {
    match claims.get("aud") {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text]),
        Some(Value::Array(values)) => values
            .iter()
            .map(|value| value.as_str().ok_or(ClaimError("aud")))
            .collect(),
        Some(_) => Err(ClaimError("aud")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::json::parse_object;

    #[test]
    fn client_61_dates_are_numbers() {
        let date = |value: &str| {
            numeric_date(
                &parse_object(format!(r#"{{"exp":{value}}}"#).as_bytes()).unwrap(),
                "exp",
            )
        };
        assert_eq!(date("1.5"), Ok(Some(1.5)));
        assert_eq!(date("17"), Ok(Some(17.0)));
        for bad in ["\"17\"", "null", "[1]", "true"] {
            assert_eq!(date(bad), Err(ClaimError("exp")), "{bad}");
        }
        assert_eq!(numeric_date(&Object::new(), "exp"), Ok(None));
    }

    #[test]
    fn client_60_audience_as_text_and_array() {
        let aud = |value: &str| {
            let object = parse_object(format!(r#"{{"aud":{value}}}"#).as_bytes()).unwrap();
            audience(&object).map(|list| list.join(","))
        };
        assert_eq!(aud("\"a\"").unwrap(), "a");
        assert_eq!(aud("[\"a\",\"b\"]").unwrap(), "a,b");
        assert!(aud("[1]").is_err());
        assert!(aud("1").is_err());
    }
}
