//! Bytes in both directions.

use tokio::io::{AsyncRead, AsyncWrite};

/// An open connection: to the server, to a proxy, or through it.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
