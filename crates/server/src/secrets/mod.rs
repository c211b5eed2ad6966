//! The secrets of clients: how they are written, hashed, and remembered once they were right.

mod generated;
mod hash;
mod remembered;

pub(crate) use generated::{generate, well_formed};
pub(crate) use hash::{HashGate, SALT, SecretHash, any_equal};
pub(crate) use remembered::Remembered;
