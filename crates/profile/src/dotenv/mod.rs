//! `.env` files: the reader of `--env-file`, and the writer that changes only its own lines in a file of somebody else.
//!
//! There is no standard. The reader takes what the common tools write, and everything that the writer writes.

mod read;
mod write;

pub use read::{Assignment, Malformed, parse};
pub(crate) use read::{EnvFile, read};
pub use write::{Line, line, merge};

/// The name before `=`, with or without `export` in front: `[A-Za-z_][A-Za-z0-9_]*`.
fn assigned_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let name = text
        .strip_prefix("export")
        .filter(|rest| rest.starts_with([' ', '\t']))
        .map_or(text, str::trim);
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    (starts && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}

/// The text behind a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Line, line, merge, parse};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in "[^\0]{0,40}", odd in "['\"\\\\$`#\n\r\t a]{0,20}") {
            for value in [value, odd] {
                let read = parse(&line("A", &value)).unwrap();
                prop_assert_eq!(read.get("A").unwrap().value.as_str(), value);
            }
        }

        #[test]
        fn a_merge_changes_its_own_variable_alone(before in "\u{feff}?(export |[ABT='\"#\\\\ \u{a0}]|\\r?\\n){0,30}", value in "[^\0]{0,10}") {
            let own = Line { name: "T", text: line("T", &value) };
            let after = merge(&before, &[own]);
            if let Ok(before) = parse(&before) {
                let after = parse(&after).unwrap();
                prop_assert_eq!(after.get("T").unwrap().value.as_str(), value);
                for (name, assignment) in before.iter().filter(|(name, _)| *name != "T") {
                    prop_assert_eq!(&after.get(name).unwrap().value, &assignment.value);
                }
                prop_assert!(after.len() <= before.len() + 1);
            }
        }
    }
}
