//! What a check found, one rule a line.

use super::panel::{Panel, Row};
use super::terminal::Paint;
use crate::error::Found;

/// `pass`, `note` or `FAIL` and the rule on the left, words beside them.
pub(crate) fn findings(list: &[Found]) -> Panel {
    let mut panel = Panel::new();
    for found in list {
        let (word, paint) = match found.level {
            "pass" => ("pass", Some(Paint::Good)),
            "fail" => ("FAIL", Some(Paint::Bad)),
            other => (other, None),
        };
        let row = Row::new(&format!("{word}  {}", found.rule), &found.words);
        panel.push(match paint {
            Some(paint) => row.paint(paint),
            None => row,
        });
    }
    panel
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::error::Found;
    use crate::output::Look;

    #[test]
    fn aligned_and_cleaned() {
        let found = |level, rule, words: &str| Found {
            rule,
            level,
            words: words.to_owned(),
        };
        let list = [
            found("pass", "iss", "https://auth.example.com"),
            found(
                "note",
                "typ",
                "\"\u{1b}[2J\u{202e}JWT\", and RFC 9068 wants at+jwt",
            ),
            found("fail", "signature", "the signature does not match"),
        ];
        insta::assert_snapshot!(findings(&list).render(Look::plain()), @r#"
          pass  iss        https://auth.example.com
          note  typ        "JWT", and RFC 9068 wants at+jwt
          FAIL  signature  the signature does not match
        "#);
    }
}
