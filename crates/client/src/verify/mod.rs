//! Judging a signed token: its form, its signature, its claims (RFC 8725 and its successor, RFC 9068).
//!
//! [`Rules`] say what is demanded, a [`KeySet`] holds the keys; [`Rules::judge`] is pure. A [`Verifier`] adds where the
//! keys come from: the key set of an issuer, fetched, kept, and fetched again when a token names a key that is not in
//! it. Every finding is listed, not only the first that fails; the claims of a token are handed out only where none
//! failed, and only `jeton_oauth` can make them [`Verified`].
//!
//! Texts of findings hold foreign text: clean them before a terminal sees them.

mod claims;
mod finding;
mod header;
mod judge;
mod key_set;
mod remote;
mod rules;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod verifier;

pub use finding::{Rule, RuleFinding};
pub use jeton_oauth::jwt::Verified;
pub use judge::Judgement;
pub use key_set::KeySet;
pub use remote::KeysAt;
pub(crate) use remote::Remembered;
pub use rules::{AccessTokenRules, Claims, DEFAULT_LEEWAY, IntrospectionRules, Rules};
pub use verifier::{Verifier, VerifierParts};
