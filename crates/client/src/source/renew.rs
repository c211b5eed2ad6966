//! Renewal ahead of time: one renews, the others use what is there, and so does the one if it cannot renew.

use super::{Looked, TokenSource};
use crate::cache::{Entry, Lookup};
use crate::error::ClientError;
use crate::event::Event;
use crate::policy::Decision;
use crate::token::{Token, Want};
use std::time::{Duration, Instant};

/// How long a renewal ahead of time waits for the server: the current token is still valid.
const RENEWAL_TIME: Duration = Duration::from_secs(5);

/// How long nobody tries again to renew ahead of time after one has failed, in seconds.
const RENEWAL_PAUSE: i64 = 10;

impl TokenSource {
    /// Renews a token that ends soon. Whoever comes while another task or process renews it, or cannot renew, uses what is
    /// there, as long as enough is left of it.
    pub(super) async fn renew(
        &self,
        old: Token,
        want: &Want,
        deadline: Instant,
    ) -> Result<Token, ClientError> {
        let Some(_flight) = self.flight.try_lock() else {
            return Ok(self.hit(old));
        };
        let lock = match self.parts.cache.try_lock(&self.key) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => return Ok(self.hit(old)),
            Err(error) => {
                self.tell(&Event::CacheTrouble {
                    what: &error.to_string(),
                });
                None
            }
        };
        if let Looked::Use(token) = self.look(want) {
            return Ok(self.hit(token));
        }
        self.tell(&Event::CacheMiss {
            why: "the token ends soon and is renewed ahead of time",
        });
        let deadline = deadline.min(self.parts.clock.instant() + RENEWAL_TIME);
        match self.fetch(lock, Some(&old.entry), deadline).await {
            Ok(token) => Ok(token),
            // The attempts took their time.
            Err(error) if self.decide(&old.entry) == Decision::Fetch => Err(error),
            Err(error) => Ok(self.not_renewed(old, &error)),
        }
    }

    fn not_renewed(&self, mut old: Token, error: &ClientError) -> Token {
        self.pause_renewal(&old.entry);
        let text = format!("could not renew the token; using the current one: {error}");
        self.tell(&Event::Warning { text: &text });
        old.warnings.push(text);
        self.hit(old)
    }

    /// Lets the next calls use the current token, so that not each of them waits for a server that does not answer.
    fn pause_renewal(&self, entry: &Entry) {
        let paused = Entry {
            renew_after: Some(self.parts.clock.now() + RENEWAL_PAUSE),
            ..entry.clone()
        };
        // Not over a token that somebody else has got meanwhile. What cannot be written is only asked for once more.
        if let Ok(Some(_lock)) = self.parts.cache.try_lock(&self.key)
            && matches!(self.parts.cache.read(&self.key), Lookup::Hit(kept) if kept == *entry)
        {
            let _ = self.parts.cache.write(&self.key, &paused);
        }
    }
}
