//! What requests are made with: handed down from whoever owns it to every function that sends, waits or keeps.

use crate::cache::Cache;
use crate::clock::Clock;
use crate::error::ClientError;
use crate::event::{Event, Observer};
use crate::timer::{Timer, before};
use crate::transport::{Request, Response, Rules, Transport, TransportError};
use std::time::{Duration, Instant};

/// What documents of a server are fetched and kept with.
#[derive(Clone, Copy)]
pub struct FetchContext<'a> {
    /// Speaks HTTP.
    pub transport: &'a dyn Transport,
    /// Ends what takes too long.
    pub timer: &'a dyn Timer,
    /// Keeps documents; [`Cache::None`] where each is to be fetched now.
    pub cache: &'a Cache,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Receives the events.
    pub observer: &'a Observer,
}

impl FetchContext<'_> {
    /// `limit` from now.
    #[must_use]
    pub fn deadline(&self, limit: Duration) -> Instant {
        self.clock.instant() + limit
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        (self.observer)(event);
    }

    /// Sends one request. Every request of this library goes through here, so address policy, size and deadline hold
    /// for every transport.
    ///
    /// # Errors
    /// [`ClientError`] where there is no response.
    pub(crate) async fn send(
        &self,
        request: &Request,
        rules: &Rules,
    ) -> Result<Response, ClientError> {
        if !rules.addresses.permits(&request.url) {
            return Err(ClientError::private_address(&request.url));
        }
        let sending = self.transport.send(request, rules);
        let result = before(self.timer, rules.deadline, sending).await;
        match result.unwrap_or_else(|| Err(TransportError::timeout())) {
            Ok(response) if response.body.len() > rules.max_body => {
                let status = response.status;
                Err(TransportError::TooLarge { status })
            }
            result => result,
        }
        .map_err(|error| ClientError::from_transport(error, &request.url))
    }
}
