//! The file given with `--env-file`: `NAME=value` lines, read as if they were environment.
//!
//! `export` in front, blank lines and comments are allowed. A value is plain (up to ` #` or the end of the line),
//! in single quotes (as it stands) or in double quotes (with `\n`, `\r`, `\t`, `\"`, `\\`, `\$` and `` \` ``); a quoted value may run over
//! several lines, as a private key does. Nothing is expanded or executed. The last of two lines with one name counts.

use super::{assigned_name, without_mark};
use crate::error::Error;
use jeton_files::Access;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest such file.
const LIMIT: usize = 1024 * 1024;

/// A value and the line on which its name stands, counted from 1.
#[derive(Clone)]
pub struct Assignment {
    /// The value, without quotes and escapes.
    pub value: Zeroizing<String>,
    /// The line.
    pub line: usize,
}

/// A file of assignments as it was read.
#[derive(Clone)]
pub(crate) struct EnvFile {
    pub(crate) path: Arc<Path>,
    /// Owner and mode of the file that was read.
    pub(crate) access: Access,
    pub(crate) assignments: BTreeMap<String, Assignment>,
}

/// Why a text is no list of assignments. The text is not repeated: it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Reads a file of assignments.
///
/// # Errors
/// Exit 3: it cannot be read, or a line is no assignment. The line is named by number; its text is never repeated.
pub(crate) fn read(path: &Path) -> Result<EnvFile, Error> {
    let failed = |reason: &str| {
        Error::config(format!(
            "cannot read the environment file {}: {reason}",
            path.display()
        ))
    };
    let content = jeton_files::read(path, LIMIT).map_err(|cause| failed(&cause.to_string()))?;
    let text = content
        .text()
        .ok_or_else(|| failed("it is not UTF-8 text"))?;
    let assignments = parse(text).map_err(|Malformed { line, reason }| {
        Error::config(format!("{}:{line}: {reason}", path.display()))
            .hint("write each line as NAME=value, NAME='value' or NAME=\"value\"")
    })?;
    Ok(EnvFile {
        path: path.into(),
        access: content.access,
        assignments,
    })
}

/// Reads assignments by name.
///
/// # Errors
/// The first line that is none.
pub fn parse(text: &str) -> Result<BTreeMap<String, Assignment>, Malformed> {
    let mut assignments = BTreeMap::new();
    let mut rest = without_mark(text);
    let mut line = 1;
    while !rest.is_empty() {
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let trimmed = first.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            rest = after;
            line += 1;
            continue;
        }
        let (name, value) = first.split_once('=').ok_or(Malformed {
            line,
            reason: "there is no = on this line",
        })?;
        let name = assigned_name(name).ok_or(Malformed {
            line,
            reason: "the name before = is not a variable name",
        })?;
        let value_start = value.trim_start_matches([' ', '\t']);
        let (value, next, lines) = match value_start.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                // The quoted text may go on after this line, so it is taken from the whole rest.
                let from = first.len() - value_start.len();
                let quoted = rest.get(from + 1..).unwrap_or_default();
                let (value, tail) =
                    unquote(quoted, quote).map_err(|reason| Malformed { line, reason })?;
                let (trailing, next) = tail.split_once('\n').unwrap_or((tail, ""));
                let trailing = trailing.trim();
                if !trailing.is_empty() && !trailing.starts_with('#') {
                    return Err(Malformed {
                        line,
                        reason: "there is text after the closing quote",
                    });
                }
                let consumed = rest.len() - next.len();
                let lines = rest
                    .as_bytes()
                    .iter()
                    .take(consumed)
                    .filter(|b| **b == b'\n');
                (value, next, lines.count())
            }
            _ => (Zeroizing::new(plain(value).to_owned()), after, 1),
        };
        assignments.insert(name.to_owned(), Assignment { value, line });
        rest = next;
        line += lines;
    }
    Ok(assignments)
}

/// A value without quotes: up to a `#` that follows a blank, blanks around it dropped.
fn plain(value: &str) -> &str {
    let comment = value
        .char_indices()
        .find(|(at, c)| *c == '#' && value[..*at].ends_with([' ', '\t']))
        .map_or(value.len(), |(at, _)| at);
    value[..comment].trim()
}

/// What stands before the closing quote, and what follows it.
fn unquote(text: &str, quote: char) -> Result<(Zeroizing<String>, &str), &'static str> {
    // Room for all of it at once: a string that grows leaves copies behind.
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Ok((value, &text[at + c.len_utf8()..]));
        }
        if c == '\\' && quote == '"' {
            match chars.next().map(|(_, escaped)| escaped) {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(literal @ ('"' | '\\' | '$' | '`')) => value.push(literal),
                Some(other) => value.extend(['\\', other]),
                None => break,
            }
        } else {
            value.push(c);
        }
    }
    Err("the quote that opens here is not closed")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{parse, read};

    fn value(text: &str, name: &str) -> (String, usize) {
        let found = parse(text).unwrap();
        let assignment = found.get(name).unwrap();
        (assignment.value.to_string(), assignment.line)
    }

    #[test]
    fn forms_of_a_line() {
        for (text, expected) in [
            ("A=b", "b"),
            ("export A=b", "b"),
            ("  A = b  ", "b"),
            ("A=", ""),
            ("A=b # note", "b"),
            ("A=b#c", "b#c"),
            ("A='b # c'", "b # c"),
            ("A='b\\n'", "b\\n"),
            ("A=\"b\\nc\" # note", "b\nc"),
            ("A=\"\\\"\\\\\\$\\`\\q\"", "\"\\$`\\q"),
            ("A=b=c", "b=c"),
            ("A=b\r\n", "b"),
            ("A=\"b\"\r\n", "b"),
            ("\u{feff}A=b", "b"),
            ("A=a\nA=b", "b"),
            ("exported=1\nA=b", "b"),
        ] {
            assert_eq!(value(text, "A").0, expected, "{text:?}");
        }
    }

    #[test]
    fn quoted_values_run_over_lines_and_lines_are_counted_on() {
        let text = "# note\n\nKEY=\"-----BEGIN\nabc\n-----END\"\nNEXT='x'\n LAST=y";
        assert_eq!(
            value(text, "KEY"),
            ("-----BEGIN\nabc\n-----END".to_owned(), 3)
        );
        assert_eq!(value(text, "NEXT"), ("x".to_owned(), 6));
        assert_eq!(value(text, "LAST"), ("y".to_owned(), 7));
    }

    #[test]
    fn wrong_lines_are_named_by_number_alone() {
        for (text, line) in [
            ("A=1\ncanary", 2),
            ("canary canary=1", 1),
            ("1canary=2", 1),
            ("=canary", 1),
            ("A=1\n\nB=\"canary", 3),
            ("A='x' canary", 1),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("deploy.env");
            std::fs::write(&path, text).unwrap();
            let error = read(&path).err().unwrap();
            assert!(
                error.message.contains(&format!("deploy.env:{line}: ")),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[A-C='\"\\\\#\n\r \t\u{e9}]{0,40}") {
            let _judged = parse(&text);
        }
    }
}
