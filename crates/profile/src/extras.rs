//! Further form parameters and headers: what may be added to the request, and what jeton alone sets.

use super::origin::Sourced;
use std::collections::BTreeMap;
use std::fmt;

/// Parameters or headers by name.
pub type Extras = BTreeMap<String, Sourced<ExtraValue>>;

/// A value that may be a vendor's key, so that nothing prints it unasked.
#[derive(Clone, PartialEq, Eq)]
pub struct ExtraValue(String);

impl ExtraValue {
    /// The value, for the request and for the cache key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ExtraValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExtraValue(redacted)")
    }
}

/// The form parameters that jeton sets itself, and where a person sets them if at all.
const OWN_PARAMS: [(&str, Option<&str>); 13] = [
    ("grant_type", None),
    ("client_id", Some("client_id")),
    ("client_secret", Some("client_secret")),
    ("client_assertion", Some("auth_method")),
    ("client_assertion_type", Some("auth_method")),
    ("scope", Some("scopes")),
    ("audience", Some("audience")),
    ("resource", Some("resource")),
    ("subject_token", None),
    ("subject_token_type", None),
    ("actor_token", None),
    ("actor_token_type", None),
    ("assertion", None),
];

/// The headers that jeton or its HTTP client sets.
const OWN_HEADERS: [&str; 16] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "dpop",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Judges one further form parameter. Parameters appear once each, and empty ones count as absent (OAuth 2.1 section 3.2).
///
/// # Errors
/// Why it cannot be sent, without its value.
pub(super) fn param(name: &str, value: &str) -> Result<ExtraValue, String> {
    if name.is_empty() {
        return Err("a parameter has no name".to_owned());
    }
    if let Some((_, setting)) = OWN_PARAMS.iter().find(|(own, _)| *own == name) {
        let place = setting.map_or_else(String::new, |key| format!(": use the key `{key}`"));
        return Err(format!("jeton sets the parameter `{name}` itself{place}"));
    }
    if value.is_empty() {
        return Err(format!("the parameter `{name}` is empty"));
    }
    Ok(ExtraValue(value.to_owned()))
}

/// Judges one further header.
///
/// # Errors
/// Why it cannot be sent, without its value.
pub(super) fn header(name: &str, value: &str) -> Result<ExtraValue, String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err("a header has a name that HTTP does not allow".to_owned());
    }
    if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Err(format!("jeton sets the header `{name}` itself"));
    }
    if value.is_empty() || !value.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Err(format!(
            "the header `{name}` needs a value of printable ASCII"
        ));
    }
    Ok(ExtraValue(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{header, param};

    #[test]
    fn what_jeton_sets_cannot_be_added() {
        for name in [
            "grant_type",
            "client_secret",
            "client_assertion",
            "scope",
            "audience",
        ] {
            assert!(
                param(name, "canary").is_err_and(|told| !told.contains("canary")),
                "{name}"
            );
        }
        assert!(param("", "x").is_err() && param("x", "").is_err());
        assert!(param("tenant", "x").is_ok());
        for name in [
            "Authorization",
            "CONTENT-TYPE",
            "host",
            "DPoP",
            "",
            "a b",
            "é",
        ] {
            assert!(
                header(name, "canary").is_err_and(|told| !told.contains("canary")),
                "{name}"
            );
        }
        for value in ["", "a\r\nX: y", "\u{e9}"] {
            assert!(header("X-Key", value).is_err());
        }
        assert!(header("X-Key", "a b").is_ok());
    }

    #[test]
    fn values_are_not_shown() {
        let shown = format!("{:?} {:?}", param("x", "canary"), header("x", "canary"));
        assert!(!shown.contains("canary"), "{shown}");
    }
}
