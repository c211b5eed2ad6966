//! Where tokens come from: the cache while it has a good one, else the server, asked by one process at a time.
//!
//! The cache and the fetching do not know each other; [`policy`] decides between them.

mod fetch;
mod renew;
mod turn;

use crate::cache::{Cache, CacheKey, Entry, Lookup};
use crate::config::ClientConfig;
use crate::credentials::Credentials;
use crate::endpoints::Endpoints;
use crate::error::ClientError;
use crate::event::Event;
use crate::parts::Parts;
use crate::policy::{self, Decision};
use crate::token::{Origin, Token, Want};
use crate::token_entry::{grant_warnings, lifetime_warning};
use futures_util::lock::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Gives tokens for one client configuration. Any executor can poll its futures.
pub struct TokenSource {
    parts: Parts,
    key: CacheKey,
    /// Keeps the tasks of this process apart, as the lock does with processes.
    flight: Mutex<()>,
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
            flight: Mutex::new(()),
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
        match self.decide(&entry) {
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
            Looked::Renew(token) => self.renew(token, want, self.parts.deadline()).await,
            Looked::Fetch => self.fetch_alone(want, self.parts.deadline()).await,
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
        let mut warnings = grant_warnings(config, &token.entry);
        warnings.extend(lifetime_warning(config, &token.entry, now));
        for text in warnings {
            self.tell(&Event::Warning { text: &text });
            token.warnings.push(text);
        }
        token
    }

    fn decide(&self, entry: &Entry) -> Decision {
        let now = self.parts.clock.now();
        policy::decide(now, entry, &self.parts.config.thresholds)
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        self.parts.tell(event);
    }

    /// Everything that it works with.
    pub(crate) const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Where the endpoints of its server are.
    pub(crate) const fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }
}

fn kept(entry: Entry) -> Token {
    Token {
        entry,
        origin: Origin::Cache,
        warnings: Vec::new(),
    }
}
