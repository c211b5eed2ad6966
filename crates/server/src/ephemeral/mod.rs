//! What nodes share for minutes: an interface, and its implementation in the memory of one process. Nothing above this folder
//! knows which one there is.

mod memory;

pub(crate) use memory::Memory;

use aws_lc_rs::digest::{SHA256, digest};
use jeton_oauth::base64url;
use std::fmt;
use std::pin::Pin;

/// A `jti` that a client has used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UsedJti {
    pub(crate) client: String,
    /// Base64url of the first 128 bits of its SHA-256, so that its length is fixed.
    pub(crate) hash: String,
    /// Unix seconds: the end of its assertion, leeway included.
    pub(crate) until: i64,
}

impl UsedJti {
    pub(crate) fn new(client: &str, jti: &str, until: i64) -> Self {
        let hash = digest(&SHA256, jti.as_bytes());
        Self {
            client: client.to_owned(),
            hash: base64url::encode(&hash.as_ref()[..16]),
            until,
        }
    }
}

/// Why an assertion is refused although it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replay {
    /// It was used before.
    Used,
    /// This client has used too many that have not ended, and to forget one would let it in again.
    Full,
}

/// A call to the shared state.
pub(crate) type EphemeralFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What nodes share for minutes.
pub(crate) trait Ephemeral: fmt::Debug + Send + Sync {
    /// Uses a `jti` up. Of two calls at once, on whichever nodes, one succeeds.
    fn use_up(&self, jti: UsedJti, now: i64) -> EphemeralFuture<'_, Result<(), Replay>>;

    /// Takes over what was used before a restart.
    fn restore(&self, used: Vec<UsedJti>) -> EphemeralFuture<'_, ()>;
}
