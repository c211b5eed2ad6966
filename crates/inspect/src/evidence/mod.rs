//! What was seen, as plain data. Its texts are foreign.

mod connection;
mod request;

pub use connection::{
    ConnectFailure, Distrust, HandshakeFailure, NameFailure, ProxyFailure, ShownCertificate,
    TunnelFailure, Unresolved,
};
pub use request::{
    AssertionFacts, BadResponse, CertificateRemark, Described, Endpoint, Failure, NetworkFailure,
    ObservedResponse, ProxyStep, RequestFacts,
};
