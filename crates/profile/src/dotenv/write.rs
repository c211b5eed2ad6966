//! A line for a variable, and a file in which only our own lines change.
//!
//! What is written here is read alike by sh (`. ./.env`), Docker Compose and the common
//! libraries: bare where nothing needs quotes (every token), in single quotes where that is enough, else in double
//! quotes with `\\`, `\"`, `\$`, `` \` ``, `\n` and `\r`.

use super::{assigned_name, without_mark};
use zeroize::Zeroizing;

/// A line to be written, and the variable whose earlier lines it replaces.
#[derive(Clone)]
pub struct Line<'a> {
    /// The name of the variable.
    pub name: &'a str,
    /// The line, ended, which need not be [`line()`]'s.
    pub text: Zeroizing<String>,
}

/// `NAME=value`, ended.
#[must_use]
pub fn line(name: &str, value: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(name.len() + value.len() * 2 + 4));
    out.push_str(name);
    out.push('=');
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:/@+=,%".contains(&byte);
    if value.bytes().all(bare) {
        out.push_str(value);
    } else if !value.contains(['\'', '\\', '\n', '\r']) {
        out.push('\'');
        out.push_str(value);
        out.push('\'');
    } else {
        out.push('"');
        for character in value.chars() {
            match character {
                '\\' | '"' | '$' | '`' => {
                    out.push('\\');
                    out.push(character);
                }
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                _ => out.push(character),
            }
        }
        out.push('"');
    }
    out.push('\n');
    out
}

/// The lines of `existing`, byte for byte, with those of the variables replaced by new ones; what is not there yet comes at the
/// end.
///
/// A line is a variable's when it assigns it, with or without `export`; a value in quotes may go over several lines.
/// Where a name is assigned more than once, the first place is kept. `export` in front of it is kept, and so are line breaks
/// of two characters (CRLF), which a line at the end of such a file gets too.
#[must_use]
pub fn merge(existing: &str, lines: &[Line<'_>]) -> Zeroizing<String> {
    let added: usize = lines.iter().map(|line| line.text.len() + 1).sum();
    let mut out = Zeroizing::new(String::with_capacity(existing.len() + added + 2));
    let mut left: Vec<&Line<'_>> = lines.iter().collect();
    // A byte order mark is no part of the first name.
    let (mark, mut rest) = existing.split_at(existing.len() - without_mark(existing).len());
    out.push_str(mark);
    while !rest.is_empty() {
        let (assignment, after) = split_assignment(rest);
        rest = after;
        let name = assigned(assignment);
        if !lines.iter().any(|line| Some(line.name) == name) {
            out.push_str(assignment);
        } else if let Some(at) = left.iter().position(|line| Some(line.name) == name) {
            let line = left.remove(at);
            if line.text.starts_with(line.name) {
                out.push_str(before_name(assignment, line.name));
            }
            out.push_str(line.text.trim_end_matches('\n'));
            let end = if assignment.ends_with("\r\n") {
                "\r\n"
            } else {
                "\n"
            };
            out.push_str(end);
        }
    }
    let first = existing.find('\n').map(|at| &existing[..at]);
    let end = match first {
        Some(line) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    };
    for line in left {
        if out.len() > mark.len() && !out.ends_with('\n') {
            out.push_str(end);
        }
        out.push_str(line.text.trim_end_matches('\n'));
        out.push_str(end);
    }
    out
}

/// What stands before the name in an assignment: blanks and `export`.
fn before_name<'a>(assignment: &'a str, name: &str) -> &'a str {
    let end = assignment.find('=').unwrap_or(0);
    let at = assignment[..end].rfind(name).unwrap_or(0);
    &assignment[..at]
}

/// The first line with its end, and the lines that its quotes reach over.
fn split_assignment(text: &str) -> (&str, &str) {
    let first = text.find('\n').map_or(text.len(), |at| at + 1);
    let Some(name) = assigned(&text[..first]) else {
        return text.split_at(first);
    };
    let value_at = text.find('=').map_or(first, |at| at + 1);
    debug_assert!(!name.is_empty());
    let value = &text[value_at..];
    let opening = value.trim_start_matches([' ', '\t']);
    let Some(quote) = opening
        .chars()
        .next()
        .filter(|quote| matches!(quote, '\'' | '"'))
    else {
        return text.split_at(first);
    };
    let mut escaped = false;
    let quoted_at = value_at + value.len() - opening.len() + 1;
    for (at, character) in text[quoted_at..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if character == quote => {
                let end = quoted_at + at;
                let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
                return text.split_at(end);
            }
            _ => {}
        }
    }
    // Quotes that never close: other readers take the line alone, and so does this one.
    text.split_at(first)
}

