//! Everything that a token source works with.

use crate::cache::Cache;
use crate::clock::{Clock, Random};
use crate::config::ClientConfig;
use crate::context::FetchContext;
use crate::credentials::Credentials;
use crate::event::{Event, Observer};
use crate::timer::Timer;
use crate::transport::Transport;
use std::time::Instant;

/// Everything that a source works with. Nothing of it is opened before it is needed.
pub struct Parts {
    /// The client.
    pub config: ClientConfig,
    /// Where tokens are kept.
    pub cache: Cache,
    /// Speaks HTTP.
    pub transport: Box<dyn Transport>,
    /// Waits.
    pub timer: Box<dyn Timer>,
    /// Where the credential comes from.
    pub credentials: Box<dyn Credentials>,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// The randomness.
    pub random: Box<dyn Random>,
    /// Receives the events.
    pub observer: Box<Observer>,
}

impl Parts {
    /// What documents of the server are fetched and kept with.
    pub(crate) fn context(&self) -> FetchContext<'_> {
        FetchContext {
            transport: self.transport.as_ref(),
            timer: self.timer.as_ref(),
            cache: &self.cache,
            clock: self.clock.as_ref(),
            observer: self.observer.as_ref(),
        }
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        (self.observer)(event);
    }

    /// When an operation that begins now has to be done.
    pub(crate) fn deadline(&self) -> Instant {
        self.clock.instant() + self.config.timeout
    }

    /// A number between 0 and 1.
    pub(crate) fn jitter(&self) -> f64 {
        let [a, b, ..] = self.random.bytes();
        f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX)
    }
}
