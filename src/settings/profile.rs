//! A profile: everything that decides which token is asked for, each value with its origin.

use super::choice::{AssertionAudience, AssertionType, BasicEncoding, MethodChoice};
use super::extras::Extras;
use super::match_url::MatchUrl;
use super::mtls::MtlsSettings;
use super::origin::{Origin, Sourced};
use super::secret_ref::{PRIVATE_KEY_SUFFIX, SecretRef};
use crate::error::Error;
use jeton_oauth::{Algorithm, Issuer, ResourceUri, Scopes};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// The name of the profile that the environment alone makes.
pub(crate) const ENV_PROFILE: &str = "env";

/// Settings that the `[defaults]` table sets for every profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Defaults {
    /// The whole acquisition, retries included.
    pub(crate) timeout: Sourced<Duration>,
    /// A token is renewed this long ahead of its expiry.
    pub(crate) refresh_before: Sourced<Duration>,
    /// A token with less time left is never handed out.
    pub(crate) min_ttl: Sourced<Duration>,
    /// Further certificate authorities to trust.
    pub(crate) ca_file: Option<Sourced<PathBuf>>,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            timeout: Sourced::default(Duration::from_secs(30)),
            refresh_before: Sourced::default(Duration::from_secs(90)),
            min_ttl: Sourced::default(Duration::from_secs(30)),
            ca_file: None,
        }
    }
}

/// How a client assertion is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssertionSettings {
    /// Left out, it follows from the key and from what the server allows.
    pub(crate) alg: Option<Sourced<Algorithm>>,
    pub(crate) kid: Option<Sourced<String>>,
    /// Left out, it is looked for in the keyring: see [`Profile::private_key`].
    pub(crate) private_key: Option<Sourced<SecretRef>>,
    pub(crate) lifetime: Sourced<Duration>,
    pub(crate) audience: Sourced<AssertionAudience>,
    pub(crate) typ: Sourced<AssertionType>,
}

impl Default for AssertionSettings {
    fn default() -> Self {
        Self {
            alg: None,
            kid: None,
            private_key: None,
            lifetime: Sourced::default(Duration::from_secs(60)),
            audience: Sourced::default(AssertionAudience::Issuer),
            typ: Sourced::default(AssertionType::ClientAuthentication),
        }
    }
}

/// A profile. `Debug` shows no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// Off by default where `environment` is `prod`.
    pub(crate) enabled: Sourced<bool>,
    pub(crate) environment: Option<Sourced<String>>,
    pub(crate) environment_id: Option<Sourced<String>>,
    pub(crate) region: Option<Sourced<String>>,
    pub(crate) issuer: Option<Sourced<Issuer>>,
    pub(crate) token_endpoint: Option<Sourced<Url>>,
    pub(crate) client_id: Option<Sourced<String>>,
    /// Left out, it is looked for in the keyring: see [`Profile::secret`].
    pub(crate) client_secret: Option<Sourced<SecretRef>>,
    pub(crate) auth_method: Sourced<MethodChoice>,
    pub(crate) scopes: Sourced<Scopes>,
    pub(crate) audience: Sourced<Vec<String>>,
    pub(crate) resource: Sourced<Vec<ResourceUri>>,
    pub(crate) matches: Sourced<Vec<MatchUrl>>,
    pub(crate) basic_encoding: Sourced<BasicEncoding>,
    /// Send `client_id` beside an assertion (RFC 7521 section 4.2 leaves it open).
    pub(crate) send_client_id: Sourced<bool>,
    pub(crate) ca_file: Option<Sourced<PathBuf>>,
    pub(crate) timeout: Sourced<Duration>,
    pub(crate) refresh_before: Sourced<Duration>,
    pub(crate) min_ttl: Sourced<Duration>,
    pub(crate) assertion: AssertionSettings,
    pub(crate) mtls: MtlsSettings,
    pub(crate) params: Extras,
    pub(crate) headers: Extras,
}

