//! The authority's own keys: the master key that seals, and the signing keys that it seals.

mod ring;
mod rotation;
mod seal;
mod signing;

pub use rotation::{TooSoon, Urgency};
pub use seal::{BadMasterKey, MasterKey, SealError};
pub use signing::SigningKeyError;

pub(crate) use seal::Purpose;

pub(crate) use ring::{KeyRing, PUBLISHED_FOR};
pub(crate) use rotation::{RotationError, first_keys, rotate};
pub(crate) use signing::{KeyState, SigningKey};
