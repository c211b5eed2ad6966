//! Keys that sign and keys that check: parsed once, bound to the algorithms that they are good for.

mod encode;
mod private;
mod rsa_public;
mod verifying;

pub use private::PrivateKey;
pub use verifying::VerifyingKey;

use crate::Algorithm;
use thiserror::Error;

/// Why a key cannot be used. No message holds key material.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeyError {
    /// Neither PEM nor a JWK.
    #[error("neither a PEM document nor a JSON Web Key")]
    UnknownFormat,
    /// A PEM document without the kind of key that is needed.
    #[error("the PEM document has no {wanted} ({found})")]
    Pem {
        /// What was looked for.
        wanted: &'static str,
        /// What is there instead, or what is wrong with it.
        found: String,
    },
    /// The key is protected by a passphrase.
    #[error(
        "the key is encrypted with a passphrase: decrypt it first, for instance with `openssl pkey`"
    )]
    Encrypted,
    /// A kind of key or curve that no algorithm here uses.
    #[error("the key is of a kind that is not supported: {0}")]
    Unsupported(String),
    /// A member is missing or not canonical base64url.
    #[error("the JSON Web Key has no usable member {0:?}")]
    Member(&'static str),
    /// A public key where a private one is needed.
    #[error("this is a public key: the private one is needed")]
    PublicOnly,
    /// The numbers do not make a key: off the curve, too small, inconsistent.
    #[error("the key is not valid: {0}")]
    Invalid(&'static str),
    /// The key is good, but not for this algorithm.
    #[error("the key cannot be used with {0}")]
    Algorithm(Algorithm),
    /// Shorter than the hash of the algorithm (RFC 7518 3.2).
    #[error("the secret has {have} bytes, and {alg} needs at least {need} (RFC 7518 3.2)")]
    ShortSecret {
        /// The algorithm.
        alg: Algorithm,
        /// The length of the secret.
        have: usize,
        /// The least length.
        need: usize,
    },
    /// The signature does not match.
    #[error("the signature does not match")]
    Signature,
}

/// The algorithms of an RSA key, the one that most servers take first.
const RSA: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::PS256,
    Algorithm::RS384,
    Algorithm::PS384,
    Algorithm::RS512,
    Algorithm::PS512,
];
const P256: &[Algorithm] = &[Algorithm::ES256];
const P384: &[Algorithm] = &[Algorithm::ES384];
const P521: &[Algorithm] = &[Algorithm::ES512];
const ED25519: &[Algorithm] = &[Algorithm::EdDSA];
const HMAC: &[Algorithm] = &[Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];

/// The curves of RFC 7518 6.2.1.1: name, length of a coordinate, algorithms.
const CURVES: [(&str, usize, &[Algorithm]); 3] = [
    ("P-256", 32, P256),
    ("P-384", 48, P384),
    ("P-521", 66, P521),
];
