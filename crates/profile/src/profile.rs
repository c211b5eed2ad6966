//! A profile: everything that decides which token is asked for, each value with its origin.

use super::assertion::AssertionSettings;
use super::env;
use super::extras::Extras;
use super::match_url::MatchUrl;
use super::mtls::MtlsSettings;
use super::origin::{Origin, Sourced};
use super::proxies::ProxyUrl;
use super::secret_ref::{PRIVATE_KEY_SUFFIX, SecretRef};
use super::setting::{Reason, settings};
use crate::error::Error;
use jeton_client::policy::Thresholds;
use jeton_client::{BasicEncoding, MethodChoice};
use jeton_oauth::{Issuer, ResourceUri, Scopes};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// The name of the profile that the environment alone makes.
pub const ENV_PROFILE: &str = "env";

settings! {
    /// A profile: everything that decides which token is asked for. `Debug` shows no secret.
    pub struct Profile {
        /// Off by default where `environment` is `prod`.
        "enabled" => enabled: Sourced<bool> = Sourced::default(true);
        /// What the environment is called, such as `prod`.
        "environment" => environment: Option<Sourced<String>> = None;
        /// What the provider calls it.
        "environment_id" => environment_id: Option<Sourced<String>> = None;
        /// The region, such as `eu`.
        "region" => region: Option<Sourced<String>> = None;
        /// The issuer, whose metadata names the endpoints.
        "issuer" => issuer: Option<Sourced<Issuer>> = None,
            env env::OIDC_ISSUER => "issuer identifier of the authorization server, as its metadata states it";
        /// The token endpoint, where it is not discovered.
        "token_endpoint" => token_endpoint: Option<Sourced<Url>> = None,
            env env::CC_TOKEN_ENDPOINT => "token endpoint, if the server publishes no metadata";
        /// The client identifier.
        "client_id" => client_id: Option<Sourced<String>> = None,
            env env::CC_CLIENT_ID => "client identifier";
        /// Left out, it is looked for in the keyring: see [`Profile::secret`].
        "client_secret" => client_secret: Option<Sourced<SecretRef>> = None,
            secret env::CC_CLIENT_SECRET => "client secret; wins over CC_CLIENT_SECRET_FILE",
            env env::CC_CLIENT_SECRET_FILE => "file with the client secret";
        /// How the client authenticates.
        "auth_method" => auth_method: Sourced<MethodChoice> = Sourced::default(MethodChoice::Auto),
            env env::CC_AUTH_METHOD => "authentication method: auto, client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt, tls_client_auth or self_signed_tls_client_auth";
        /// The scopes to ask for.
        "scopes" => scopes: Sourced<Scopes> = Sourced::default(Scopes::default()),
            env env::CC_SCOPES => "scopes to request, separated by spaces",
            flag "--scope";
        /// The `audience` parameters.
        "audience" => audience: Sourced<Vec<String>> = Sourced::default(Vec::new()),
            env env::CC_AUDIENCE => "audience parameter; separate several with spaces",
            flag "--audience";
        /// The `resource` parameters (RFC 8707).
        "resource" => resource: Sourced<Vec<ResourceUri>> = Sourced::default(Vec::new()),
            env env::CC_RESOURCE => "resource parameter (RFC 8707); separate several with spaces",
            flag "--resource";
        /// The URLs that the profile's tokens are for: `--for` selects by them.
        "match" => matches: Sourced<Vec<MatchUrl>> = Sourced::default(Vec::new());
        /// How identifier and secret are written into the Basic header.
        "basic_encoding" => basic_encoding: Sourced<BasicEncoding> = Sourced::default(BasicEncoding::Form);
        /// Send `client_id` beside an assertion (RFC 7521 section 4.2 leaves it open).
        "send_client_id" => send_client_id: Sourced<bool> = Sourced::default(false);
        /// Further certificate authorities to trust.
        "ca_file" => ca_file: Option<Sourced<PathBuf>> = None, flag "--ca-file", in defaults;
        /// The proxy to the server, instead of those that the environment names. It has no name and password in it.
        "proxy" => proxy: Option<Sourced<ProxyUrl>> = None, flag "--proxy", in defaults;
        /// The whole acquisition, retries included.
        "timeout" => timeout: Sourced<Duration> = Sourced::default(Duration::from_secs(30)),
            check some_time, flag "--timeout", in defaults;
        /// A token is renewed this long ahead of its expiry.
        "refresh_before" => refresh_before: Sourced<Duration> =
            Sourced::default(Thresholds::default().refresh_before), in defaults;
        /// A token with less time left is never handed out.
        "min_ttl" => min_ttl: Sourced<Duration> = Sourced::default(Thresholds::default().min_ttl),
            flag "--min-ttl", in defaults;
    }
    and {
        /// What the profile is called.
        name: String = String::new();
        /// How client assertions are made.
        assertion: AssertionSettings = AssertionSettings::default();
        /// The client certificate.
        mtls: MtlsSettings = MtlsSettings::default();
        /// Further form parameters.
        params: Extras = Extras::new();
        /// Further headers.
        headers: Extras = Extras::new();
    }
}

