//! A profile from flags, environment, TOML file and keyring up to the configuration of a client, each value with its origin.
//!
//! It is what the command line, the SDKs and the fuzz targets share. Nothing here prints, and nothing but
//! [`Inputs::from_process`] reads the environment of the process.
//!
//! ```
//! use jeton_profile::{Inputs, Notice, ProfileCredentials, Settings};
//! use std::sync::Arc;
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("config.toml");
//! # let text = "[profiles.billing]\nissuer = 'https://auth.example.com'\nclient_id = 'billing-batch'\n";
//! # std::fs::write(&path, text)?;
//! // A program that runs as the user starts from `Inputs::from_process()`.
//! let inputs = Inputs {
//!     config: Some(path),
//!     profile: Some("billing".to_owned()),
//!     ..Inputs::default()
//! };
//! # let inputs = Inputs { env: [("HOME".into(), folder.path().into())].into(), ..inputs };
//! let settings = Settings::load(&inputs)?;
//! let profile = settings.select()?;
//! let certificate = profile.certificate()?;
//! let config = profile.client_config(certificate.as_ref())?;
//! assert_eq!(config.client_id, "billing-batch");
//! // What a client reads of it when it needs to; a log may listen.
//! let credentials = ProfileCredentials::new(Arc::new(settings), profile, certificate, Arc::new(|_: &Notice<'_>| {}));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Flags win over the environment, the environment over the file; a secret that is named nowhere is looked for in the keyring.
//! Loading opens the configuration file, once, and nothing else: no secret is fetched, no keyring asked, until somebody reads
//! a [`SecretRef`].

mod assertion;
mod background;
mod certificate_file;
mod choice;
mod client_config;
mod credentials;
mod document;
pub mod dotenv;
pub mod duration;
pub mod edit;
mod embedded;
pub mod env;
mod environment;
mod error;
mod extras;
mod file;
mod finding;
mod home;
mod inputs;
mod kernel_keyring;
pub mod keyring;
mod match_url;
mod method;
mod mtls;
mod near_miss;
mod nearest;
mod notice;
mod oddity;
mod origin;
mod overlay;
mod paths;
mod profile;
mod profile_file;
mod proxies;
mod purpose;
mod reference;
mod rows;
pub mod seal_key;
mod seal_keys;
mod secret_command;
mod secret_file;
mod secret_ref;
mod secret_variables;
mod select;
mod setting;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tool;
mod trust;
mod values;

pub use assertion::AssertionSettings;
pub use certificate_file::CertificateFile;
pub use choice::{CacheKeySource, CacheStore};
pub use client_config::http_config;
pub use credentials::ProfileCredentials;
pub use embedded::{EMBEDDED_PROFILE, EmbeddedClient};
pub use environment::Environment;
pub use error::{Error, ErrorKind};
pub use extras::{ExtraValue, Extras};
pub use finding::{Located, as_text};
pub use inputs::{Inputs, Overrides};
pub use match_url::MatchUrl;
pub use mtls::{MtlsSettings, is_by_certificate};
pub use notice::{Notice, Observer};
pub use oddity::oddity;
pub use origin::{Origin, Sourced};
pub use profile::{ENV_PROFILE, Profile};
pub use proxies::{Proxies, ProxyUrl};
pub use purpose::Purpose;
pub use reference::variables;
pub use rows::{Row, profile_rows, tool_rows};
pub use seal_keys::SealKeys;
pub use secret_command::stop_all as stop_secret_commands;
pub use secret_ref::{FetchedSecret, SERVICE, SecretRef};
pub use secret_variables::SecretVariables;
pub use tool::{GitHub, Tool};

use finding::Finding;
use keyring::Keyring;
use paths::ConfigPath;
use select::Wanted;
use std::path::Path;

/// Everything that is configured. `Debug` shows no secret.
#[derive(Debug)]
pub struct Settings {
    /// The settings of the tool itself.
    pub tool: Tool,
    /// The profiles of the file, in its order, as they stand there.
    pub profiles: Vec<Profile>,
    /// `default_profile` of the file.
    pub default_profile: Option<Sourced<String>>,
    /// What should be said about the file, though it is used.
    pub warnings: Vec<Located>,
    environment: Environment,
    inputs: Inputs,
    /// What every profile starts from.
    defaults: Profile,
    /// The variables that the `{ env }` references of the file name.
    references: Vec<String>,
}

