//! The part of a token that is shown by default.

use super::clean::is_harmful;

/// Nothing is shown of shorter tokens.
const SHORTEST_SHOWN: usize = 24;

/// At most the first six and the last four characters; of a token shorter than 24 nothing.
pub(crate) fn mask(token: &str) -> String {
    let visible = || token.chars().filter(|character| !is_harmful(*character));
    let count = visible().count();
    if count < SHORTEST_SHOWN {
        return "…".to_owned();
    }
    let mut masked: String = visible().take(6).collect();
    masked.push_str("……");
    masked.extend(visible().skip(count - 4));
    masked
}

#[cfg(test)]
mod tests {
    use super::mask;
    use proptest::prelude::{any, proptest};

    #[test]
    fn six_and_four() {
        assert_eq!(mask("eyJhbGciOiJFUzI1NiJ93D7Q"), "eyJhbG……3D7Q");
        assert_eq!(mask("eyJhbGciOiJFUzI1NiJ93D7"), "…");
        assert_eq!(mask(""), "…");
    }

    #[test]
    fn characters_and_not_bytes_are_counted() {
        assert_eq!(mask(&"é".repeat(23)), "…");
        assert_eq!(mask(&"é".repeat(24)), "éééééé……éééé");
        assert_eq!(
            mask(&format!("\u{1b}[2J{}", "x".repeat(24))),
            "[2Jxxx……xxxx"
        );
        assert_eq!(mask(&"\u{202e}".repeat(50)), "…");
    }

    proptest! {
        #[test]
        fn never_more_than_ten_characters_of_it(token in any::<String>()) {
            let shown = mask(&token).chars().filter(|c| *c != '…').count();
            assert!(shown <= 10);
        }
    }
}
