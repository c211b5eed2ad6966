//! One at a time: of all tasks and processes that miss a token, one asks the server, and the others get what it brings.

use super::{Looked, TokenSource};
use crate::cache::Lock;
use crate::event::Event;
use crate::token::{Token, Want};
use std::time::{Duration, Instant};

/// The first pause between two looks at the lock.
const FIRST_PAUSE: Duration = Duration::from_millis(2);
/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_millis(25);

/// What waiting for the lock brings.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, matched where it is made"
)]
pub(super) enum Turn {
    /// The lock, or nothing where none can be had.
    Ours(Option<Lock>),
    /// The token that its holder put into the cache meanwhile.
    Served(Token),
}

impl TokenSource {
    /// The lock, or the token that its holder put into the cache meanwhile. A holder that hangs does not hold up the
    /// others for ever: at `give_up` the work goes on without the lock.
    pub(super) async fn turn(&self, give_up: Instant, want: &Want) -> Turn {
        let parts = &self.parts;
        let mut pause = FIRST_PAUSE;
        let mut told = false;
        loop {
            match parts.cache.try_lock(&self.key) {
                Ok(Some(lock)) => return Turn::Ours(Some(lock)),
                Ok(None) => {}
                Err(error) => {
                    self.tell(&Event::CacheTrouble {
                        what: &error.to_string(),
                    });
                    return Turn::Ours(None);
                }
            }
            if !told {
                told = true;
                self.tell(&Event::WaitingForOther);
            }
            let now = parts.clock.instant();
            if now >= give_up {
                let what =
                    "another process has been fetching this token for long; not waiting for it";
                self.tell(&Event::CacheTrouble { what });
                return Turn::Ours(None);
            }
            let until = now + pause.mul_f64(0.5 + parts.jitter());
            parts.timer.sleep_until(until).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            if let Looked::Use(token) = self.look(want) {
                return Turn::Served(token);
            }
        }
    }
}
