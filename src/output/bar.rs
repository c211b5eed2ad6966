//! Lifetimes as bars of ten parts, full at the beginning.

use super::terminal::Paint;

/// Parts of a bar.
const PARTS: u64 = 10;
/// With so many parts left the colour warns.
const LOW: u64 = 2;

/// What is left of a lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar {
    full: u64,
    over: bool,
}

impl Bar {
    /// `left` seconds of `lifetime`. What lives has at least one part, and only what is whole has all.
    pub(crate) fn of(left: i64, lifetime: u64) -> Self {
        let full = match u64::try_from(left) {
            Ok(0) | Err(_) => 0,
            Ok(left) if left >= lifetime => PARTS,
            Ok(left) => (u128::from(left) * u128::from(PARTS) / u128::from(lifetime))
                .max(1)
                .try_into()
                .unwrap_or(PARTS),
        };
        Self {
            full,
            over: left <= 0,
        }
    }

    /// What is left at `now` of the time from `start` to `end`, all in seconds since 1970; empty before it begins.
    pub(crate) fn between(start: i64, end: i64, now: i64) -> Self {
        if now < start {
            return Self {
                full: 0,
                over: true,
            };
        }
        Self::of(end.saturating_sub(now), end.abs_diff(start))
    }

    /// Its colour: red where nothing is left, yellow where it is little.
    pub(crate) const fn paint(self) -> Paint {
        match (self.over, self.full) {
            (true, _) => Paint::Bad,
            (false, ..=LOW) => Paint::Warning,
            (false, _) => Paint::Good,
        }
    }
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (0..PARTS).try_for_each(|part| f.write_str(if part < self.full { "▰" } else { "▱" }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Paint};

    #[test]
    fn empty_only_at_the_end() {
        let full = |left, lifetime| Bar::of(left, lifetime).full;
        assert_eq!(
            [full(600, 600), full(598, 600), full(1, 600), full(0, 600)],
            [10, 9, 1, 0]
        );
        assert_eq!(
            [
                full(-5, 600),
                full(i64::MAX, 600),
                full(i64::MAX, u64::MAX),
                full(5, 0)
            ],
            [0, 10, 4, 10]
        );
        assert_eq!(Bar::of(300, 600).to_string(), "▰▰▰▰▰▱▱▱▱▱");
    }

    #[test]
    fn between_two_times() {
        let full = |now| Bar::between(1_000, 2_000, now).full;
        assert_eq!(
            [
                full(999),
                full(1_000),
                full(1_500),
                full(1_999),
                full(2_000)
            ],
            [0, 10, 5, 1, 0]
        );
        assert_eq!(Bar::between(i64::MIN, i64::MAX, 0).full, 4);
        assert_eq!(Bar::between(2_000, 1_000, 2_500).full, 0);
    }

    #[test]
    fn the_colour_says_how_long_it_lasts() {
        let paint = |now| Bar::between(1_000, 2_000, now).paint();
        assert_eq!(
            [paint(999), paint(1_100), paint(1_799), paint(2_000)],
            [Paint::Bad, Paint::Good, Paint::Warning, Paint::Bad]
        );
    }
}