impl Settings {
    /// Reads the configuration.
    ///
    /// # Errors
    /// Exit 3: a file that was named is missing, cannot be read or is wrong; a variable makes no sense.
    pub fn load(inputs: &Inputs) -> Result<Self, Error> {
        let (settings, findings) = Self::examine(inputs)?;
        match finding::failure(&findings) {
            Some(error) => Err(error),
            None => Ok(Self {
                warnings: findings,
                ..settings
            }),
        }
    }

    /// Reads the configuration as far as it goes, with everything that is wrong in the file.
    ///
    /// # Errors
    /// Exit 3 where there is no file to judge: one that was named is missing, or it cannot be read.
    pub fn examine(inputs: &Inputs) -> Result<(Self, Vec<Located>), Error> {
        let environment = inputs.environment()?;
        let place = paths::config(inputs, &environment);
        let config_path = place.as_ref().map(|place| place.path.clone());
        let mut tool = Tool::read(inputs, &environment, config_path)?;
        let mut findings = Vec::new();
        let source = match place {
            Some(place) => Self::open(&place, inputs, &environment, &mut findings)?,
            None => None,
        };
        tool.config_found = source.is_some();
        let content = source.map_or_else(file::Content::default, |source| {
            file::read(&source, &mut tool, &mut findings)
        });
        let settings = Self {
            tool,
            profiles: content.profiles,
            default_profile: content.default_profile,
            warnings: Vec::new(),
            environment,
            inputs: inputs.clone(),
            defaults: content.defaults,
            references: content.secret_variables,
        };
        let of_env_file = settings
            .environment
            .warnings(|| settings.secret_variables());
        findings.splice(0..0, of_env_file);
        if inputs.embedded.is_none() {
            findings.extend(near_miss::findings(&settings.environment));
        }
        Ok((settings, findings))
    }

    /// The configuration file. One that was not asked for need not exist, nor be readable where the environment does without it.
    fn open(
        place: &ConfigPath,
        inputs: &Inputs,
        environment: &Environment,
        findings: &mut Vec<Located>,
    ) -> Result<Option<document::Source>, Error> {
        let path = &place.path;
        let source = match document::Source::read(&path.value, home::home(environment)) {
            Err(_) if !place.explicit && may_be_left_out(&path.value, environment) => {
                let what = "it cannot be read (permission denied): only the environment is used";
                let finding = Finding::warn("config.unreadable", what)
                    .remedy("is HOME the home of this user?");
                findings.push(Located::in_file(finding, &path.value));
                None
            }
            read => read?,
        };
        if source.is_none() && place.explicit && !inputs.config_may_be_missing {
            return Err(Error::not_configured(format!(
                "the configuration file {} does not exist ({})",
                path.value.display(),
                path.origin
            ))
            .hint("`jeton config init` writes a file to start from"));
        }
        Ok(source)
    }

    /// The profile to use, with environment and flags laid over it.
    ///
    /// # Errors
    /// Exit 3: none is meant, or it is disabled; a flag or variable makes no sense. Exit 2: `--for` is no URL.
    pub fn select(&self) -> Result<Profile, Error> {
        let profile = self.chosen()?;
        profile.require_enabled()?;
        Ok(profile)
    }

    /// The same, to be shown: a disabled profile is given too.
    ///
    /// # Errors
    /// As [`Self::select`], but for the disabled profile.
    pub fn chosen(&self) -> Result<Profile, Error> {
        if let Some(client) = self.embedded() {
            return Ok(client.complete(self.own_profile(EMBEDDED_PROFILE)?));
        }
        let mut profile = if self.made_by_environment() {
            let alone = [Profile::new(ENV_PROFILE, &self.defaults)];
            select::select(&alone, &self.wanted()?)?.clone()
        } else {
            select::select(&self.profiles, &self.wanted()?)?.clone()
        };
        overlay::apply(&mut profile, &self.environment, &self.inputs.overrides)?;
        Ok(profile)
    }

