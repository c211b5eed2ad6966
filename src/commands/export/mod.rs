//! `jeton export …`

pub(crate) mod env;
