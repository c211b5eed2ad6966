//! What comes in from outside: the time and the randomness.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The time, as the program that uses this library sees it.
pub trait Clock: Send + Sync {
    /// Seconds since 1970, UTC.
    fn now(&self) -> i64;

    /// A time to measure durations with.
    fn instant(&self) -> Instant {
        Instant::now()
    }
}

/// Bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Sixteen of them: an identifier that never comes twice.
    fn bytes(&self) -> [u8; 16];
}

/// The system's clock and the crypto provider's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
            })
    }
}

impl Random for System {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        #[expect(
            clippy::expect_used,
            reason = "without randomness no assertion may be built, and there is nothing to fall back to"
        )]
        aws_lc_rs::rand::fill(&mut bytes).expect("the provider has randomness");
        bytes
    }
}
