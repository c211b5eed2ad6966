//! The way to a server, one step after the other: which proxy, which addresses, a connection, a handshake.
//!
//! Each step is what the HTTP client does too, made visible: the same rules for proxies, the same check of
//! certificates. Nothing is ever sent on a connection whose certificate is not trusted, and no credential on any.

mod connect;
mod handshake;
mod route;
mod tunnel;

pub use connect::{Failure, Knock, Place, connect, resolve};
pub use handshake::{Distrust, Handshake, Refusal, handshake, speaks_http};
pub use route::{Via, route};
pub use tunnel::{NoTunnel, open_tunnel};

use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// No step is waited for longer (5 s).
pub const LONGEST: Duration = Duration::from_secs(5);

/// An open connection: to the server, to a proxy, or through it.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
