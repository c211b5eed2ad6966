//! The secrets of clients: how they are written, hashed and compared, and when they were last used.

mod generated;
mod keyed;
mod last_use;
mod slow;

pub(crate) use generated::{generate, well_formed};
pub(crate) use keyed::{SecretHasher, equal};
pub(crate) use last_use::{LastUse, UseLog};
pub(crate) use slow::{SlowHash, SlowLane};
