//! A token looked at without verification: its structure, read leniently, and what is odd about it.

pub mod json_text;

mod oddities;
mod personal;
mod structure;

pub use oddities::{oddities, whole};
pub use structure::{Part, Payload, Structure, kind};
