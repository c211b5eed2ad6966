//! Text that comes from outside, made harmless for a terminal, a log, a CI runner and a JSON reader.
//!
//! Claims, descriptions, headers and names of files are written by others. Escape sequences move the cursor and
//! change titles, bidi marks turn what is read around, zero-width characters hide what is there, and a CI runner
//! executes what looks like one of its commands.

mod ci;

use ci::{break_commands, starts_bracket_command};
use std::borrow::Cow;
use std::fmt::Write;

/// Longest foreign text shown in one place, in characters.
pub const SHOWN: usize = 2_000;

/// Whether a character could do anything but show itself.
///
/// Controls (C0, DEL, C1), bidi marks, line and paragraph separators, zero-width and other invisible format
/// characters, interlinear annotations, tags.
#[must_use]
pub fn is_harmful(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Foreign text for a person: [`strip`], and what a CI runner would execute is broken by a space (`: :set-output`,
/// `# #vso[`). Nothing is allocated where there is nothing to clean.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    match strip(text) {
        Cow::Borrowed(text) => break_commands(text),
        Cow::Owned(text) => match break_commands(&text) {
            Cow::Borrowed(_) => Cow::Owned(text),
            Cow::Owned(broken) => Cow::Owned(broken),
        },
    }
}

/// Foreign text for a string in JSON: whole escape sequences are left out, line breaks and tabs become a space, any
/// other harmful character is left out too. [`escape_json`] writes the rest so that no CI runner executes it.
#[must_use]
pub fn strip(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    // Once a search for the end of a string has failed, another one would too: text full of beginnings stays linear.
    let mut has_end = true;
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' => has_end = skip_escape(&mut rest, has_end),
            '\u{9b}' => skip_parameters(&mut rest),
            '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            _ if is_harmful(character) => {}
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Whether a CI runner executes a line that is this text, such as a token that is printed alone.
#[must_use]
pub fn is_ci_command(line: &str) -> bool {
    ci::is_command(line)
}

/// [`clean`], and at most `longest` characters of it; a cut is marked by `…`.
#[must_use]
pub fn clean_bounded(text: &str, longest: usize) -> String {
    bounded(text, longest, clean)
}

/// [`strip`], and at most `longest` characters of it; a cut is marked by `…`.
#[must_use]
pub fn strip_bounded(text: &str, longest: usize) -> String {
    bounded(text, longest, strip)
}

fn bounded(text: &str, longest: usize, clean: fn(&str) -> Cow<'_, str>) -> String {
    // Only as much is cleaned as could be shown: escape sequences are left out, so a little more is looked at.
    let reach = text
        .char_indices()
        .nth(longest.saturating_mul(4).saturating_add(1))
        .map_or(text.len(), |(at, _)| at);
    let cleaned = clean(&text[..reach]);
    let mut characters = cleaned.chars();
    let mut out: String = characters.by_ref().take(longest).collect();
    if characters.next().is_some() || reach < text.len() {
        out.push('…');
    }
    out
}

/// Valid JSON in which every harmful character is written as an escape, and so is the first character of what a CI
/// runner executes anywhere in a line (`##[`, `##vso[`): the same document, harmless on a terminal and in a job log.
///
/// In valid JSON such characters stand inside strings only, but for the white space between tokens: of that a carriage
/// return becomes a space, the rest stays. No line of JSON starts with `::`, which needs the start of a line.
#[must_use]
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let harmful = |character: char| is_harmful(character) && !matches!(character, '\n' | '\t');
    if !json.contains(harmful) && !json.contains("##") {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for (at, character) in json.char_indices() {
        let escaped = match character {
            '\r' => {
                out.push(' ');
                continue;
            }
            '#' => starts_bracket_command(&json[at..]),
            _ => harmful(character),
        };
        if escaped {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Passes over what follows an ESC: a control sequence, a string up to its end, or one character. Tells whether a
/// string could still have an end, which it is told too.
fn skip_escape(rest: &mut std::str::Chars<'_>, has_end: bool) -> bool {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('[') => {
            *rest = ahead;
            skip_parameters(rest);
        }
        // OSC, DCS, SOS, PM, APC: a string that BEL or ST ends. Without an end only the introducer goes, so
        // that one ESC cannot hide all that follows.
        Some(']' | 'P' | 'X' | '^' | '_') => {
            *rest = ahead.clone();
            if !has_end {
                return false;
            }
            let mut previous = '\0';
            for character in ahead.by_ref() {
                if matches!(character, '\u{7}' | '\u{9c}')
                    || (previous == '\u{1b}' && character == '\\')
                {
                    *rest = ahead;
                    return true;
                }
                previous = character;
            }
            return false;
        }
        // Two-character sequences, such as ESC c (reset) and ESC 7.
        Some(' '..='~') => *rest = ahead,
        _ => {}
    }
    has_end
}

/// Passes over the parameters and the final character of a control sequence.
fn skip_parameters(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    while let Some(character) = ahead.next() {
        match character {
            ' '..='?' => {}
            '@'..='~' => {
                *rest = ahead;
                return;
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{clean, clean_bounded, escape_json, is_harmful, strip, strip_bounded};
    use proptest::prelude::{any, proptest};
    use std::borrow::Cow;

    /// What no line of any output may hold; `::` is checked by the tests of `ci`.
    fn holds_a_command(text: &str) -> bool {
        ["##[", "##vso[", "##teamcity["]
            .iter()
            .any(|command| text.contains(command))
    }

    #[test]
    fn harmless_text_is_not_copied() {
        assert!(matches!(clean("Grüße, 世界 👋 · ok"), Cow::Borrowed(_)));
    }

    #[test]
    fn sequences_marks_and_breaks() {
        for (foreign, shown) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}text", "text"),
            (
                "\u{1b}]8;;http://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{9b}2Jgone", "gone"),
            ("\u{1b}]never ends", "never ends"),
            ("\u{1b}", ""),
            ("\u{1b}[12;", "12;"),
            ("\u{1b}cfresh", "fresh"),
            ("two\nlines\r\n", "two lines "),
            ("abc\u{202e}fed\u{2066}", "abcfed"),
            ("a\u{200b}b\u{feff}c\u{2028}d", "abc d"),
            ("bell\u{7}\u{8}\u{7f}", "bell"),
        ] {
            assert_eq!(clean(foreign), shown, "{foreign:?}");
        }
    }

    #[test]
    fn a_bound_is_kept_and_marked() {
        assert_eq!(clean_bounded("abc", 3), "abc");
        assert_eq!(clean_bounded("abcd", 3), "abc…");
        assert_eq!(clean_bounded("世界世界", 2), "世界…");
        assert_eq!(clean_bounded(&"x".repeat(1_000_000), 5), "xxxxx…");
    }

    /// In quadratic time this would take an hour.
    #[test]
    fn beginnings_without_an_end_are_read_once() {
        assert_eq!(clean(&"\u{1b}]x".repeat(500_000)), "x".repeat(500_000));
    }

    #[test]
    fn json_keeps_its_meaning() {
        let json = serde_json::json!({"a\u{202e}b": "\u{9b}31m\u{7f}\u{1b}[0m\u{e0041}"});
        let text = serde_json::to_string_pretty(&json).unwrap();
        let escaped = escape_json(&text);
        assert!(escaped.is_ascii(), "{escaped}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped).unwrap(),
            json
        );
    }

    /// Security, client 14: `#` is escaped, so the parsed document is the same.
    #[test]
    fn client_14_json_keeps_commands_as_escapes() {
        let json = serde_json::json!({"##vso[x]": "##[group] ###[a] # ## b"});
        let text = serde_json::to_string(&json).unwrap();
        let escaped = escape_json(&text);
        assert!(escaped.contains("\\u0023#vso["), "{escaped}");
        assert!(!holds_a_command(&escaped), "{escaped}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped).unwrap(),
            json
        );
        assert!(matches!(escape_json(r#""a # b""#), Cow::Borrowed(_)));
        assert_eq!(escape_json("{\r\"a\":1}"), "{ \"a\":1}");
    }

    #[test]
    fn stripped_text_keeps_what_only_a_ci_runner_reads() {
        assert_eq!(strip("a\n::set-output::\u{1b}[2Jb"), "a ::set-output::b");
        assert_eq!(strip_bounded("a\n::b::c", 6), "a ::b:…");
    }

    /// A harmful character between the parts of a command does not hide it.
    #[test]
    fn client_14_what_is_left_out_leaves_no_command() {
        for text in [
            "#\u{200b}#[group]",
            "#\u{1b}[0m#vso[x]",
            ":\u{202e}:set-env name=a::b",
        ] {
            let cleaned = clean(text);
            assert!(!holds_a_command(&cleaned), "{cleaned}");
            assert!(!cleaned.contains("::"), "{cleaned}");
        }
    }

    proptest! {
        #[test]
        fn client_14_no_command_comes_out(text in "[#:\\[\\]a-z0-9 .\u{200b}\u{1b}\n]{0,60}") {
            let cleaned = clean(&text);
            assert!(!holds_a_command(&cleaned), "{cleaned}");
            assert_eq!(clean(&cleaned), cleaned);
            let json = serde_json::to_string(&text).unwrap();
            let escaped = escape_json(&json);
            assert!(!holds_a_command(&escaped), "{escaped}");
            assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        }

        #[test]
        fn nothing_harmful_comes_out(text in any::<String>(), injected in "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{202e}\\[\\]a-c;]*") {
            for text in [&text, &injected, &format!("{text}{injected}{text}")] {
                assert!(!clean(text).contains(is_harmful));
                let bounded = clean_bounded(text, 10);
                assert!(!bounded.contains(is_harmful));
                assert!(bounded.chars().count() <= 11);
            }
        }

        #[test]
        fn escaped_json_is_the_same_document(text in any::<String>(), injected in "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{202e}]*") {
            let json = serde_json::to_string(&format!("{text}{injected}")).unwrap();
            let escaped = escape_json(&json);
            assert!(!escaped.contains(is_harmful));
            assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), format!("{text}{injected}"));
        }
    }
}
