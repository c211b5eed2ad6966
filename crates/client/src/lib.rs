//! Gets access tokens by the client credentials grant (RFC 6749 4.4), keeps them sealed, renews them.
//!
//! A [`TokenSource`] is made of a [`ClientConfig`] and of what it works with: a [`cache`], an [`Http`] client,
//! [`Credentials`], a [`Clock`]. This library never reads the environment, the home folder or a terminal, and it never
//! prints: what happens is told to an [`Observer`](event::Observer).

pub mod cache;
pub mod discovery;
pub mod document;
pub mod event;
pub mod policy;
pub mod rehearsal;
pub mod verify;

mod answer;
mod authenticate;
mod clock;
mod config;
mod credentials;
mod endpoint;
mod error;
mod fetch;
mod http;
mod introspect;
mod metadata;
mod method;
mod post;
mod prepare;
mod redact;
mod refusal;
mod retry;
mod revoke;
mod source;
mod token;

pub use clock::{Clock, Random, System};
pub use config::{
    AssertionAudience, AssertionConfig, AssertionType, AuthorizationServer, BasicEncoding,
    ClientConfig, Labels, MethodChoice,
};
pub use credentials::{CredentialError, Credentials, Found};
pub use error::{ClientError, NetworkKind};
pub use http::{
    Exchange, Http, HttpConfig, MAX_BODY, Meaning, Proxies, Reach, Watcher, is_private, tls,
};
pub use introspect::{Introspection, IntrospectionError};
pub use revoke::Revoked;
pub use source::{Looked, Parts, TokenSource};
pub use token::{Origin, Token, Want};
