//! The keyring of the operating system.

#[cfg(not(feature = "keyring"))]
mod absent;
#[cfg(feature = "keyring")]
mod system;

#[cfg(not(feature = "keyring"))]
pub use absent::SystemKeyring;
#[cfg(feature = "keyring")]
pub use system::SystemKeyring;

use zeroize::Zeroizing;

/// Where secrets are put, found and taken out by service and user.
pub trait Keyring: Send + Sync {
    /// The text kept under a name.
    fn get(&self, service: &str, user: &str) -> Result<Zeroizing<String>, KeyringFailure>;
    /// Keeps a text under a name; an earlier one is replaced.
    fn set(&self, service: &str, user: &str, secret: &str) -> Result<(), KeyringFailure>;
    /// Takes a name out.
    fn delete(&self, service: &str, user: &str) -> Result<(), KeyringFailure>;
}

/// Why the keyring did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringFailure {
    /// It works, and has nothing under this name.
    NotFound,
    /// It is locked, or the prompt to unlock it was dismissed.
    Locked,
    /// There is none, or it refuses to work: the reason in the system's words.
    Unavailable(String),
    /// It did not answer within three seconds.
    TimedOut,
}
