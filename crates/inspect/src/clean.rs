//! Text that comes from outside, made harmless for a terminal, a log and a JSON reader.
//!
//! Claims, descriptions, headers and names of files are written by others. Escape sequences move the cursor and
//! change titles, bidi marks turn what is read around, zero-width characters hide what is there.

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

/// Foreign text for a person: whole escape sequences are left out, line breaks and tabs become a space, any other
/// harmful character is left out too. Nothing is allocated where there is nothing to clean.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
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

/// [`clean`], and at most `longest` characters of it; a cut is marked by `…`.
#[must_use]
pub fn clean_bounded(text: &str, longest: usize) -> String {
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

/// Valid JSON in which every harmful character is written as an escape: the same document, harmless on a terminal.
///
/// In valid JSON such characters stand inside strings only, but for the white space between tokens, which stays.
#[must_use]
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let harmful =
        |character: char| is_harmful(character) && !matches!(character, '\n' | '\r' | '\t');
    if !json.contains(harmful) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if harmful(character) {
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

    use super::{clean, clean_bounded, escape_json, is_harmful};
    use proptest::prelude::{any, proptest};
    use std::borrow::Cow;

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

    proptest! {
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
