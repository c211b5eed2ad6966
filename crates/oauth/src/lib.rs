//! The vocabulary that both ends of jeton speak: the client and the authority.
//!
//! Everything here is pure: no input or output, no environment, no clock (times are passed in as seconds since 1970).
//! Names are those of the standards: RFC 6749 (OAuth 2.0), RFC 7515 to 7519 (JOSE), RFC 7523 with RFC 10070 (client
//! assertions), RFC 8414 (metadata), RFC 8705 (mutual TLS), RFC 8707 (resource indicators), RFC 9068 (JWT access tokens).

pub mod assertion;
pub mod base64url;
pub mod basic;
pub mod certificate;
pub mod finding;
pub mod form;
pub mod json;
pub mod jwt;

mod algorithm;
mod auth_method;
mod error_response;
mod issuer;
mod jwk;
mod key;
mod metadata;
mod resource;
mod scope;
mod secret;
mod token_request;
mod token_response;

pub use algorithm::Algorithm;
pub use auth_method::AuthMethod;
pub use error_response::{ErrorCode, ErrorResponse};
pub use issuer::{Issuer, IssuerError, is_loopback_host};
pub use jwk::{Jwk, JwkSet, JwkSetError, OtherMembers, SkippedKey};
pub use key::{KeyError, PrivateKey, VerifyingKey};
pub use metadata::{Metadata, MetadataError};
pub use resource::{ResourceError, ResourceUri};
pub use scope::{ScopeError, Scopes};
pub use secret::{AccessToken, Assertion, ClientSecret};
pub use token_request::ClientCredentialsRequest;
pub use token_response::{AnswerError, Note, TokenResponse};