impl Profile {
    /// A profile in which nothing is set.
    pub(crate) fn new(name: impl Into<String>, defaults: Defaults) -> Self {
        Self {
            name: name.into(),
            enabled: Sourced::default(true),
            environment: None,
            environment_id: None,
            region: None,
            issuer: None,
            token_endpoint: None,
            client_id: None,
            client_secret: None,
            auth_method: Sourced::default(MethodChoice::Auto),
            scopes: Sourced::default(Scopes::default()),
            audience: Sourced::default(Vec::new()),
            resource: Sourced::default(Vec::new()),
            matches: Sourced::default(Vec::new()),
            basic_encoding: Sourced::default(BasicEncoding::Form),
            send_client_id: Sourced::default(false),
            ca_file: defaults.ca_file,
            timeout: defaults.timeout,
            refresh_before: defaults.refresh_before,
            min_ttl: defaults.min_ttl,
            assertion: AssertionSettings::default(),
            mtls: MtlsSettings::default(),
            params: Extras::new(),
            headers: Extras::new(),
        }
    }

    /// Whether nothing is set in it, as in the profile of the example file.
    pub(crate) fn is_untouched(&self) -> bool {
        let defaults = Defaults {
            timeout: self.timeout.clone(),
            refresh_before: self.refresh_before.clone(),
            min_ttl: self.min_ttl.clone(),
            ca_file: self.ca_file.clone(),
        };
        *self == Self::new(self.name.clone(), defaults)
    }

    /// Where the client secret is: as configured, else in the keyring under the profile's name.
    pub(crate) fn secret(&self) -> Sourced<SecretRef> {
        self.client_secret
            .clone()
            .unwrap_or_else(|| in_keyring(self.secret_entry()))
    }

    /// The user under which the keyring has the profile's secret, unless another entry is configured.
    pub(crate) fn secret_entry(&self) -> String {
        self.name.clone()
    }

    /// The same of its private key.
    pub(crate) fn private_key_entry(&self) -> String {
        format!("{}{PRIVATE_KEY_SUFFIX}", self.name)
    }

    /// Where the private key is: as configured, else in the keyring under `NAME/private_key`.
    pub(crate) fn private_key(&self) -> Sourced<SecretRef> {
        self.assertion
            .private_key
            .clone()
            .unwrap_or_else(|| in_keyring(self.private_key_entry()))
    }

    /// The client id.
    ///
    /// # Errors
    /// Exit 3 where none is set.
    pub(crate) fn require_client_id(&self) -> Result<&str, Error> {
        match &self.client_id {
            Some(found) => Ok(&found.value),
            None => Err(self.lacks("client_id", "CC_CLIENT_ID")),
        }
    }

    /// That there is a server to ask: an issuer or a token endpoint.
    ///
    /// # Errors
    /// Exit 3 where there is neither.
    pub(crate) fn require_server(&self) -> Result<(), Error> {
        if self.issuer.is_some() || self.token_endpoint.is_some() {
            return Ok(());
        }
        Err(self.lacks("issuer", "OIDC_ISSUER"))
    }

    /// That the profile may be used.
    ///
    /// # Errors
    /// Exit 3 where it is disabled, with the way to enable it.
    pub(crate) fn require_enabled(&self) -> Result<(), Error> {
        if self.enabled.value {
            return Ok(());
        }
        let (name, key) = (&self.name, quoted(&self.name));
        let error = Error::config(format!("the profile {name} is disabled"));
        Err(match (&self.enabled.origin, &self.environment) {
            (Origin::Default, Some(environment)) => error.hint(format!(
                "profiles whose environment is {} are off until told otherwise: set enabled = true in [profiles.{key}]",
                environment.value
            )),
            (origin, _) => error.hint(format!(
                "it is switched off at {origin}: set enabled = true in [profiles.{key}]"
            )),
        })
    }

    fn lacks(&self, key: &str, variable: &str) -> Error {
        let error = Error::config(format!("the profile {} has no {key}", self.name));
        if self.name == ENV_PROFILE {
            error.hint(format!(
                "set {variable}, or write a file with `jeton config init`"
            ))
        } else {
            let table = quoted(&self.name);
            error.hint(format!(
                "set {key} in [profiles.{table}], or {variable} in the environment"
            ))
        }
    }
}

fn in_keyring(user: String) -> Sourced<SecretRef> {
    let reference = SecretRef::keyring(user.clone());
    let origin = Origin::Keyring {
        service: super::secret_ref::SERVICE.to_owned(),
        user,
    };
    Sourced::new(reference, origin)
}

/// A profile's name as it is written in a table header.
pub(crate) fn quoted(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}
