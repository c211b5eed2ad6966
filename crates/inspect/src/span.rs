//! Spans of time as people read them.

/// A span in its two largest units: `9m 58s`, `2h 5m`, `3d 4h`, `45s`.
#[must_use]
pub fn span(seconds: u64) -> String {
    let units = [
        ("y", 31_536_000),
        ("d", 86_400),
        ("h", 3_600),
        ("m", 60),
        ("s", 1),
    ];
    for (index, (unit, length)) in units.into_iter().enumerate() {
        if seconds < length {
            continue;
        }
        let first = format!("{}{unit}", seconds / length);
        return match units.get(index + 1) {
            Some((next, smaller)) if seconds % length / smaller > 0 => {
                format!("{first} {}{next}", seconds % length / smaller)
            }
            _ => first,
        };
    }
    "0s".to_owned()
}

/// How far `then` is from `now`: `in 9m 58s`, `3m 2s ago`, `now`.
#[must_use]
pub fn relative(then: i64, now: i64) -> String {
    let distance = span(then.abs_diff(now));
    match then.cmp(&now) {
        std::cmp::Ordering::Greater => format!("in {distance}"),
        std::cmp::Ordering::Equal => "now".to_owned(),
        std::cmp::Ordering::Less => format!("{distance} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::{relative, span};

    #[test]
    fn spans_have_two_units_at_most() {
        for (seconds, text) in [
            (0, "0s"),
            (45, "45s"),
            (598, "9m 58s"),
            (600, "10m"),
            (7_500, "2h 5m"),
            (7_205, "2h"),
            (273_600, "3d 4h"),
            (31_536_000, "1y"),
        ] {
            assert_eq!(span(seconds), text);
        }
    }

    #[test]
    fn distances() {
        assert_eq!(relative(1_598, 1_000), "in 9m 58s");
        assert_eq!(relative(1_000, 1_182), "3m 2s ago");
        assert_eq!(relative(5, 5), "now");
        assert!(relative(i64::MAX, i64::MIN).starts_with("in "));
    }
}
