//! `jeton jwks …`

pub(super) mod test;
