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

/// Everything that comes from outside, read once. `Debug` shows the names of variables, never their values.
#[derive(Default, Clone)]
pub struct Inputs {
    /// The environment of the process.
    pub env: BTreeMap<OsString, OsString>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// The file that is named need not exist: it is about to be written.
    pub config_may_be_missing: bool,
    /// `--env-file`
    pub env_file: Option<PathBuf>,
    /// `--profile`
    pub profile: Option<String>,
    /// `--for`
    pub for_url: Option<String>,
    /// `--embedded`: the client that was made for this call
    pub embedded: Option<EmbeddedClient>,
    /// `--no-input`
    pub no_input: bool,
    /// The flags that replace a value of the selected profile.
    pub overrides: Overrides,
}

/// Values of settings of the selected profile, by the flag that sets them.
#[derive(Default, Clone)]
pub struct Overrides(BTreeMap<&'static str, Vec<OsString>>);

impl Overrides {
    /// Takes over what was given with a flag, such as `--scope`; nothing where it was not given.
    pub fn set(
        &mut self,
        flag: &'static str,
        given: impl IntoIterator<Item = impl Into<OsString>>,
    ) {
        let given: Vec<OsString> = given.into_iter().map(Into::into).collect();
        if given.is_empty() {
            self.0.remove(flag);
        } else {
            self.0.insert(flag, given);
        }
    }

    pub(crate) fn get(&self, flag: &str) -> Option<&[OsString]> {
        self.0.get(flag).map(Vec::as_slice)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

impl Inputs {
    /// The environment of this process, and nothing typed. The one place that reads it.
    pub fn from_process() -> Self {
        Self {
            env: std::env::vars_os().collect(),
            ..Self::default()
        }
    }

    /// Where the configuration file is, or would be, and what says so.
    ///
    /// # Errors
    /// Exit 3 when nothing is named and the user has no home.
    pub fn config_path(&self) -> Result<Sourced<PathBuf>, Error> {
        let place = paths::config(self, &self.environment()?);
        place
            .map(|place| place.path)
            .ok_or_else(paths::unknown_config)
    }

    /// The environment with the file of `--env-file` behind it.
    ///
    /// # Errors
    /// Exit 3 where that file cannot be read or understood.
    pub fn environment(&self) -> Result<Environment, Error> {
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
