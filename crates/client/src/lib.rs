//! Gets access tokens by the client credentials grant (RFC 6749 4.4), keeps them sealed, renews them.
//!
//! A [`TokenSource`] is made of a [`ClientConfig`] and of what it works with: a [`cache`], a [`Transport`],
//! a [`Timer`], [`Credentials`], a [`Clock`], [`Random`]. This library never reads the environment, the home folder or a
//! terminal, and it never prints: it reports events to an [`Observer`](event::Observer).
//!
//! Its core needs no runtime and no HTTP library: any executor can poll its futures. The feature `reqwest`, which is on by
//! default, adds the native transport and timer, which need tokio.

pub mod cache;
pub mod discovery;
pub mod document;
pub mod event;
pub mod method;
pub mod policy;
pub mod rehearsal;
pub mod verify;

mod about_token;
mod authenticate;
mod certificate_complaint;
mod clock;
mod config;
mod context;
mod credentials;
mod endpoint;
mod endpoints;
mod error;
mod http_config;
mod http_date;
mod introspect;
mod metadata;
mod name_failure;
mod params;
mod parts;
mod prepare;
mod redact;
mod refusal;
mod request;
#[cfg(feature = "reqwest")]
pub mod resolve;
mod retry;
mod revoke;
mod source;
mod system;
mod timer;
mod token;
mod token_entry;
mod token_request;
mod transport;

pub use certificate_complaint::Meaning;
pub use clock::{Clock, Random};
pub use config::{
    AssertionAudience, AssertionConfig, AssertionType, AuthorizationServer, BasicEncoding,
    ClientConfig, Labels, MethodChoice,
};
pub use context::FetchContext;
pub use credentials::{CredentialError, CredentialTimeout, Credentials, Found};
pub use error::ClientError;
pub use http_config::{HttpConfig, NameFiles, Proxies, ProxySetting};
pub use introspect::{Introspection, IntrospectionError};
pub use name_failure::NameFailure;
pub use parts::Parts;
pub use revoke::Revoked;
pub use source::{Looked, TokenSource};
pub use system::System;
pub use timer::{BoxFuture, Timer};
pub use token::{Origin, Token, Want};
#[cfg(feature = "reqwest")]
pub use transport::reqwest::{
    HttpProxy, ReqwestTransport, TokioTimer, other_protocol, proxy_for, tls,
};
pub use transport::{
    AddressPolicy, Distrust, Exchange, MAX_BODY, Method, NetworkKind, NoPublicAddress,
    ProxyFailure, Request, Response, Rules, SetupError, Transport, TransportError, Watched,
    Watcher, is_private,
};
