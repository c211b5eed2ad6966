//! Columns, not characters: padding and wrapping of text with wide characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that `text` takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Appends spaces to `out` so that `text`, already in it, takes `width` columns.
pub(crate) fn pad(out: &mut String, text: &str, width: usize) {
    for _ in columns(text)..width {
        out.push(' ');
    }
}

/// Breaks `text` into lines of at most `width` columns, at spaces where there are some, else anywhere.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    // A wide character needs two columns; with less than that there is no progress.
    let width = width.max(2);
    if columns(text) <= width {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let wide = columns(word);
        if used > 0 && used + 1 + wide <= width {
            push(&mut lines, " ");
            push(&mut lines, word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            if used + wide > width {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, character.encode_utf8(&mut [0; 4]));
            used += wide;
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::{columns, pad, wrap};
    use proptest::prelude::proptest;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(columns("世界"), 4);
        let mut out = String::from("世界");
        pad(&mut out, "世界", 6);
        assert_eq!(out, "世界  ");
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(
            wrap("api.read api.write admin", 18),
            ["api.read api.write", "admin"]
        );
        assert_eq!(wrap("short", 18), ["short"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("世界世界", 5), ["世界", "世界"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(text in "[a-z世é ]{0,60}", width in 2_usize..20) {
            let lines = wrap(&text, width);
            for line in &lines {
                assert!(columns(line) <= width, "{line:?}");
            }
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
