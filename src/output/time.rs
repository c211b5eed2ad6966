//! Times as people read them: how long from now, and the wall clock where they are.

pub(crate) use jeton_inspect::span::{relative, span};

use chrono::{DateTime, Local, Offset, SecondsFormat, Utc};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the time comes from: `SystemTime::now` in the program, a fixed one in tests.
pub(crate) type Clock = fn() -> SystemTime;

/// Whole seconds since 1970 (negative before).
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds)
        }
    }
}

/// Whose wall clock is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// The user's.
    Local,
    /// A fixed distance from UTC.
    #[cfg(test)]
    Fixed(chrono::FixedOffset),
}

impl Zone {
    /// So many seconds east of Greenwich.
    #[cfg(test)]
    pub(crate) fn fixed(east: i32) -> Self {
        chrono::FixedOffset::east_opt(east).map_or(Self::Local, Self::Fixed)
    }

    /// `2026-11-21 01:30:33`; the number itself where it is no date.
    pub(crate) fn stamp(self, seconds: i64) -> String {
        let Some(time) = DateTime::from_timestamp(seconds, 0) else {
            return seconds.to_string();
        };
        let form = "%Y-%m-%d %H:%M:%S";
        match self {
            Self::Local => time.with_timezone(&Local).format(form).to_string(),
            #[cfg(test)]
            Self::Fixed(offset) => time.with_timezone(&offset).format(form).to_string(),
        }
    }
}

impl Zone {
    /// The same with its distance from UTC, `2026-11-21 01:30:33 +01:00`, for times that stand beside one in UTC; where the
    /// zone is UTC there is nothing to tell apart.
    pub(crate) fn stamp_with_offset(self, seconds: i64) -> String {
        let stamp = self.stamp(seconds);
        let Some(time) = DateTime::from_timestamp(seconds, 0) else {
            return stamp;
        };
        let offset = match self {
            Self::Local => time.with_timezone(&Local).offset().fix(),
            #[cfg(test)]
            Self::Fixed(offset) => offset,
        };
        match offset.local_minus_utc() {
            0 => stamp,
            _ => format!("{stamp} {offset}"),
        }
    }
}

/// RFC 3339 in UTC, such as `2026-11-21T00:30:33Z`; nothing where the number is no date.
pub(crate) fn rfc3339(seconds: i64) -> Option<String> {
    let time: DateTime<Utc> = DateTime::from_timestamp(seconds, 0)?;
    Some(time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Reads a time: seconds since 1970, or RFC 3339 such as `2026-11-21T00:30:33Z`.
///
/// # Errors
///
/// In words, when it is neither.
pub(crate) fn parse(text: &str) -> Result<i64, String> {
    let seconds = text.parse().ok();
    seconds
        .or_else(|| Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp()))
        .ok_or_else(|| {
            "neither seconds since 1970 nor RFC 3339, such as 2026-11-21T00:30:33Z".to_owned()
        })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Zone, parse, rfc3339};

    #[test]
    fn times_are_read_in_two_forms() {
        assert_eq!(parse("1795221033"), Ok(1_795_221_033));
        assert_eq!(parse("-1"), Ok(-1));
        assert_eq!(parse("2026-11-21T00:30:33Z"), Ok(1_795_221_033));
        assert_eq!(parse("2026-11-21T01:30:33.9+01:00"), Ok(1_795_221_033));
        for bad in ["", "now", "2026-11-21", "1.5", "1e9"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn clocks_on_the_wall_and_for_machines() {
        let zone = Zone::fixed(3_600);
        assert_eq!(zone.stamp(1_795_221_033), "2026-11-21 01:30:33");
        assert_eq!(rfc3339(1_795_221_033).unwrap(), "2026-11-21T00:30:33Z");
        assert_eq!(
            zone.stamp_with_offset(1_795_221_033),
            "2026-11-21 01:30:33 +01:00"
        );
        let utc = Zone::fixed(0);
        assert_eq!(utc.stamp_with_offset(1_795_221_033), "2026-11-21 00:30:33");
        assert_eq!(zone.stamp(i64::MAX), i64::MAX.to_string());
        assert_eq!(rfc3339(i64::MAX), None);
    }
}
