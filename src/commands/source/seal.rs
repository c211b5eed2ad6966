//! The key that seals the cache, and a word about it when it had to be made.

use crate::log::{Log, Module, field};
use crate::settings::Settings;
use crate::settings::seal_key::seal_key_bytes;
use jeton_client::cache::{CacheError, KeyProvider, SealKey};
use std::sync::Arc;

pub(super) struct Keys {
    settings: Arc<Settings>,
    log: Arc<Log>,
}

impl Keys {
    pub(super) const fn new(settings: Arc<Settings>, log: Arc<Log>) -> Self {
        Self { settings, log }
    }
}

impl KeyProvider for Keys {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        let found = seal_key_bytes(&self.settings).map_err(|error| {
            let hints = error.hints.join("; ");
            CacheError::Key(match hints.as_str() {
                "" => error.message,
                hints => format!("{}; {hints}", error.message),
            })
        })?;
        if let Some(path) = found.new_file {
            let path = path.display();
            let message = "no keyring is available: the key that seals the cache is in a file";
            self.log
                .info(Module::Cache, message, &[field("path", &path)]);
        }
        Ok(SealKey::new(*found.bytes))
    }
}
