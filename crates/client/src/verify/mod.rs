//! Validating a signed token: its form, its signature, its claims (RFC 8725 and its successor, RFC 9068).
//!
//! [`Rules`] are the requirements, a [`KeySet`] holds the keys; [`Rules::validate`] is pure. A [`Verifier`] adds where
//! the keys come from: the key set of an issuer, fetched, cached, and fetched again when a token names a key that the
//! set lacks. A [`Verdict`] lists every finding, not only the first failure. It gives the claims out only if nothing
//! failed, and only `jeton_oauth` can make them [`Verified`].
//!
//! Texts of findings hold foreign text: clean them before a terminal sees them.

mod cached_keys;
mod claims;
mod fetch;
mod finding;
mod header;
mod key_set;
mod location;
mod remote_keys;
mod rules;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod verdict;
mod verifier;

pub use finding::{Rule, RuleFinding};
pub use jeton_oauth::jwt::Verified;
pub use key_set::KeySet;
pub use location::KeySetLocation;
pub(crate) use remote_keys::RemoteKeys;
pub use rules::{AccessTokenRules, Claims, DEFAULT_LEEWAY, IntrospectionRules, MAX_LEEWAY, Rules};
pub use verdict::Verdict;
pub use verifier::{Verifier, VerifierParts};
