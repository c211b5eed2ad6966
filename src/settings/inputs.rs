//! What settings are made from: the environment as it was at the start, and what was typed.

use super::embedded::EmbeddedClient;
use super::environment::Environment;
use super::origin::Sourced;
use super::paths;
use crate::error::Error;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Everything that comes from outside, read once. `Debug` shows the names of variables, never their values.
#[derive(Default, Clone)]
pub(crate) struct Inputs {
    /// The environment of the process.
    pub(crate) env: BTreeMap<OsString, OsString>,
    /// `--config`
    pub(crate) config: Option<PathBuf>,
    /// `--env-file`
    pub(crate) env_file: Option<PathBuf>,
    /// `--profile`
    pub(crate) profile: Option<String>,
    /// `--for`
    pub(crate) for_url: Option<String>,
    /// `--embedded`: the client that was made for this call
    pub(crate) embedded: Option<EmbeddedClient>,
    /// `--no-input`
    pub(crate) no_input: bool,
    /// The flags that replace a value of the selected profile.
    pub(crate) overrides: Overrides,
}

/// Values of the selected profile given as flags. A list that is empty was not given.
#[derive(Debug, Default, Clone)]
pub(crate) struct Overrides {
    /// `--scope`, each with one scope or several
    pub(crate) scopes: Vec<String>,
    /// `--audience`
    pub(crate) audience: Vec<String>,
    /// `--resource`
    pub(crate) resource: Vec<String>,
    /// `--ca-file`, starting at the current folder
    pub(crate) ca_file: Option<PathBuf>,
    /// `--min-ttl`
    pub(crate) min_ttl: Option<Duration>,
}

impl Inputs {
    /// The environment of this process, and nothing typed. The one place that reads it.
    pub(crate) fn from_process() -> Self {
        Self {
            env: std::env::vars_os().collect(),
            ..Self::default()
        }
    }

    /// Where the configuration file is, or would be, and what says so.
    ///
    /// # Errors
    /// Exit 3 when nothing is named and the user has no home.
    pub(crate) fn config_path(&self) -> Result<Sourced<PathBuf>, Error> {
        Ok(paths::config(self, &self.environment()?)?.path)
    }

    /// The environment with the file of `--env-file` behind it.
    ///
    /// # Errors
    /// Exit 3 where that file cannot be read or understood.
    pub(crate) fn environment(&self) -> Result<Environment, Error> {
        Environment::new(self.env.clone(), self.env_file.as_deref())
    }
}

impl fmt::Debug for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inputs")
            .field("env", &self.env.keys())
            .field("config", &self.config)
            .field("env_file", &self.env_file)
            .field("profile", &self.profile)
            .field("for_url", &self.for_url)
            .field("no_input", &self.no_input)
            .finish_non_exhaustive()
    }
}
