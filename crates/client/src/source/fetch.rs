//! Fetching a token, and keeping what comes back.

use super::turn::Turn;
use super::{Looked, TokenSource};
use crate::cache::{Entry, Lock, Lookup};
use crate::error::ClientError;
use crate::event::Event;
use crate::policy;
use crate::timer::before;
use crate::token::{Origin, Token, Want};
use crate::token_entry::{entry, grant_warnings, lifetime_warning, warnings};
use crate::token_request;
use crate::transport::{NetworkKind, TransportError};
use std::time::Instant;

impl TokenSource {
    /// Waits for its turn, looks again, and only then asks the server.
    pub(super) async fn fetch_alone(
        &self,
        want: &Want,
        deadline: Instant,
    ) -> Result<Token, ClientError> {
        let parts = &self.parts;
        let flight = self.flight.lock();
        let Some(_flight) = before(parts.timer.as_ref(), deadline, flight).await else {
            return Err(self.waited());
        };
        let now = parts.clock.instant();
        let give_up = now + deadline.saturating_duration_since(now) / 2;
        let lock = match self.turn(give_up, want).await {
            Turn::Ours(lock) => lock,
            Turn::Served(token) => return Ok(self.hit(token)),
        };
        if let Looked::Use(token) = self.look(want) {
            return Ok(self.hit(token));
        }
        let before = match parts.cache.read(&self.key) {
            Lookup::Hit(entry) => Some(entry),
            Lookup::Absent | Lookup::Unreadable(_) => None,
        };
        self.tell(&Event::CacheMiss {
            why: if want.fresh {
                "a fresh token was asked for"
            } else {
                "no usable token in the cache"
            },
        });
        self.fetch(lock, before.as_ref(), deadline).await
    }

    /// Asks the server, again where that makes sense, and keeps what comes back. The lock is held until it is kept.
    pub(super) async fn fetch(
        &self,
        lock: Option<Lock>,
        before: Option<&Entry>,
        deadline: Instant,
    ) -> Result<Token, ClientError> {
        let parts = &self.parts;
        let started = parts.clock.instant();
        let result = token_request::fetch(parts, &self.endpoints, deadline).await;
        let fetched = result.inspect_err(|error| self.tell_failure(error))?;
        let config = &parts.config;
        let sent_at = fetched.sent_at;
        let mut warnings = warnings(config, &fetched);
        let fresh = entry(config, fetched.response, sent_at);
        let entry = match before {
            Some(before) => policy::after_renewal(before, fresh, &config.thresholds),
            None => fresh,
        };
        warnings.extend(grant_warnings(config, &entry));
        warnings.extend(lifetime_warning(config, &entry, sent_at));
        self.tell(&Event::Acquired {
            expires_at: entry.expires_at,
            token_type: &entry.token_type,
        });
        if entry.expires_at.is_some() {
            match parts.cache.write(&self.key, &entry) {
                Ok(()) => self.tell(&Event::RenewsIn {
                    seconds: policy::renews_in(sent_at, &entry, &config.thresholds),
                }),
                Err(error) => warnings.push(format!("token not cached: {error}")),
            }
        }
        drop(lock);
        for text in &warnings {
            self.tell(&Event::Warning { text });
        }
        Ok(Token {
            entry,
            origin: Origin::Server(parts.clock.instant().duration_since(started)),
            warnings,
        })
    }

    /// The tasks before this one took all the time there was.
    fn waited(&self) -> ClientError {
        let cause = "other tasks of this program are asking for the same token".to_owned();
        let timeout = TransportError::Network {
            kind: NetworkKind::Timeout,
            cause,
        };
        match self.parts.config.server() {
            Some(url) => ClientError::from_transport(timeout, url),
            None => ClientError::config(timeout.to_string()),
        }
    }

    fn tell_failure(&self, error: &ClientError) {
        if error.is_of_a_request() {
            self.tell(&Event::Failed {
                code: error.code(),
                http: error.http_status(),
            });
        }
    }
}
