//! When a kept token is used, renewed ahead of its end, or replaced: a pure function of the time, the entry and two thresholds.
//!
//! ```text
//! obtained_at                                   refresh_before            min_ttl     expires_at
//!      |------------------ Use ------------------------|-------- Renew -------|--- Fetch ---|
//! ```
//!
//! `min_ttl` is a promise and wins over everything: a token that lives for less than `min_ttl` as a whole is always `Fetch`,
//! and whoever fetched it hands it out with a warning. `refresh_before` is a wish and is capped at a quarter of the lifetime.

use crate::cache::Entry;
use std::time::Duration;

/// How far in the future `obtained_at` may lie, in seconds: another process's clock reading may be a little later than ours
/// (ours was taken before we waited for it). Beyond it the clock was set back, and nothing that the entry says about time holds.
const CLOCK_TOLERANCE: i64 = 60;

/// What the configuration asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Renew this long ahead of the end (before the cap).
    pub refresh_before: Duration,
    /// Never hand out a kept token with this little left, or less.
    pub min_ttl: Duration,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            refresh_before: Duration::from_secs(90),
            min_ttl: Duration::from_secs(30),
        }
    }
}

/// What to do with a kept token. `ttl` is the time left in seconds, always above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Fresh enough, or not worth another question to the server.
    Use {
        /// Seconds left.
        ttl: i64,
    },
    /// Usable, and near its end: one process renews it, the others use it, and so does that one if it cannot renew.
    Renew {
        /// Seconds left.
        ttl: i64,
    },
    /// Not to be used.
    Fetch,
}

/// Decides about `entry` at `now` (Unix seconds).
#[must_use]
pub fn decide(now: i64, entry: &Entry, thresholds: &Thresholds) -> Decision {
    let Some(ttl) = ttl(now, entry) else {
        return Decision::Fetch;
    };
    if ttl <= seconds(thresholds.min_ttl) {
        return Decision::Fetch;
    }
    let waits = entry.renew_after.is_some_and(|after| now < after);
    if waits || ttl > refresh_before(entry, thresholds) {
        Decision::Use { ttl }
    } else {
        Decision::Renew { ttl }
    }
}

/// `refresh_before` in seconds as it counts for this entry: capped at a quarter of its lifetime, so that a short-lived token
/// is not renewed all the time. Zero for an entry whose end is unknown.
#[must_use]
pub fn refresh_before(entry: &Entry, thresholds: &Thresholds) -> i64 {
    seconds(thresholds.refresh_before).min(lifetime(entry).unwrap_or(0) / 4)
}

/// Seconds from `now` until the entry stops being used without a thought: until [`decide`] says `Renew` or `Fetch`. Zero when it already does.
#[must_use]
pub fn renews_in(now: i64, entry: &Entry, thresholds: &Thresholds) -> i64 {
    let Some(ttl) = ttl(now, entry) else {
        return 0;
    };
    let window = ttl - refresh_before(entry, thresholds);
    let postponed = entry
        .renew_after
        .map_or(window, |after| window.max(after.saturating_sub(now)));
    let last = ttl.saturating_sub(seconds(thresholds.min_ttl));
    postponed.min(last).max(0)
}

/// The entry to keep after `before` was renewed and the server answered with `fresh`.
///
/// A new token is kept as it is. The same token keeps its first `obtained_at` (its lifetime did not start again), and when
/// that leaves it in the renewal window, the server is one that hands out one token until its end. Asking it once in a
/// window is enough: `renew_after` is set to the moment when only `min_ttl` is left and it has to be asked.
#[must_use]
pub fn after_renewal(before: &Entry, fresh: Entry, thresholds: &Thresholds) -> Entry {
    if before.access_token != fresh.access_token {
        return fresh;
    }
    let now = fresh.obtained_at;
    let mut kept = Entry {
        obtained_at: before.obtained_at.min(now),
        renew_after: None,
        ..fresh
    };
    if let (Decision::Renew { .. }, Some(end)) = (decide(now, &kept, thresholds), kept.expires_at) {
        kept.renew_after = Some(end.saturating_sub(seconds(thresholds.min_ttl)));
    }
    kept
}

