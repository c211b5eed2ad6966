//! `jeton config`: the configuration file, made, shown, judged and found.

pub(crate) mod check;
pub(crate) mod init;
pub(crate) mod path;
pub(crate) mod show;
