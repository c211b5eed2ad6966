//! The key that seals the cache, as the client asks for it.

use crate::Settings;
use crate::error::Error;
use crate::notice::{Notice, Observer};
use crate::seal_key::{given, seal_key_bytes};
use jeton_client::cache::{CacheError, KeyProvider, SealKey};
use std::sync::Arc;

/// The key of the cache of these settings.
pub struct SealKeys {
    /// The one in the environment: read at once, since a wrong one is a matter of configuration.
    given: Option<SealKey>,
    settings: Arc<Settings>,
    observer: Arc<Observer>,
}

impl SealKeys {
    /// Reads the environment, and nothing else yet.
    ///
    /// # Errors
    /// Exit 3: the variable holds no key. Exit 4: it is not set, and nothing else may be used.
    pub fn new(settings: Arc<Settings>, observer: Arc<Observer>) -> Result<Self, Error> {
        Ok(Self {
            given: given(&settings)?.map(|bytes| SealKey::new(*bytes)),
            settings,
            observer,
        })
    }
}

impl KeyProvider for SealKeys {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let found = seal_key_bytes(&self.settings).map_err(|error| {
            let hints = error.hints.join("; ");
            CacheError::Key(match hints.as_str() {
                "" => error.message,
                hints => format!("{}; {hints}", error.message),
            })
        })?;
        if let Some(path) = &found.new_file {
            (self.observer)(&Notice::CacheKeyFile { path });
        }
        Ok(SealKey::new(*found.bytes))
    }
}
