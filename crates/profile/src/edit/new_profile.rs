//! A profile that is about to be written.

use crate::error::{Error, ErrorKind, Result};
use crate::profile::Profile;
use std::path::PathBuf;

/// What a new profile says; everything else keeps its default.
#[derive(Debug, Clone, Default)]
pub struct NewProfile {
    /// Its name.
    pub name: String,
    /// `issuer`
    pub issuer: Option<String>,
    /// `token_endpoint`
    pub token_endpoint: Option<String>,
    /// `client_id`
    pub client_id: Option<String>,
    /// `auth_method`
    pub auth_method: Option<String>,
    /// `environment`
    pub environment: Option<String>,
    /// `scopes`
    pub scopes: Vec<String>,
    /// `audience`
    pub audience: Vec<String>,
    /// `resource`
    pub resource: Vec<String>,
    /// `match`
    pub matches: Vec<String>,
    /// `client_secret = { file }`
    pub secret_file: Option<PathBuf>,
    /// `assertion.private_key = { file }`
    pub private_key: Option<PathBuf>,
}

impl NewProfile {
    /// That no other profile has the name.
    ///
    /// # Errors
    /// Exit 3 where one has.
    pub fn require_free(&self, profiles: &[Profile]) -> Result<()> {
        if !profiles.iter().any(|profile| profile.name == self.name) {
            return Ok(());
        }
        let name = &self.name;
        Err(
            Error::config(format!("there is a profile {name} already")).hint(format!(
                "choose another name, or remove it with `jeton profile remove {name}`"
            )),
        )
    }

    /// A failure of what was typed: the place in a file that is not written tells nothing.
    pub(super) fn invalid(error: Error) -> Error {
        let first = error.findings.first().cloned();
        let Some(found) = first else {
            return Error {
                kind: ErrorKind::Usage,
                ..error
            };
        };
        let error = Error::usage(format!(
            "the profile would not be valid: {}",
            found.finding.what
        ));
        found.finding.remedy.into_iter().fold(error, Error::hint)
    }
}
