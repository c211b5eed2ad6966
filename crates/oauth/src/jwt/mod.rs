//! JSON Web Tokens in compact form (RFC 7515 3.1, RFC 7519), read strictly.
//!
//! A claim set is [`Unverified`] until a key has verified its signature, and only that makes a [`Verified`]. Whether
//! the claims themselves hold is judged by whoever knows what they are for: an access token and a client assertion
//! follow different rules.

pub mod claims;
mod parse;
mod sign;

pub use parse::{Header, JwtError, Unverified, Verified};
pub use sign::{sign, sign_hmac};
