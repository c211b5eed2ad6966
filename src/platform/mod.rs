//! What differs from one operating system to another, in one place: nothing else in `src` asks for the target.

pub(crate) mod harden;
pub(crate) mod kernel_keyring;
pub(crate) mod keyring;
