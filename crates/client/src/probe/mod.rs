//! Looking at a server from outside and telling what was seen, as facts: nothing here decides or retries.

pub mod jwks;
pub mod mtls;
pub mod path;
pub mod rehearsal;

mod delivery;
mod names;
