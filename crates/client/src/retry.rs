//! How long to wait before another attempt: exponential with full jitter, inside the time that is left.

use std::time::Duration;

/// Attempts in all. A server that is down fails a command in seconds, not after the whole timeout.
pub(crate) const ATTEMPTS: u32 = 4;
const BASE: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(5);

/// The wait before the next attempt, or `None` where there is no sense in another one.
///
/// `attempt` counts from 1 and is the one that just failed; `jitter` is between 0 and 1. A `Retry-After` of the server
/// is kept to; where it does not fit into the time left, the attempt is not made at all.
#[must_use]
pub(crate) fn wait(
    attempt: u32,
    jitter: f64,
    retry_after: Option<Duration>,
    left: Duration,
) -> Option<Duration> {
    if attempt >= ATTEMPTS {
        return None;
    }
    let ceiling = (BASE * 2_u32.saturating_pow(attempt - 1)).min(LONGEST);
    let wait = ceiling
        .mul_f64(jitter.clamp(0.0, 1.0))
        .max(retry_after.unwrap_or_default());
    (wait < left).then_some(wait)
}

/// How long a single attempt may take: half of what is left, so that there is time for another one, but ten seconds
/// where they are there.
#[must_use]
pub(crate) fn attempt_time(left: Duration) -> Duration {
    (left / 2).max(left.min(Duration::from_secs(10)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn grows_with_full_jitter_and_ends() {
        assert_eq!(wait(1, 1.0, None, MINUTE), Some(Duration::from_millis(250)));
        assert_eq!(wait(2, 1.0, None, MINUTE), Some(Duration::from_millis(500)));
        assert_eq!(wait(3, 0.0, None, MINUTE), Some(Duration::ZERO));
        assert_eq!(wait(ATTEMPTS, 0.0, None, MINUTE), None);
    }

    #[test]
    fn client_54_retry_after_is_kept_to_or_given_up() {
        let two = Some(Duration::from_secs(2));
        assert_eq!(wait(1, 0.5, two, MINUTE), two);
        assert_eq!(wait(1, 0.5, two, Duration::from_secs(1)), None);
    }

    #[test]
    fn one_attempt_leaves_time_for_another() {
        assert_eq!(attempt_time(MINUTE), Duration::from_secs(30));
        assert_eq!(
            attempt_time(Duration::from_secs(12)),
            Duration::from_secs(10)
        );
        assert_eq!(attempt_time(Duration::from_secs(3)), Duration::from_secs(3));
    }
}
