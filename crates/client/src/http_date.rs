//! Dates as HTTP writes them (RFC 9110 5.6.7).

use std::time::UNIX_EPOCH;

/// A date of HTTP in seconds since 1970.
pub(crate) fn unix_time(http_date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(http_date).ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}
