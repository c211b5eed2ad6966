//! Where tokens come from: the cache while it has a good one, else the server, asked by one process at a time.
//!
//! The cache and the fetching know nothing of each other; [`policy`] decides between them.

use crate::authenticate::Authenticator;
use crate::cache::{Cache, CacheKey, Entry, Lock, Lookup};
use crate::clock::{Clock, Random};
use crate::config::ClientConfig;
use crate::credentials::Credentials;
use crate::document::Means;
use crate::endpoint::Endpoints;
use crate::error::ClientError;
use crate::event::{Event, Observer};
use crate::fetch::{Fetched, fetch};
use crate::http::Http;
use crate::metadata::Endpoint;
use crate::policy::{self, Decision};
use crate::prepare::Prepared;
use crate::token::{Origin, Token, Want};
use crate::{answer, retry};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long whoever renews ahead of time waits for the server: there is a token at hand.
const RENEWAL_TIME: Duration = Duration::from_secs(5);

/// How long nobody tries again to renew ahead of time after one has failed, in seconds.
const RENEWAL_PAUSE: i64 = 10;

/// Everything that a source works with. Nothing of it is opened before it is needed.
pub struct Parts {
    /// The client.
    pub config: ClientConfig,
    /// Where tokens are kept.
    pub cache: Cache,
    /// How connections are made.
    pub http: Http,
    /// Where the credential comes from.
    pub credentials: Box<dyn Credentials>,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// The randomness.
    pub random: Box<dyn Random>,
    /// Who is told what happens.
    pub observer: Box<Observer>,
}

impl Parts {
    /// What documents of the server are fetched and kept with.
    pub(crate) fn means(&self) -> Means<'_> {
        Means {
            http: &self.http,
            cache: &self.cache,
            clock: self.clock.as_ref(),
            observer: self.observer.as_ref(),
        }
    }
}

/// Gives tokens for one client configuration.
pub struct TokenSource {
    parts: Parts,
    key: CacheKey,
    /// Keeps the tasks of this process apart, as the lock does with processes.
    flight: tokio::sync::Mutex<()>,
    endpoints: Endpoints,
    /// Whether it was said that the kept entry does not open: it is looked at more than once.
    unreadable_told: AtomicBool,
}

/// What the cache has to offer.
#[derive(Debug)]
pub enum Looked {
    /// A token that is good for a while.
    Use(Token),
    /// A token that should be renewed and can still be used.
    Renew(Token),
    /// Nothing.
    Fetch,
}