/// The time left, never more than the whole lifetime; `None` when there is none or it cannot be known.
fn ttl(now: i64, entry: &Entry) -> Option<i64> {
    let lifetime = lifetime(entry)?;
    if entry.obtained_at.saturating_sub(now) > CLOCK_TOLERANCE {
        return None;
    }
    let left = entry.expires_at?.saturating_sub(now).min(lifetime);
    (left > 0).then_some(left)
}

fn lifetime(entry: &Entry) -> Option<i64> {
    let lifetime = entry.expires_at?.saturating_sub(entry.obtained_at);
    (lifetime > 0).then_some(lifetime)
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Decision, Thresholds, after_renewal, decide, refresh_before, renews_in};
    use crate::cache::Entry;
    use crate::cache::tests::entry;
    use proptest::prelude::{any, prop_assert, proptest};
    use std::time::Duration;

    const START: i64 = 1_000_000;

    const THRESHOLDS: Thresholds = Thresholds {
        refresh_before: Duration::from_secs(90),
        min_ttl: Duration::from_secs(30),
    };

    fn living(lifetime: i64) -> Entry {
        Entry {
            obtained_at: START,
            expires_at: Some(START + lifetime),
            ..entry("a token")
        }
    }

    #[test]
    fn used_then_renewed_then_fetched() {
        let entry = living(600);
        let at = |left: i64| decide(START + 600 - left, &entry, &THRESHOLDS);
        assert_eq!(at(600), Decision::Use { ttl: 600 });
        assert_eq!(at(91), Decision::Use { ttl: 91 });
        assert_eq!(at(90), Decision::Renew { ttl: 90 });
        assert_eq!(at(31), Decision::Renew { ttl: 31 });
        assert_eq!(at(30), Decision::Fetch);
        assert_eq!(at(0), Decision::Fetch);
        assert_eq!(at(-5), Decision::Fetch);
    }

    #[test]
    fn refresh_before_is_capped_at_a_quarter_of_the_lifetime() {
        let entry = living(200);
        assert_eq!(refresh_before(&entry, &THRESHOLDS), 50);
        assert_eq!(
            decide(START + 149, &entry, &THRESHOLDS),
            Decision::Use { ttl: 51 }
        );
        assert_eq!(
            decide(START + 150, &entry, &THRESHOLDS),
            Decision::Renew { ttl: 50 }
        );
        assert_eq!(refresh_before(&living(360), &THRESHOLDS), 90);
        assert_eq!(refresh_before(&living(7200), &THRESHOLDS), 90);
    }

    #[test]
    fn min_ttl_wins_over_the_capped_refresh_before() {
        let entry = living(60); // the cap is 15 s, below min_ttl
        assert_eq!(
            decide(START + 29, &entry, &THRESHOLDS),
            Decision::Use { ttl: 31 }
        );
        assert_eq!(decide(START + 30, &entry, &THRESHOLDS), Decision::Fetch);
        assert_eq!(renews_in(START, &entry, &THRESHOLDS), 30);
        assert_eq!(decide(START, &living(20), &THRESHOLDS), Decision::Fetch);
    }

    #[test]
    fn without_min_ttl_an_ended_token_is_still_not_used() {
        let none = Thresholds {
            refresh_before: Duration::ZERO,
            min_ttl: Duration::ZERO,
        };
        assert_eq!(
            decide(START + 9, &living(10), &none),
            Decision::Use { ttl: 1 }
        );
        assert_eq!(decide(START + 10, &living(10), &none), Decision::Fetch);
    }

    #[test]
    fn an_unknown_end_is_never_used() {
        let entry = Entry {
            expires_at: None,
            ..living(0)
        };
        assert_eq!(decide(START, &entry, &THRESHOLDS), Decision::Fetch);
    }

    #[test]
    fn a_clock_set_back_makes_the_entry_worthless_and_a_little_disagreement_does_not() {
        let entry = living(600);
        assert_eq!(
            decide(START - 60, &entry, &THRESHOLDS),
            Decision::Use { ttl: 600 },
            "never more than the lifetime"
        );
        assert_eq!(decide(START - 61, &entry, &THRESHOLDS), Decision::Fetch);
        assert_eq!(renews_in(START - 61, &entry, &THRESHOLDS), 0);
    }

    #[test]
    fn the_same_token_again_is_asked_for_once_in_its_window() {
        let before = living(600);
        let fresh = Entry {
            obtained_at: START + 520,
            ..before.clone()
        };
        let kept = after_renewal(&before, fresh, &THRESHOLDS);
        assert_eq!(kept.obtained_at, START, "its lifetime did not start again");
        assert_eq!(kept.renew_after, Some(START + 570));
        assert_eq!(renews_in(START + 520, &kept, &THRESHOLDS), 50);
        for left in 31..=80 {
            assert_eq!(
                decide(START + 600 - left, &kept, &THRESHOLDS),
                Decision::Use { ttl: left }
            );
        }
        assert_eq!(decide(START + 570, &kept, &THRESHOLDS), Decision::Fetch);
    }

    #[test]
    fn a_new_token_and_a_prolonged_one_are_renewed_as_ever() {
        let before = Entry {
            renew_after: Some(START + 570),
            ..living(600)
        };
        let new = Entry {
            obtained_at: START + 520,
            expires_at: Some(START + 1120),
            ..entry("another token")
        };
        assert_eq!(after_renewal(&before, new.clone(), &THRESHOLDS), new);

        let prolonged = Entry {
            obtained_at: START + 520,
            expires_at: Some(START + 1120),
            ..before.clone()
        };
        let kept = after_renewal(&before, prolonged, &THRESHOLDS);
        assert_eq!((kept.obtained_at, kept.renew_after), (START, None));
    }

    proptest! {
        /// Whatever the numbers: no panic, no token below `min_ttl`, and `renews_in` names the very second of the change.
        #[test]
        fn promises_hold(
            now: i64, obtained_at: i64, expires_at: Option<i64>, renew_after: Option<i64>, refresh: u64, min: u64,
        ) {
            let entry = Entry { obtained_at, expires_at, renew_after, ..entry("t") };
            let thresholds = Thresholds {
                refresh_before: Duration::from_secs(refresh),
                min_ttl: Duration::from_secs(min),
            };
            prop_assert!(renews_in(now, &entry, &thresholds) >= 0);
            if let Decision::Use { ttl } | Decision::Renew { ttl } = decide(now, &entry, &thresholds) {
                prop_assert!(ttl > 0 && ttl as u64 > min);
            }
        }

        #[test]
        fn renews_in_agrees_with_decide(
            age in -60_i64..5000, lifetime in 1_i64..4000, after in any::<Option<u16>>(), refresh in 0_u64..600, min in 0_u64..200,
        ) {
            let entry = Entry { renew_after: after.map(|after| START + i64::from(after)), ..living(lifetime) };
            let thresholds = Thresholds {
                refresh_before: Duration::from_secs(refresh),
                min_ttl: Duration::from_secs(min),
            };
            let used = |now| matches!(decide(now, &entry, &thresholds), Decision::Use { .. });
            let now = START + age.max(0);
            let wait = renews_in(now, &entry, &thresholds);
            prop_assert!(!used(now + wait));
            prop_assert!(wait == 0 || used(now + wait - 1));
            // The little disagreement of clocks only ever makes it shorter.
            prop_assert!(renews_in(START + age, &entry, &thresholds) <= lifetime + 60);
        }
    }
}
