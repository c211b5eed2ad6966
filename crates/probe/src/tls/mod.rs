//! TLS, step by step: what the HTTP client hides behind one error is what a probe reports.

pub(crate) mod names;

mod certificate_request;
mod connection;
mod failure;
mod observer;
mod recorder;
mod setup;

pub use certificate_request::CertificateRequest;
pub(crate) use certificate_request::CertificateResolver;
pub(crate) use connection::TlsConnection;
pub use failure::TlsFailure;
pub use observer::Negotiated;
pub(crate) use observer::{Observation, Observer};
pub(crate) use recorder::{Recorded, Recorder};
pub(crate) use setup::Setup;
