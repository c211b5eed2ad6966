//! GitLab CI: a line of a dotenv report.

use crate::error::{Error, Result};
use std::fmt::Write;
use zeroize::Zeroizing;

/// `NAME=value`, ended, as GitLab reads a dotenv report: the plain value, without quotes or escapes.
pub(super) fn line(name: &str, value: &str) -> Result<Zeroizing<String>> {
    if value.contains(['\n', '\r']) || value.trim() != value {
        return Err(Error::usage(format!(
            "the value of {name} cannot be written for GitLab: it has line breaks, or spaces around it"
        )));
    }
    let mut out = Zeroizing::new(String::with_capacity(name.len() + value.len() + 2));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}={value}");
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::line;

    #[test]
    fn gitlab_takes_one_bare_line() {
        assert_eq!(*line("A", "a'b\"$c").unwrap(), "A=a'b\"$c\n");
        for value in ["a\nb", "a\rb", " a", "a "] {
            assert_eq!(line("A", value).unwrap_err().exit.code(), 2);
        }
    }
}
