//! Spans of time as people write them: `500ms`, `90s`, `10m`, `1h30m`, `2d`.

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

/// Reads whole numbers, each with its unit: `90s`, `1h30m`.
///
/// # Errors
/// What is wrong, without the text itself: no unit, no number, an unknown unit, or more than ten years.
pub fn parse(text: &str) -> Result<Duration, String> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(format!("a duration starts with a number{EXAMPLES}"));
    }
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let (part, after) = first_part(rest)?;
        total = total.saturating_add(part);
        rest = after;
    }
    if total > LONGEST {
        return Err("a duration is at most ten years".to_owned());
    }
    Ok(total)
}

/// The first number with its unit, and what follows it.
fn first_part(text: &str) -> Result<(Duration, &str), String> {
    let digits = text.find(|c: char| !c.is_ascii_digit());
    let (number, rest) = text.split_at(digits.unwrap_or(text.len()));
    if number.is_empty() {
        return Err(format!("a duration starts with a number{EXAMPLES}"));
    }
    let letters = rest.find(|c: char| c.is_ascii_digit());
    let (unit, rest) = rest.split_at(letters.unwrap_or(rest.len()));
    if unit.is_empty() {
        return Err(format!("a duration needs a unit{EXAMPLES}"));
    }
    let Some((_, factor)) = MILLIS.iter().find(|(name, _)| *name == unit) else {
        return Err(format!(
            "the units of a duration are ms, s, m, h and d{EXAMPLES}"
        ));
    };
    let millis = number
        .parse::<u64>()
        .map_or(u64::MAX, |number| number.saturating_mul(*factor));
    Ok((Duration::from_millis(millis), rest))
}

const EXAMPLES: &str = ": write `90s`, `10m` or `1h`";

/// Writes a span with the largest unit that leaves no rest.
pub fn format(span: Duration) -> String {
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
            (" 5s ", 5_000),
            ("1h30m", 5_400_000),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_says_how_to_write_one() {
        for text in [
            "", "s", "30", "-5s", "1.5h", "5 weeks", "5 s", "1h30", "ten",
        ] {
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
