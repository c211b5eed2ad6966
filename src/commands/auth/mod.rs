//! `jeton auth`: the credentials of the profiles.

pub(crate) mod login;
pub(crate) mod logout;
