//! A program that was built without a keyring.

use super::{Keyring, KeyringFailure};
use zeroize::Zeroizing;

/// No keyring: every call fails with the reason.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

fn unavailable() -> KeyringFailure {
    KeyringFailure::Unavailable("this program was built without a keyring".to_owned())
}

impl Keyring for SystemKeyring {
    fn get(&self, _service: &str, _user: &str) -> Result<Zeroizing<String>, KeyringFailure> {
        Err(unavailable())
    }

    fn set(&self, _service: &str, _user: &str, _secret: &str) -> Result<(), KeyringFailure> {
        Err(unavailable())
    }

    fn delete(&self, _service: &str, _user: &str) -> Result<(), KeyringFailure> {
        Err(unavailable())
    }
}