fn some_time(timeout: &Duration) -> Result<(), Reason> {
    if timeout.is_zero() {
        return Err("must be more than zero".into());
    }
    Ok(())
}

impl Profile {
    /// A profile in which nothing is set but what is set for every profile.
    pub(crate) fn new(name: impl Into<String>, defaults: &Self) -> Self {
        Self {
            name: name.into(),
            ..defaults.clone()
        }
    }

    /// Whether nothing is set in it, as in the profile of the example file. What `[defaults]` may set too does not count.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self
            == Self {
                name: self.name.clone(),
                ca_file: self.ca_file.clone(),
                proxy: self.proxy.clone(),
                timeout: self.timeout.clone(),
                refresh_before: self.refresh_before.clone(),
                min_ttl: self.min_ttl.clone(),
                ..Self::default()
            }
    }

    /// Where the client secret is: as configured, else in the keyring under the profile's name.
    #[must_use]
    pub fn secret(&self) -> Sourced<SecretRef> {
        self.client_secret
            .clone()
            .unwrap_or_else(|| in_keyring(self.secret_entry()))
    }

    /// The user under which the keyring has the profile's secret, unless another entry is configured.
    #[must_use]
    pub fn secret_entry(&self) -> String {
        self.name.clone()
    }

    /// The same of its private key.
    #[must_use]
    pub fn private_key_entry(&self) -> String {
        format!("{}{PRIVATE_KEY_SUFFIX}", self.name)
    }

    /// Where the private key is: as configured, else in the keyring under `NAME/private_key`.
    #[must_use]
    pub fn private_key(&self) -> Sourced<SecretRef> {
        self.assertion
            .private_key
            .clone()
            .unwrap_or_else(|| in_keyring(self.private_key_entry()))
    }

    /// The client id.
    ///
    /// # Errors
    /// Exit 3 where none is set.
    pub fn require_client_id(&self) -> Result<&str, Error> {
        match &self.client_id {
            Some(found) => Ok(&found.value),
            None => Err(self.lacks("client_id", "CC_CLIENT_ID")),
        }
    }

    /// That there is a server to ask: an issuer or a token endpoint.
    ///
    /// # Errors
    /// Exit 3 where there is neither.
    pub fn require_server(&self) -> Result<(), Error> {
        if self.issuer.is_some() || self.token_endpoint.is_some() {
            return Ok(());
        }
        Err(self.lacks("issuer", "OIDC_ISSUER"))
    }

    /// That the profile may be used.
    ///
    /// # Errors
    /// Exit 3 where it is disabled, with the way to enable it.
    pub fn require_enabled(&self) -> Result<(), Error> {
        if self.enabled.value {
            return Ok(());
        }
        let (name, key) = (&self.name, quoted(&self.name));
        let error = Error::config(format!("the profile {name} is disabled"));
        Err(match (&self.enabled.origin, &self.environment) {
            (Origin::Default, Some(environment)) => error.hint(format!(
                "profiles with environment {} are disabled by default: set enabled = true in [profiles.{key}]",
                environment.value
            )),
            (origin, _) => error.hint(format!(
                "it is disabled in {origin}: set enabled = true in [profiles.{key}]"
            )),
        })
    }

    fn lacks(&self, key: &str, variable: &str) -> Error {
        let message = format!("the profile {} has no {key}", self.name);
        if self.name == ENV_PROFILE {
            Error::not_configured(message).hint(format!(
                "set {variable}, or write a file with `jeton config init`"
            ))
        } else {
            let table = quoted(&self.name);
            Error::config(message).hint(format!(
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
