//! `jeton token …`

#[cfg_attr(not(test), expect(dead_code, reason = "`token get` is wired next"))]
pub(crate) mod anatomy;
pub(crate) mod decode;
