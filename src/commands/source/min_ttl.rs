//! `--min-ttl` as a demand: a new token that does not meet it fails the command.
//!
//! A configured `min_ttl` only decides when a kept token is replaced: asking again would bring the same token, so a new one
//! is handed out with a warning.

use crate::error::{Error, Result};
use crate::exit::Exit;
use jeton_profile::duration;
use std::time::Duration;

/// Checks when the token expires against the `--min-ttl` of the command line, if there is one. Times are Unix seconds.
///
/// # Errors
/// Exit 8 where less time is left at `now`, or where the server does not say how much.
pub(crate) fn require(min_ttl: Option<Duration>, expires_at: Option<i64>, now: i64) -> Result<()> {
    let Some(min_ttl) = min_ttl else {
        return Ok(());
    };
    let left = expires_at.map(|end| end.saturating_sub(now));
    let found = match left {
        Some(left) if u64::try_from(left).is_ok_and(|left| left >= min_ttl.as_secs()) => {
            return Ok(());
        }
        Some(left) => format!("the token expires in {} s", left.max(0)),
        None => "the server does not say when the token expires".to_owned(),
    };
    let error = Error::new(Exit::Check, "the token does not meet --min-ttl");
    Err(error
        .detail(format!(
            "--min-ttl is {}; {found}",
            duration::format(min_ttl)
        ))
        .hint("ask for less, or have the server issue tokens with a longer lifetime"))
}

#[cfg(test)]
mod tests {
    use super::require;
    use std::time::Duration;

    const MINUTE: Option<Duration> = Some(Duration::from_secs(60));

    #[test]
    fn exactly_as_much_as_is_demanded_is_enough() {
        assert!(require(MINUTE, Some(1060), 1000).is_ok());
        assert!(require(MINUTE, Some(1060), 1001).is_err());
        assert!(require(MINUTE, Some(900), 1000).is_err());
    }

    #[test]
    fn an_unknown_expiry_meets_no_demand() {
        assert!(require(None, None, 1000).is_ok());
        assert!(require(MINUTE, None, 1000).is_err());
    }
}
