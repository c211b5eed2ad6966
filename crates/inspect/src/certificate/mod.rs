//! Validation of X.509 certificates (RFC 5280): that of a client on the connection (RFC 8705), and the chain of a server.
//!
//! Trust in an issuer is not checked here: it needs the roots.

mod client;
mod server;

#[cfg(test)]
mod tests;

pub use client::validate_client;
pub use server::{MOST_LINKS, ServerChain, validate_server};
