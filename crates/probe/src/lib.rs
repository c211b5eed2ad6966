//! Looks at a server from outside and reports what was seen, as facts: nothing here decides or retries.
//!
//! Documents are fetched by the functions of [`jeton_client`], by the same rules for addresses, proxies and redirects as in every
//! other command, and without its cache.

pub mod http_head;
pub mod jwks;
pub mod mtls;
pub mod path;

mod stream;
mod tls;
