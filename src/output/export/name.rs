//! The name of a variable, as every shell accepts it.

use std::fmt;

/// `[A-Za-z_][A-Za-z0-9_]*`: nothing that a shell, a file or a CI command could read as something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EnvName(String);

impl EnvName {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// One line that says what a name looks like.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut bytes = text.bytes();
        let starts = bytes
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_');
        if starts && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Ok(Self(text.to_owned()));
        }
        Err("a variable name has letters, digits and _, and does not start with a digit".to_owned())
    }

    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EnvName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::EnvName;

    #[test]
    fn names_that_every_shell_takes() {
        for name in ["A", "_", "ACCESS_TOKEN", "a1_2"] {
            assert!(EnvName::parse(name).is_ok(), "{name}");
        }
        for name in ["", "1A", "A-B", "A B", "A=B", "Ä", "A\n", "A;id", "$A"] {
            assert!(EnvName::parse(name).is_err(), "{name:?}");
        }
    }
}
