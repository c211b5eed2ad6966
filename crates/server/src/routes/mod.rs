//! A route reads a request strictly and writes a response. It decides only whether the request is well-formed.

mod body;
mod guard;
mod health;
mod jwks;
mod metadata;
mod request_log;
mod response;
mod token;

pub(crate) use guard::guard;
pub(crate) use health::health;
pub(crate) use jwks::jwks;
pub(crate) use metadata::metadata;
pub(crate) use request_log::{PeerAddress, log_request};
pub(crate) use response::{method_not_allowed, not_found};
pub(crate) use token::token;

/// What the log says about a request beyond method, path and status. The route puts it into the response.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// A registered client.
    pub(crate) client: Option<String>,
    /// `issued`, or the error code.
    pub(crate) outcome: String,
}
