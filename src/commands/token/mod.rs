//! `jeton token …`

pub(crate) mod anatomy;
pub(crate) mod decode;
pub(crate) mod get;
