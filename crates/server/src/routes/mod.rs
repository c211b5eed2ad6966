//! A route reads a request strictly and writes an answer. What it may decide is whether it could be read.

mod answer;
mod body;
mod guard;
mod health;
mod jwks;
mod metadata;
mod request_log;
mod token;

pub(crate) use answer::{method_not_allowed, not_found};
pub(crate) use guard::guard;
pub(crate) use health::health;
pub(crate) use jwks::jwks;
pub(crate) use metadata::metadata;
pub(crate) use request_log::{PeerAddress, log_request};
pub(crate) use token::token;

/// What the log says about a request besides what every request has; left behind in the answer by its route.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// A registered client.
    pub(crate) client: Option<String>,
    /// `issued`, or the error code.
    pub(crate) outcome: String,
}
