//! Waiting on tokio's clock.

use crate::timer::{BoxFuture, Timer};
use std::time::Instant;

/// Sleeps on a tokio runtime whose time is enabled. Its deadlines are those of the system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep_until(&self, deadline: Instant) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep_until(deadline.into()))
    }
}