/// The name that a line assigns.
fn assigned(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    assigned_name(name)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Line, line, merge};
    use proptest::prelude::proptest;
    use std::process::Command;

    fn merged(existing: &str, value: &str) -> String {
        let name = "ACCESS_TOKEN";
        let text = line(name, value);
        merge(existing, &[Line { name, text }]).to_string()
    }

    #[test]
    fn quotes_only_where_they_are_needed() {
        assert_eq!(*line("A", "eyJ.a-b_c/+=="), "A=eyJ.a-b_c/+==\n");
        assert_eq!(*line("A", "a b $c"), "A='a b $c'\n");
        assert_eq!(*line("A", "it's \"$x\"\n"), "A=\"it's \\\"\\$x\\\"\\n\"\n");
    }

    #[test]
    fn a_shell_reads_a_dotenv_line() {
        for value in [
            "plain",
            "",
            "it's",
            "''",
            "a\\'b\\",
            "$HOME ${PATH} $(id) `id`",
            "\"double\" !history !! \\n \\t",
            " leading and trailing ",
            "# no comment ; & | > < * ? ~ [a] {b,c}",
            "‘typographic’ ‚quotes‛ é世",
        ] {
            let script = format!("{}printf %s \"$A\"", *line("A", value));
            let read = Command::new("sh").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&read.stdout), value);
        }
    }

    #[test]
    fn only_its_own_lines_change() {
        for (before, after) in [
            ("", "ACCESS_TOKEN=new\n"),
            ("# mine\nA=1\n", "# mine\nA=1\nACCESS_TOKEN=new\n"),
            ("A=1", "A=1\nACCESS_TOKEN=new\n"),
            (
                "A=1\nACCESS_TOKEN=old # x\n\nB = 'x'\n",
                "A=1\nACCESS_TOKEN=new\n\nB = 'x'\n",
            ),
            (
                "export ACCESS_TOKEN = 'old'\nB=2",
                "export ACCESS_TOKEN=new\nB=2",
            ),
            (" \texport\tACCESS_TOKEN=", " \texport\tACCESS_TOKEN=new\n"),
            ("A=1\r\nB=2", "A=1\r\nB=2\r\nACCESS_TOKEN=new\r\n"),
            ("A=1\r\n", "A=1\r\nACCESS_TOKEN=new\r\n"),
            (
                "A=1\r\nACCESS_TOKEN=old\r\nB=2\r\n",
                "A=1\r\nACCESS_TOKEN=new\r\nB=2\r\n",
            ),
            (
                "ACCESS_TOKEN=\"one\ntwo\\\"\nthree\" # end\nB=2\n",
                "ACCESS_TOKEN=new\nB=2\n",
            ),
            (
                "ACCESS_TOKEN=1\nB=2\nACCESS_TOKEN=3\n",
                "ACCESS_TOKEN=new\nB=2\n",
            ),
            (
                "ACCESS_TOKEN=\"never closed\nB=2\n",
                "ACCESS_TOKEN=new\nB=2\n",
            ),
            (
                "MY_ACCESS_TOKEN=1\n#ACCESS_TOKEN=2\n",
                "MY_ACCESS_TOKEN=1\n#ACCESS_TOKEN=2\nACCESS_TOKEN=new\n",
            ),
            (
                "B='\nACCESS_TOKEN=inside\n'\n",
                "B='\nACCESS_TOKEN=inside\n'\nACCESS_TOKEN=new\n",
            ),
            ("ACCESS_TOKEN=old", "ACCESS_TOKEN=new\n"),
            ("\u{feff}", "\u{feff}ACCESS_TOKEN=new\n"),
            ("\u{feff}ACCESS_TOKEN=old", "\u{feff}ACCESS_TOKEN=new\n"),
            (
                "\u{feff}B='\nACCESS_TOKEN=inside\n'\n",
                "\u{feff}B='\nACCESS_TOKEN=inside\n'\nACCESS_TOKEN=new\n",
            ),
        ] {
            assert_eq!(merged(before, "new"), after, "{before:?}");
        }
    }

    proptest! {
        #[test]
        fn other_lines_stay_byte_for_byte(before in "(?s)([A-Z ='\"#\\\\$é]|\\r?\\n){0,80}") {
            // No line of these can name the variable: it has a character that they lack.
            let after = merged(&before, "new");
            assert!(after.starts_with(&before), "{before:?} {after:?}");
            assert_eq!(merged(&after, "newer"), after.replace("=new", "=newer"));
        }
    }
}