    /// A profile that a command makes itself: defaults and flags, and nothing of the environment.
    ///
    /// # Errors
    /// Exit 3 where a flag makes no sense.
    pub fn own_profile(&self, name: &str) -> Result<Profile, Error> {
        let mut profile = Profile::new(name, &self.defaults);
        overlay::apply(
            &mut profile,
            &Environment::default(),
            &self.inputs.overrides,
        )?;
        Ok(profile)
    }

    /// Every profile, for an overview: the chosen one with environment and flags laid over it, the others as they stand.
    ///
    /// # Errors
    /// Exit 3 where a flag or variable makes no sense.
    pub fn all(&self) -> Result<Vec<Profile>, Error> {
        if self.embedded().is_some() || self.made_by_environment() {
            return Ok(vec![self.chosen()?]);
        }
        let mut profiles = self.profiles.clone();
        // Nobody chose when several are there and none is named: then all stand as they are.
        if let Ok(meant) = select::select(&self.profiles, &self.wanted()?) {
            for profile in &mut profiles {
                if profile.name == meant.name {
                    overlay::apply(profile, &self.environment, &self.inputs.overrides)?;
                }
            }
        }
        Ok(profiles)
    }

    /// Fetches a secret from where it is.
    ///
    /// # Errors
    /// [`ErrorKind::Credential`] where it is not available, with what to do about it.
    pub fn fetch(
        &self,
        reference: &Sourced<SecretRef>,
        purpose: Purpose<'_>,
        keyring: &dyn Keyring,
    ) -> Result<FetchedSecret, Error> {
        reference
            .value
            .read(
                &self.environment,
                &self.secret_variables(),
                keyring,
                purpose,
                &reference.origin,
            )
            .map_err(|error| purpose.explain(error, &reference.origin))
    }

    /// The variables that hold secrets, for whoever starts a program.
    #[must_use]
    pub fn secret_variables(&self) -> SecretVariables {
        SecretVariables::new(&self.references)
    }

    /// The client of the authority inside this process, where there is one: then it is meant, and nothing else.
    pub const fn embedded(&self) -> Option<&EmbeddedClient> {
        self.inputs.embedded.as_ref()
    }

    /// The environment that the settings were made from.
    pub const fn environment(&self) -> &Environment {
        &self.environment
    }

    /// What says that the chosen profile is meant.
    ///
    /// # Errors
    /// Exit 3 where the variable makes no sense.
    pub fn chosen_by(&self) -> Result<String, Error> {
        let wanted = self.wanted()?;
        Ok(if self.embedded().is_some() {
            "flag --embedded".to_owned()
        } else if wanted.flag.is_some() {
            "flag --profile".to_owned()
        } else if wanted.for_url.is_some() {
            "flag --for".to_owned()
        } else if let Some(found) = wanted.variable.as_ref().or(wanted.default) {
            match found.origin {
                Origin::File { .. } => format!("default_profile, {}", found.origin),
                _ => found.origin.to_string(),
            }
        } else if self.made_by_environment() {
            "made by the environment".to_owned()
        } else {
            "the only one".to_owned()
        })
    }

    /// Whether several profiles are there, or none, and nothing was said about which is meant.
    pub fn undecided(&self) -> Result<bool, Error> {
        let wanted = self.wanted()?;
        let silent = self.embedded().is_none()
            && wanted.flag.is_none()
            && wanted.for_url.is_none()
            && wanted.variable.is_none()
            && wanted.default.is_none();
        Ok(silent && !self.made_by_environment() && self.profiles.len() != 1)
    }

    fn made_by_environment(&self) -> bool {
        self.profiles.is_empty() && overlay::describes_a_client(&self.environment)
    }

    fn wanted(&self) -> Result<Wanted<'_>, Error> {
        Ok(Wanted {
            flag: self.inputs.profile.as_deref(),
            for_url: self.inputs.for_url.as_deref(),
            variable: self.environment.text(env::JETON_PROFILE)?,
            default: self.default_profile.as_ref(),
        })
    }
}

/// Whether others keep us from reading a file that the environment makes unnecessary: the `HOME` of another user.
fn may_be_left_out(path: &Path, environment: &Environment) -> bool {
    let denied = jeton_files::access(path)
        .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
    denied && overlay::describes_a_client(environment)
}

#[cfg(test)]
mod tests;
