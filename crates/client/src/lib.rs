//! Gets access tokens, keeps them sealed, renews them.

pub mod cache;
pub mod policy;
