//! The commands: one file a verb, in folders like the command tree.

pub(crate) mod auth;
pub(crate) mod config;
