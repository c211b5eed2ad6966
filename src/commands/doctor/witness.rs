//! Remembers every answer that came: for evidence, for the clock, and for the report that is handed on.

use crate::output::Console;
use jeton_client::{Exchange, Watcher};
use jeton_inspect::evidence::ObservedResponse;
use std::sync::{Arc, Mutex, PoisonError};

/// An answer, without the body of one that may hold a token.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) response: ObservedResponse,
    pub(super) host: Option<String>,
    /// The server's time minus ours, in seconds.
    pub(super) skew: Option<i64>,
    pub(super) body: Option<Vec<u8>>,
}

pub(super) struct Witness {
    console: Console,
    seen: Mutex<Vec<Seen>>,
}

impl Witness {
    pub(super) const fn new(console: Console) -> Self {
        Self {
            console,
            seen: Mutex::new(Vec::new()),
        }
    }

    /// What the client is given to tell its answers to.
    pub(super) fn watcher(self: &Arc<Self>) -> Arc<Watcher> {
        let witness = Arc::clone(self);
        Arc::new(move |exchange| witness.see(exchange))
    }

    fn see(&self, exchange: &Exchange<'_>) {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let seen = Seen {
            response: ObservedResponse {
                method: exchange.method,
                url: exchange.url.to_string(),
                status: exchange.status,
                content_type: text(exchange.kind),
                location: text(exchange.location),
            },
            host: exchange.url.host_str().map(str::to_owned),
            skew: exchange.time().map(|time| time - self.console.now()),
            body: exchange.document.map(<[u8]>::to_vec),
        };
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(seen);
    }

    pub(super) fn all(&self) -> Vec<Seen> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
