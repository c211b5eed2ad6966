//! The key that seals the cache, and a word about it when it had to be made.

use crate::error::Result;
use crate::log::{Log, Module, field};
use jeton_client::cache::{CacheError, KeyProvider, SealKey};
use jeton_profile::Settings;
use jeton_profile::seal_key::{given, seal_key_bytes};
use std::sync::Arc;

pub(super) struct Keys {
    /// The one in the environment: read at once, since a wrong one is a matter of configuration.
    given: Option<SealKey>,
    settings: Arc<Settings>,
    log: Arc<Log>,
}

impl Keys {
    pub(super) fn new(settings: Arc<Settings>, log: Arc<Log>) -> Result<Self> {
        Ok(Self {
            given: given(&settings)?.map(|bytes| SealKey::new(*bytes)),
            settings,
            log,
        })
    }
}

impl KeyProvider for Keys {
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
        if let Some(path) = found.new_file {
            let path = path.display();
            let message = "no keyring: the cache key is in a file";
            self.log
                .info(Module::Cache, message, &[field("path", &path)]);
        }
        Ok(SealKey::new(*found.bytes))
    }
}
