//! `application/x-www-form-urlencoded` bodies, written for requests and read strictly at the authority
//! (OAuth 2.1 3.2, RFC 6749 appendix B).

use std::collections::BTreeMap;
use thiserror::Error;
use zeroize::Zeroizing;

/// The parameters of a request. A parameter without a value counts as absent (OAuth 2.1 3.2).
#[derive(Default)]
pub struct FormParams(BTreeMap<String, Vec<Zeroizing<String>>>);

/// Why a body is not a form.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FormError {
    /// Not UTF-8, or a percent sign without two hexadecimal digits.
    #[error("the body is not form-encoded UTF-8")]
    Malformed,
    /// A parameter that may appear only once appears twice (OAuth 2.1 3.2.4).
    #[error("the parameter {0} appears more than once")]
    Repeated(String),
}

impl FormParams {
    /// The value of a parameter that appears once.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .and_then(|values| values.first())
            .map(|value| value.as_str())
    }

    /// Every value of a parameter that may repeat.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .get(name)
            .into_iter()
            .flatten()
            .map(|value| value.as_str())
    }

    /// Whether the parameter is there with a value.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The names of all parameters, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl std::fmt::Debug for FormParams {
    /// Names alone: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FormParams")
            .field(&self.names().collect::<Vec<_>>())
            .finish()
    }
}

/// Reads a body; only `resource` and `audience` may appear more than once (RFC 8707 2, RFC 8693 2.1).
///
/// # Errors
/// [`FormError`]: wrong encoding, or a repeated parameter.
pub fn parse_strict(body: &[u8]) -> Result<FormParams, FormError> {
    let text = std::str::from_utf8(body).map_err(|_| FormError::Malformed)?;
    let mut seen = std::collections::BTreeSet::new();
    let mut params = FormParams::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode_component(name).ok_or(FormError::Malformed)?;
        let value = decode_component(value).ok_or(FormError::Malformed)?;
        let may_repeat = matches!(name.as_str(), "resource" | "audience");
        if !seen.insert(name.to_string()) && !may_repeat {
            return Err(FormError::Repeated(name.to_string()));
        }
        if !value.is_empty() {
            params.0.entry(name.to_string()).or_default().push(value);
        }
    }
    Ok(params)
}

/// Writes pairs as a body.
pub fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Zeroizing<String> {
    let mut body = Zeroizing::new(String::with_capacity(2048));
    for (name, value) in pairs {
        if !body.is_empty() {
            body.push('&');
        }
        push_encoded(&mut body, name);
        body.push('=');
        push_encoded(&mut body, value);
    }
    body
}

/// Form-encodes one text on its own, as RFC 6749 2.3.1 wants it for the Basic header.
#[must_use]
pub fn encode_component(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len() * 3));
    push_encoded(&mut out, text);
    out
}

/// Undoes [`encode_component`]; `None` where a percent sign has no two digits or the result is not UTF-8.
#[must_use]
pub fn decode_component(text: &str) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => {
                let (digits, tail) = rest.split_at_checked(2)?;
                rest = tail;
                hex(digits[0])? << 4 | hex(digits[1])?
            }
            other => other,
        });
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn push_encoded(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn server_03_unknown_is_kept_empty_is_absent() {
        let form = parse_strict(b"scope=&x=1&&grant_type=client_credentials").unwrap();
        assert_eq!(form.get("scope"), None);
        assert!(!form.contains("scope"));
        assert_eq!(form.get("x"), Some("1"));
    }

    #[test]
    fn server_04_repeated_parameters() {
        assert_eq!(
            parse_strict(b"scope=a&scope=b").unwrap_err(),
            FormError::Repeated("scope".into())
        );
        assert_eq!(
            parse_strict(b"scope=&%73cope=b").unwrap_err(),
            FormError::Repeated("scope".into())
        );
        let form = parse_strict(b"resource=a&resource=b").unwrap();
        assert_eq!(form.all("resource").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn wrong_encodings_are_refused() {
        for bad in [&b"a=%"[..], b"a=%4", b"a=%zz", b"a=%ff", b"a=\xff"] {
            assert_eq!(parse_strict(bad).unwrap_err(), FormError::Malformed);
        }
    }

    #[test]
    fn debug_shows_no_values() {
        let form = parse_strict(b"client_secret=canary").unwrap();
        assert_eq!(format!("{form:?}"), "FormParams([\"client_secret\"])");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(name in "\\PC{1,20}", value in "\\PC{1,60}") {
            let body = encode([(name.as_str(), value.as_str())]);
            let form = parse_strict(body.as_bytes()).unwrap();
            prop_assert_eq!(form.get(&name), Some(value.as_str()));
        }

        #[test]
        fn never_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_strict(&body);
        }
    }
}
