//! `jeton token …`

pub(crate) mod decode;
pub(crate) mod get;
pub(super) mod input;
pub(crate) mod introspect;
pub(crate) mod revoke;
mod subject;
pub(crate) mod verify;
