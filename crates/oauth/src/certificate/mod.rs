//! X.509 certificates (RFC 5280) as OAuth uses them: that of a client on the connection (RFC 8705), those inside a key
//! set (RFC 7517 4.7), and that of a server.
//!
//! Bytes in, facts out: nothing is fetched, no file is opened, and times are passed in as seconds since 1970. Names in
//! certificates are foreign text.

pub mod pem;

mod chain;
mod client;
mod error;
mod facts;
mod host;
mod keys;
mod name;
mod ocsp;
mod signature;
mod thumbprint;

#[cfg(test)]
mod tests;

pub use chain::{broken_link, is_issued_by};
pub use client::{ClientCertificate, Link};
pub use error::{CertificateError, Half, Problem};
pub use facts::{AlternativeNames, Certificate, ClientUse};
pub use keys::{CertifiedKey, is_of, public_jwk};
pub use name::{distinguished_name, name_from_der};
pub use ocsp::{OcspAnswer, OcspStatus};
pub use signature::weak_hash;
pub use thumbprint::{read_first, thumbprint};
