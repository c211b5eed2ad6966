//! Scope lists (RFC 6749 3.3): space-separated, order-free, case-sensitive.

use std::fmt;
use thiserror::Error;

/// A list of scope values in the order given, without repetitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

/// A character outside RFC 6749 3.3: printable ASCII without the space, `"` and `\`.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "a scope has characters that RFC 6749 does not allow (printable ASCII without quotes and backslashes is)"
)]
pub struct ScopeError;

impl Scopes {
    /// Reads a space-separated list; an empty text is the empty list.
    ///
    /// # Errors
    /// [`ScopeError`] where a character is outside RFC 6749 3.3.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        Self::from_values(text.split(' ').filter(|value| !value.is_empty()))
    }

    /// Makes a list of single values; a value may itself be a space-separated list.
    ///
    /// # Errors
    /// [`ScopeError`] where a character is outside RFC 6749 3.3.
    pub fn from_values<I, S>(values: I) -> Result<Self, ScopeError>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<str>,
    {
        let mut scopes = Self::default();
        for list in values {
            for value in list.as_ref().split(' ').filter(|value| !value.is_empty()) {
                if !value
                    .bytes()
                    .all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
                {
                    return Err(ScopeError);
                }
                if !scopes.contains(value) {
                    scopes.0.push(value.to_owned());
                }
            }
        }
        Ok(scopes)
    }

    /// Whether the list has this very value.
    #[must_use]
    pub fn contains(&self, value: &str) -> bool {
        self.0.iter().any(|own| own == value)
    }

    /// Whether there is no value at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether every value of this list is in the other.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|value| other.contains(value))
    }

    /// The same list in sorted order: equal for equal sets.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let mut values = self.0.clone();
        values.sort_unstable();
        Self(values)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_22_characters_and_case() {
        assert_eq!(Scopes::parse("a b  a").unwrap().to_string(), "a b");
        assert!(!Scopes::parse("Read").unwrap().contains("read"));
        for bad in ["a\"b", "a\\b", "a\tb", "ä", "a\nb", "\u{7f}"] {
            assert_eq!(Scopes::parse(bad), Err(ScopeError), "{bad:?}");
        }
    }

    #[test]
    fn sets_are_compared_without_order() {
        let ab = Scopes::parse("a b").unwrap();
        let ba = Scopes::parse("b a").unwrap();
        assert_ne!(ab, ba);
        assert_eq!(ab.normalized(), ba.normalized());
        assert!(Scopes::parse("a").unwrap().is_subset(&ba));
        assert!(!ab.is_subset(&Scopes::parse("a").unwrap()));
    }
}
