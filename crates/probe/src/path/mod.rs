//! The path to a server, step by step: which proxy, which addresses, a connection, a handshake.
//!
//! Each step is what the HTTP client does too, made visible: the same rules for proxies, the same check of certificates.
//! Nothing is sent on a connection whose certificate is not trusted, and no credential on any.

mod connect;
mod handshake;
mod tunnel;

pub use crate::stream::Stream;
pub use connect::{Attempt, Resolved, connect, name_failure, resolve, unresolved};
pub use handshake::{Handshake, distrust, handshake, speaks_http};
pub use tunnel::{NoTunnel, open_tunnel, opened};

use std::time::Duration;

/// No step takes longer (5 s).
pub const LONGEST: Duration = Duration::from_secs(5);
