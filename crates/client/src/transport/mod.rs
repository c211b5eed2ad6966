//! How requests reach a server: the one interface between this library and whatever speaks HTTP.
//!
//! A [`Transport`] sends one [`Request`] under the [`Rules`] that come with it and returns the [`Response`], or says with a
//! [`TransportError`] at which step it failed. It follows no redirect, keeps no cookie, adds no credential and repeats
//! nothing: redirects, retries and deadlines are decided above it, once for every transport.

#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;

mod address;
mod error;
mod request;
mod response;
mod rules;
mod watched;

pub(crate) use address::is_public;
pub use address::{AddressPolicy, NoPublicAddress, is_private};
pub use error::{Distrust, NetworkKind, ProxyFailure, SetupError, TransportError};
pub use request::{Method, Request};
pub use response::Response;
pub use rules::{MAX_BODY, Rules};
pub use watched::{Exchange, Watched, Watcher};

use crate::timer::BoxFuture;

/// Speaks HTTP over TLS. The native one is [`ReqwestTransport`](crate::ReqwestTransport).
///
/// An implementation must
/// - check the server's certificate and name for every https URL, without a way to switch that off;
/// - keep to all of the [`Rules`]: the addresses, the size, the deadline, and the certificate that it presents;
/// - return every HTTP response as it is, redirects included, whatever its status;
/// - neither log nor keep headers marked as sensitive, the body of a request, or the body of the response to a `POST`.
pub trait Transport: Send + Sync {
    /// Sends one request and reads its response to the end.
    fn send<'a>(
        &'a self,
        request: &'a Request,
        rules: &'a Rules,
    ) -> BoxFuture<'a, Result<Response, TransportError>>;
}
