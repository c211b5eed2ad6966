//! What is wrong with a token, a key set, a certificate or a refused request, what it means, and what to do about it.
//!
//! Everything here is pure: evidence in, findings out. Nothing is fetched, no file is opened, and times are passed in as
//! seconds since 1970. Texts may quote foreign documents: clean them ([`clean`]) before a terminal sees
//! them.

pub mod advice;
pub mod certificate;
pub mod clean;
pub mod context;
pub mod diagnosis;
pub mod evidence;
pub mod finding;
pub mod key_set;
pub mod span;
pub mod token;

/// A validity that ends sooner than this deserves a warning: 30 days, in seconds. Renewals that take a ticket and an
/// approval take weeks, and automatic ones renew 30 days before the end.
pub const EXPIRES_SOON: i64 = 30 * DAY;

/// Seconds.
pub(crate) const DAY: i64 = 86_400;
