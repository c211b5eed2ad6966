//! Under which rules one request is sent.

use super::AddressPolicy;
use jeton_oauth::certificate::ClientCertificate;
use std::sync::Arc;
use std::time::Instant;

/// No body is read beyond this (1 MiB).
pub const MAX_BODY: usize = 1 << 20;

/// What a transport must keep to for one request.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which addresses it may connect to. It applies to the addresses that the host's name resolves to: a check of the name
    /// could be answered differently a moment later.
    pub addresses: AddressPolicy,
    /// How many bytes of body it reads before it gives up with [`TransportError::TooLarge`](super::TransportError::TooLarge).
    pub max_body: usize,
    /// When it gives up with [`NetworkKind::Timeout`](super::NetworkKind::Timeout): a time of
    /// [`Clock::instant`](crate::Clock::instant).
    pub deadline: Instant,
    /// The certificate that it presents where the server asks for one, and the connection belongs to this request alone: none
    /// that was made under another certificate may be used again (RFC 8705 section 2).
    pub certificate: Option<Arc<ClientCertificate>>,
}
