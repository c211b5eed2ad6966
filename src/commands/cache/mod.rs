//! `jeton cache …`

pub(crate) mod clear;
pub(crate) mod explain;
pub(crate) mod list;
