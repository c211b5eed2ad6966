//! Settings of the tool itself, which no profile changes.

use super::choice::{CacheKeySource, CacheStore, Words};
use super::document::Section;
use super::environment::Environment;
use super::finding::Located;
use super::inputs::Inputs;
use super::origin::{Origin, Sourced};
use super::proxies::Proxies;
use super::{env, paths};
use crate::error::Error;
use std::path::PathBuf;

/// The keys of `[cache]`.
pub(super) const CACHE_KEYS: &[&str] = &["store", "key"];

/// What GitHub Actions tells a job.
#[derive(Debug, Clone, Default)]
pub struct GitHub {
    /// `GITHUB_ENV`
    pub env_file: Option<PathBuf>,
    /// `GITHUB_OUTPUT`
    pub output_file: Option<PathBuf>,
}

/// Settings of the tool.
#[derive(Debug, Clone)]
pub struct Tool {
    /// The configuration file, whether it exists or not; `None` when none is named and the user has no home.
    pub config_path: Option<Sourced<PathBuf>>,
    /// It was there and was read.
    pub config_found: bool,
    /// The folder of the cache; `None` when none is named and the user has no home.
    pub cache_dir: Option<Sourced<PathBuf>>,
    /// Where tokens are cached.
    pub cache_store: Sourced<CacheStore>,
    /// Where the key of the cache is.
    pub cache_key: Sourced<CacheKeySource>,
    /// Where the key of the cache is kept without a keyring; `None` when the user has no home.
    pub cache_key_file: Option<PathBuf>,
    /// Never ask anything on the terminal.
    pub no_input: Sourced<bool>,
    /// The proxies that the environment names.
    pub proxies: Proxies,
    /// `SSL_CERT_FILE`: trusted instead of what the system trusts.
    pub ssl_cert_file: Option<Sourced<PathBuf>>,
    /// What GitHub Actions tells a job.
    pub github: GitHub,
}

impl Tool {
    /// Everything but what the file says.
    ///
    /// # Errors
    /// Exit 3 for a variable that makes no sense.
    pub(super) fn read(
        inputs: &Inputs,
        environment: &Environment,
        config_path: Option<Sourced<PathBuf>>,
    ) -> Result<Self, Error> {
        let no_input = if inputs.no_input {
            Sourced::new(true, Origin::Flag("--no-input"))
        } else {
            environment
                .flag(env::JETON_NO_INPUT)?
                .unwrap_or(Sourced::default(false))
        };
        let file = |name| environment.path(name).map(|found| found.value);
        Ok(Self {
            config_path,
            config_found: false,
            cache_dir: paths::cache(environment),
            cache_store: Sourced::default(CacheStore::Disk),
            cache_key: Sourced::default(CacheKeySource::Auto),
            cache_key_file: paths::cache_key_file(environment),
            no_input,
            proxies: Proxies::read(environment)?,
            ssl_cert_file: environment.path(env::SSL_CERT_FILE),
            github: GitHub {
                env_file: file(env::GITHUB_ENV),
                output_file: file(env::GITHUB_OUTPUT),
            },
        })
    }

    /// Takes over the `[cache]` table.
    pub(super) fn read_cache(&mut self, section: Section<'_>, findings: &mut Vec<Located>) {
        section.check_keys(CACHE_KEYS, |_| None, findings);
        if let Some(store) = section.parsed("store", findings, Words::from_word) {
            self.cache_store = store;
        }
        if let Some(key) = section.parsed("key", findings, Words::from_word) {
            self.cache_key = key;
        }
    }
}