impl TokenSource {
    /// A source; nothing is read or opened yet.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let key = CacheKey::of(&parts.config.identity());
        Self {
            parts,
            key,
            flight: tokio::sync::Mutex::new(()),
            endpoints: Endpoints::default(),
            unreadable_told: AtomicBool::new(false),
        }
    }

    /// Under which key the token is kept.
    #[must_use]
    pub const fn key(&self) -> &CacheKey {
        &self.key
    }

    /// The configuration that it was made with.
    #[must_use]
    pub const fn config(&self) -> &ClientConfig {
        &self.parts.config
    }

    /// The cache that it was made with.
    #[must_use]
    pub const fn cache(&self) -> &Cache {
        &self.parts.cache
    }

    /// Where its credential comes from.
    #[must_use]
    pub fn credentials(&self) -> &dyn Credentials {
        self.parts.credentials.as_ref()
    }

    /// The token that is kept, whether it is still good or not; for those who look at it or give it back.
    #[must_use]
    pub fn kept(&self) -> Option<Entry> {
        match self.parts.cache.read(&self.key) {
            Lookup::Hit(entry) => Some(entry),
            Lookup::Absent => None,
            Lookup::Unreadable(why) => {
                self.tell(&Event::CacheTrouble {
                    what: &why.to_string(),
                });
                None
            }
        }
    }

    /// Looks into the cache: no runtime, no network, no lock.
    #[must_use]
    pub fn look(&self, want: &Want) -> Looked {
        if want.fresh {
            return Looked::Fetch;
        }
        let entry = match self.parts.cache.read(&self.key) {
            Lookup::Hit(entry) => entry,
            Lookup::Absent => return Looked::Fetch,
            Lookup::Unreadable(why) => {
                if !self.unreadable_told.swap(true, Ordering::Relaxed) {
                    self.tell(&Event::CacheTrouble {
                        what: &format!("{why}; it counts as absent and will be replaced"),
                    });
                }
                return Looked::Fetch;
            }
        };
        self.unreadable_told.store(false, Ordering::Relaxed);
        let now = self.parts.clock.now();
        match policy::decide(now, &entry, &self.parts.config.thresholds) {
            Decision::Use { .. } => Looked::Use(kept(entry)),
            Decision::Renew { .. } => Looked::Renew(kept(entry)),
            Decision::Fetch => Looked::Fetch,
        }
    }

    /// A token: from the cache if it is good enough, else from the server.
    ///
    /// # Errors
    /// [`ClientError`] when there is no usable token and none can be got within the configured time.
    pub async fn get(&self, want: &Want) -> Result<Token, ClientError> {
        let looked = self.look(want);
        self.get_after(looked, want).await
    }

    /// The same, after [`Self::look`].
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn get_after(&self, looked: Looked, want: &Want) -> Result<Token, ClientError> {
        match looked {
            Looked::Use(token) => Ok(self.hit(token)),
            Looked::Renew(token) => self.renew(token, want).await,
            Looked::Fetch => self.fetch_alone(want).await,
        }
    }

    /// Tells that a kept token is handed out, and warns where little is left of it.
    pub fn hit(&self, mut token: Token) -> Token {
        let now = self.parts.clock.now();
        let config = &self.parts.config;
        self.tell(&Event::CacheHit {
            ttl: token.entry.expires_at.map_or(0, |end| end - now),
        });
        self.tell(&Event::RenewsIn {
            seconds: policy::renews_in(now, &token.entry, &config.thresholds),
        });
        if let Some(text) = answer::lifetime_warning(config, &token.entry, now) {
            self.tell(&Event::Warning { text: &text });
            token.warnings.push(text);
        }
        token
    }

    /// One process renews ahead of time; whoever comes meanwhile, or cannot renew, uses what is there, as long as
    /// enough is left of it.
    async fn renew(&self, old: Token, want: &Want) -> Result<Token, ClientError> {
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
        let time = self.parts.config.timeout.min(RENEWAL_TIME);
        match self.fetch(lock, Some(&old.entry), time).await {
            Ok(token) => Ok(token),
            Err(error) => {
                // The attempts took their time.
                let now = self.parts.clock.now();
                if policy::decide(now, &old.entry, &self.parts.config.thresholds) == Decision::Fetch
                {
                    return Err(error);
                }
                self.pause_renewal(&old.entry);
                let text =
                    format!("the token could not be renewed and the one at hand is used: {error}");
                self.tell(&Event::Warning { text: &text });
                let mut old = old;
                old.warnings.push(text);
                Ok(self.hit(old))
            }
        }
    }

    /// Lets the next calls use the token at hand without each of them waiting for a server that does not answer.
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

    /// Waits for its turn, looks again, and only then asks the server.
    async fn fetch_alone(&self, want: &Want) -> Result<Token, ClientError> {
        let _flight = self.flight.lock().await;
        let give_up = self.parts.clock.instant() + self.parts.config.timeout / 2;
        let lock = match self.turn(give_up, want).await {
            Turn::Ours(lock) => lock,
            Turn::Served(token) => return Ok(self.hit(token)),
        };
        if let Looked::Use(token) = self.look(want) {
            return Ok(self.hit(token));
        }
        let before = match self.parts.cache.read(&self.key) {
            Lookup::Hit(entry) => Some(entry),
            Lookup::Absent | Lookup::Unreadable(_) => None,
        };
        self.tell(&Event::CacheMiss {
            why: if want.fresh {
                "a fresh token was asked for"
            } else {
                "no usable token is kept"
            },
        });
        let time = self.parts.config.timeout;
        self.fetch(lock, before.as_ref(), time).await
    }

    /// The lock, or the token that its holder put into the cache meanwhile. A holder that hangs does not hold up the
    /// others for ever: at `give_up` the work goes on without the lock.
    async fn turn(&self, give_up: Instant, want: &Want) -> Turn {
        let mut pause = Duration::from_millis(2);
        let mut told = false;
        loop {
            match self.parts.cache.try_lock(&self.key) {
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
            if self.parts.clock.instant() >= give_up {
                let what =
                    "another process has been fetching this token for long; not waiting for it";
                self.tell(&Event::CacheTrouble { what });
                return Turn::Ours(None);
            }
            tokio::time::sleep(pause.mul_f64(0.5 + self.chance())).await;
            pause = (pause * 2).min(Duration::from_millis(25));
            if let Looked::Use(token) = self.look(want) {
                return Turn::Served(token);
            }
        }
    }

    /// Asks the server, again where that makes sense, and keeps what comes back. The lock is held until it is kept.
    async fn fetch(
        &self,
        lock: Option<Lock>,
        before: Option<&Entry>,
        time: Duration,
    ) -> Result<Token, ClientError> {
        let started = self.parts.clock.instant();
        let result = self.fetch_within(started + time).await;
        let (fetched, asked_at) = match result {
            Ok(fetched) => fetched,
            Err(error) => {
                if error.is_of_a_request() {
                    self.tell(&Event::Failed {
                        code: error.code(),
                        http: error.http_status(),
                    });
                }
                return Err(error);
            }
        };
        let config = &self.parts.config;
        let mut warnings = answer::warnings(config, &fetched);
        let fresh = answer::entry(config, fetched.response, asked_at);
        let entry = match before {
            Some(before) => policy::after_renewal(before, fresh, &config.thresholds),
            None => fresh,
        };
        warnings.extend(answer::lifetime_warning(config, &entry, asked_at));
        self.tell(&Event::Acquired {
            expires_at: entry.expires_at,
            token_type: &entry.token_type,
        });
        if entry.expires_at.is_some() {
            match self.parts.cache.write(&self.key, &entry) {
                Ok(()) => self.tell(&Event::RenewsIn {
                    seconds: policy::renews_in(asked_at, &entry, &config.thresholds),
                }),
                Err(error) => warnings.push(format!("the token is not kept: {error}")),
            }
        }
        drop(lock);
        for text in &warnings {
            self.tell(&Event::Warning { text });
        }
        Ok(Token {
            entry,
            origin: Origin::Server(self.parts.clock.instant().duration_since(started)),
            warnings,
        })
    }

    /// Attempts until one succeeds, fails for good, or time is up; with the time at which the good one was sent.
    async fn fetch_within(&self, deadline: Instant) -> Result<(Fetched, i64), ClientError> {
        let mut prepared = None;
        let mut attempt = 1;
        loop {
            let left = deadline.saturating_duration_since(self.parts.clock.instant());
            let asked_at = self.parts.clock.now();
            let error = match self.attempt(left, &mut prepared).await {
                Ok(fetched) => return Ok((fetched, asked_at)),
                Err(error) => error,
            };
            let moved = self.endpoints.forget_if_stale(&self.parts, &error);
            self.pause(attempt, moved, error, deadline).await?;
            attempt += 1;
        }
    }

    /// Waits as long as it takes before another attempt; not at all where the endpoint has moved.
    ///
    /// # Errors
    /// The failure itself, where there is no sense in another attempt.
    pub(crate) async fn pause(
        &self,
        attempt: u32,
        moved: bool,
        error: ClientError,
        deadline: Instant,
    ) -> Result<(), ClientError> {
        let left = deadline.saturating_duration_since(self.parts.clock.instant());
        let wait = if moved {
            Some(Duration::ZERO)
        } else if error.is_transient() {
            retry::wait(attempt, self.chance(), error.retry_after(), left)
        } else {
            None
        };
        let Some(wait) = wait else {
            return Err(error);
        };
        self.tell(&Event::Retrying {
            attempt,
            wait,
            why: &error.to_string(),
        });
        tokio::time::sleep(wait).await;
        Ok(())
    }

    async fn attempt(
        &self,
        left: Duration,
        prepared: &mut Option<Prepared>,
    ) -> Result<Fetched, ClientError> {
        let started = self.parts.clock.instant();
        let Parts {
            config,
            http,
            clock,
            random,
            observer,
            ..
        } = &self.parts;
        let endpoint = self.endpoint(left).await?;
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => {
                let found = self.prepare(&endpoint)?;
                self.tell(&Event::Preparing {
                    method: found.method.as_str(),
                    source: found.source,
                });
                prepared.insert(found)
            }
        };
        let authenticator = Authenticator {
            config,
            prepared,
            endpoint: &endpoint,
            random: random.as_ref(),
        };
        let left = left.saturating_sub(clock.instant().duration_since(started));
        let limit = retry::attempt_time(left);
        fetch(http, &authenticator, limit, clock.as_ref(), observer).await
    }

    /// The token endpoint, as it is configured, remembered or found now.
    pub(crate) async fn endpoint(&self, left: Duration) -> Result<Endpoint, ClientError> {
        self.endpoints.find(&self.parts, left).await
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        (self.parts.observer)(event);
    }

    /// Everything that it works with.
    pub(crate) const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// A number between 0 and 1.
    pub(crate) fn chance(&self) -> f64 {
        let [a, b, ..] = self.parts.random.bytes();
        f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX)
    }
}

#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, matched where it is made"
)]
enum Turn {
    Ours(Option<Lock>),
    Served(Token),
}

fn kept(entry: Entry) -> Token {
    Token {
        entry,
        origin: Origin::Cache,
        warnings: Vec::new(),
    }
}
