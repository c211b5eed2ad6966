//! The authority's own keys: the master key that seals, and the signing keys that it seals.

mod ring;
mod rotation;
mod seal;
mod signing;

pub use rotation::Urgency;
pub use seal::{BadMasterKey, MasterKey, SealError};

pub(crate) use ring::KeyRing;
pub(crate) use rotation::{Rotation, TooSoon, first_keys, rotate};
pub(crate) use signing::{KeyState, SigningKey};
