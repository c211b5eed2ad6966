//! What is worth telling while credentials and the key of the cache are read: for a log. No notice holds a secret.

use crate::origin::Origin;
use std::fmt;
use std::path::Path;

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub enum Notice<'a> {
    /// A credential was read from the keyring.
    KeyringRead {
        /// The entry.
        entry: &'a Origin,
    },
    /// Others can read the file of a secret.
    SecretExposed {
        /// Which file, and what to do.
        text: &'a str,
    },
    /// Others can read the file of the client certificate, which holds its private key.
    CertificateKeyExposed {
        /// Which file, and what to do.
        text: &'a str,
    },
    /// There is no keyring, so the key of the cache was put into a file.
    CacheKeyFile {
        /// The file.
        path: &'a Path,
    },
}

/// Hears every notice, on whichever thread it happens.
pub type Observer = dyn Fn(&Notice<'_>) + Send + Sync;

impl fmt::Display for Notice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyringRead { entry } => write!(f, "credential read from {entry}"),
            Self::SecretExposed { text } | Self::CertificateKeyExposed { text } => {
                f.write_str(text)
            }
            Self::CacheKeyFile { path } => {
                write!(f, "no keyring: the cache key is in {}", path.display())
            }
        }
    }
}
