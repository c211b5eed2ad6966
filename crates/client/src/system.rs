//! The time and the randomness of the operating system. Nothing else in this library asks for either.

use crate::clock::{Clock, Random};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

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

    fn instant(&self) -> Instant {
        Instant::now()
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
