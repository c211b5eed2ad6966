//! What comes in from outside: the time and the randomness.

use std::time::Instant;

/// The time, as the program that uses this library sees it.
pub trait Clock: Send + Sync {
    /// Seconds since 1970, UTC: for dates in tokens and documents.
    fn now(&self) -> i64;

    /// A time that never goes back: for durations and deadlines.
    fn instant(&self) -> Instant;
}

/// Bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Sixteen random bytes: an identifier that never repeats.
    fn bytes(&self) -> [u8; 16];
}
