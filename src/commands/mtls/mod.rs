//! `jeton mtls …`

pub(super) mod probe;
