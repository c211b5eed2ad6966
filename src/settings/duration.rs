//! Spans of time as people write them: `500ms`, `90s`, `10m`, `1h`, `2d`.

use std::time::Duration;

/// The longest span that makes sense anywhere in the settings: ten years.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

const MILLIS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// Reads a whole number with its unit.
///
/// # Errors
/// What is wrong, without the text itself: no unit, no number, an unknown unit, or more than ten years.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    if number.is_empty() {
        return Err(format!("a duration starts with a number{EXAMPLES}"));
    }
    if unit.is_empty() {
        return Err(format!("a duration needs a unit{EXAMPLES}"));
    }
    let Some((_, factor)) = MILLIS.iter().find(|(name, _)| *name == unit.trim()) else {
        return Err(format!(
            "a duration is one number with the unit ms, s, m, h or d{EXAMPLES}"
        ));
    };
    number
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(*factor))
        .map(Duration::from_millis)
        .filter(|span| *span <= LONGEST)
        .ok_or_else(|| "a duration is at most ten years".to_owned())
}

const EXAMPLES: &str = ": write `90s`, `10m` or `1h`";

/// Writes a span with the largest unit that leaves no rest.
pub(crate) fn format(span: Duration) -> String {
    let millis = span.as_millis();
    let (unit, factor) = MILLIS
        .iter()
        .rev()
        .find(|(_, factor)| millis != 0 && millis.is_multiple_of(u128::from(*factor)))
        .unwrap_or(&("s", 1_000));
    format!("{}{unit}", millis / u128::from(*factor))
}

#[cfg(test)]
mod tests {
    use super::{format, parse};
    use std::time::Duration;

    #[test]
    fn units() {
        for (text, millis) in [
            ("500ms", 500),
            ("90s", 90_000),
            ("10m", 600_000),
            ("1h", 3_600_000),
            ("2d", 172_800_000),
            ("0s", 0),
            (" 5 s ", 5_000),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_says_how_to_write_one() {
        for text in ["", "s", "30", "-5s", "1.5h", "5 weeks", "1h30m", "ten"] {
            let told = parse(text).expect_err(text);
            assert!(told.contains("`90s`"), "{text}: {told}");
        }
        assert!(parse("99999999999999999999s").is_err());
        assert!(parse("4000d").is_err());
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(millis in 0u64..=100_000_000_000) {
            let span = Duration::from_millis(millis);
            proptest::prop_assert_eq!(parse(&format(span)), Ok(span));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}") {
            let _judged = parse(&text);
        }
    }
}
