//! Records every response: as evidence, for the clock step, and for the bundle.

use crate::output::Console;
use jeton_client::{Exchange, Watcher};
use jeton_inspect::evidence::ObservedResponse;
use std::sync::{Arc, Mutex, PoisonError};

/// A response, without the body of one that may hold a token.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    pub(super) response: ObservedResponse,
    pub(super) host: Option<String>,
    /// The server's time minus ours, in seconds.
    pub(super) skew: Option<i64>,
    pub(super) body: Option<Vec<u8>>,
}

pub(super) struct Recorder {
    console: Console,
    recorded: Mutex<Vec<Recorded>>,
}

impl Recorder {
    pub(super) const fn new(console: Console) -> Self {
        Self {
            console,
            recorded: Mutex::new(Vec::new()),
        }
    }

    /// What the client hands its responses to.
    pub(super) fn watcher(self: &Arc<Self>) -> Arc<Watcher> {
        let recorder = Arc::clone(self);
        Arc::new(move |exchange| recorder.record(exchange))
    }

    fn record(&self, exchange: &Exchange<'_>) {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let recorded = Recorded {
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
        self.recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(recorded);
    }

    /// Every response so far.
    pub(super) fn all(&self) -> Vec<Recorded> {
        self.recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The responses to requests for documents.
    pub(super) fn documents(&self) -> Vec<Recorded> {
        let mut recorded = self.all();
        recorded.retain(|recorded| recorded.response.method == "GET");
        recorded
    }
}
