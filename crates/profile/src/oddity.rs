//! Signs that a secret was stored by mistake with something around it.

/// What is odd about a secret; `None` where nothing is. The secret is not repeated.
#[must_use]
pub fn oddity(secret: &str) -> Option<&'static str> {
    let quoted = |mark| secret.len() > 1 && secret.starts_with(mark) && secret.ends_with(mark);
    if secret.trim() != secret {
        Some("it begins or ends with white space")
    } else if quoted('"') || quoted('\'') {
        Some("it is in quotes, which are sent too")
    } else if secret.contains(['\n', '\r']) {
        Some("it has more than one line")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::oddity;

    #[test]
    fn slips_of_whoever_wrote_the_secret() {
        for good in ["s3cret", "with space", "a\"b", "\"", "'x"] {
            assert_eq!(oddity(good), None, "{good:?}");
        }
        for odd in [" s", "s\t", "\"s\"", "'s'", "a\nb"] {
            assert!(oddity(odd).is_some(), "{odd:?}");
        }
    }
}
