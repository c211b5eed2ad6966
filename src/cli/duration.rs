//! Durations as people write them: `90s`, `10m`, `2h`, `1d`, `1h30m`.

use std::time::Duration;

/// Reads a duration: whole numbers, each with its unit (`s`, `m`, `h`, `d`), largest first or not.
///
/// # Errors
///
/// One line that says what is wrong and shows a right one.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a duration: write 90s, 10m or 1h30m");
    let mut seconds = 0_u64;
    let mut rest = text;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: u64 = rest[..digits].parse().map_err(|_| wrong())?;
        let unit = match rest[digits..].chars().next() {
            Some('s') => 1,
            Some('m') => 60,
            Some('h') => 3_600,
            Some('d') => 86_400,
            _ => return Err(wrong()),
        };
        seconds = count
            .checked_mul(unit)
            .and_then(|part| seconds.checked_add(part))
            .ok_or_else(wrong)?;
        rest = &rest[digits + 1..];
    }
    Ok(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn whole_numbers_with_units() {
        for (text, seconds) in [
            ("0s", 0),
            ("90s", 90),
            ("10m", 600),
            ("1h30m", 5_400),
            ("2d", 172_800),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in [
            "",
            "90",
            "s",
            "1.5h",
            "-1s",
            "10 m",
            "1w",
            "99999999999999999999s",
            "999999999999999999d",
            "5m€",
        ] {
            let error = parse(text).err().unwrap_or_default();
            assert!(error.contains("write 90s"), "{text}: {error}");
        }
    }
}
