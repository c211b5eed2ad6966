//! Giving a token back (RFC 7009): the server forgets it, and so does the cache.

use crate::about_token::{about, check_status};
use crate::cache::{Entry, Filter};
use crate::endpoint::EndpointName;
use crate::error::ClientError;
use crate::event::Event;
use crate::request;
use crate::source::TokenSource;
use jeton_oauth::AccessToken;

/// What was done. The server says the same of a token that it never knew (RFC 7009 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// How many entries of the cache held the token and are gone.
    pub dropped: usize,
}

impl TokenSource {
    /// Has the authorization server revoke a token, as this client; then drops it from the cache.
    ///
    /// # Errors
    /// [`ClientError`], and the token stays where it is; [`ClientError::Config`] where the metadata names no revocation
    /// endpoint.
    pub async fn revoke(&self, token: &AccessToken) -> Result<Revoked, ClientError> {
        let request = about(
            token,
            EndpointName::Revocation,
            "application/json",
            "the answer of the revocation endpoint",
        );
        let (parts, endpoints) = (self.parts(), self.endpoints());
        request::send(parts, endpoints, &request, parts.deadline(), check_status).await?;
        let is_it = |entry: &Entry| entry.access_token == *token;
        let dropped = match self.cache().clear(&Filter::Matching(&is_it)) {
            Ok(dropped) => dropped,
            Err(error) => {
                self.tell(&Event::CacheTrouble {
                    what: &error.to_string(),
                });
                0
            }
        };
        Ok(Revoked { dropped })
    }
}
