//! The randomness of the system.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The system had no randomness to give.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gave no randomness")]
pub struct NoRandomness;

/// Cryptographic randomness of the system.
#[derive(Debug, Clone)]
pub(crate) struct Random(SystemRandom);

impl Random {
    /// One source for a whole authority.
    pub(crate) fn system() -> Self {
        Self(SystemRandom::new())
    }

    /// `N` random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(bytes)
    }

    /// An unguessable name: 128 bits as 22 base64url characters, for `jti` and client ids.
    pub(crate) fn name(&self) -> Result<String, NoRandomness> {
        Ok(URL_SAFE_NO_PAD.encode(self.bytes::<16>()?))
    }
}
