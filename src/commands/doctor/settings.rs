//! The settings: which file, which profile and why, what is wrong with it.

use super::client_certificate;
use super::credential::told;
use super::diagnosis::{Around, Diagnosis, Who};
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::commands::config::check;
use crate::commands::source::{Opened, diagnosed};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::settings::{
    AssertionAudience, ENV_PROFILE, MethodChoice, Origin, Profile, Row, SecretRef, Settings,
    Severity, Sourced, env, profile_rows, tool_rows,
};
use jeton_client::Credentials;
use jeton_oauth::{AccessToken, AuthMethod};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The settings that decide where a token comes from and what is asked for.
const TELLING: [&str; 11] = [
    "environment",
    "issuer",
    "token_endpoint",
    "client_id",
    "auth_method",
    "scopes",
    "audience",
    "resource",
    "ca_file",
    "timeout",
    "assertion.audience",
];

/// The profile with what a throw-away authority has made for it.
pub(super) struct Own {
    pub(super) settings: Arc<Settings>,
    pub(super) profile: Profile,
    pub(super) credentials: Box<dyn Credentials>,
}

/// Why there is nothing to walk with.
struct Unready {
    code: &'static str,
    error: Box<Error>,
}

impl Unready {
    fn new(code: &'static str, error: Error) -> Self {
        Self {
            code,
            error: Box::new(error),
        }
    }
}

impl Walk<'_> {
    /// Reads the settings; nothing where there is no profile to walk with.
    ///
    /// # Errors
    /// Exit 2 where the command line makes no sense.
    pub(super) fn settings(
        &mut self,
        own: Option<Own>,
        given: Option<AccessToken>,
    ) -> Result<Option<Ready>> {
        match self.prepare(own, given) {
            Ok((step, ready)) => {
                self.note(step);
                Ok(Some(ready))
            }
            Err(Unready { error, .. }) if error.exit == Exit::Usage => Err(*error),
            Err(Unready { code, error }) => {
                self.would_end(error.exit);
                let diagnosis = Diagnosis::of_error(code, Who::You, &error);
                let more = match (code, diagnosis.remedy.is_empty()) {
                    ("settings.invalid", _) if !told_to_begin(&error) => {
                        Some("`jeton config check` judges the whole file")
                    }
                    (_, true) => Some("`jeton config show` says what is configured, and where"),
                    (_, false) => None,
                };
                let diagnosis = diagnosis.remedy_if(more.map(str::to_owned));
                let name = match error.exit {
                    Exit::Credential => Name::Credential,
                    _ => Name::Settings,
                };
                if name == Name::Credential {
                    let summary = "read; the client certificate that they name was not";
                    self.note(Step::ok(Name::Settings, summary));
                }
                self.note(Step::fail(name, diagnosis));
                Ok(None)
            }
        }
    }

    fn prepare(
        &self,
        own: Option<Own>,
        given: Option<AccessToken>,
    ) -> Result<(Step, Ready), Unready> {
        let (settings, profile, chosen_by, credentials) = match own {
            Some(own) => {
                let why = "flag --embedded".to_owned();
                (own.settings, own.profile, why, Some(own.credentials))
            }
            None => {
                let invalid = |error| Unready::new("settings.invalid", error);
                let settings = Settings::load(&self.app.inputs).map_err(invalid)?;
                let profile = settings
                    .chosen()
                    .map_err(|error| Unready::new("settings.profile", error))?;
                let why = settings.chosen_by().map_err(invalid)?;
                (Arc::new(settings), profile, why, None)
            }
        };
        profile
            .require_enabled()
            .map_err(|error| Unready::new("settings.disabled", error))?;
        profile
            .require_server()
            .and_then(|()| profile.require_client_id().map(drop))
            .map_err(|error| Unready::new("settings.incomplete", error))?;
        // The file of a client certificate is read with the profile.
        let opened = self
            .open(&settings, &profile, credentials)
            .map_err(|error| {
                let code = match error.exit {
                    Exit::Credential => "credential.certificate",
                    _ => "settings.incomplete",
                };
                Unready::new(code, error)
            })?;
        let target = match (&profile.token_endpoint, &profile.issuer) {
            (Some(endpoint), _) => Some(endpoint.value.clone()),
            (None, Some(issuer)) => Some(issuer.value.url().clone()),
            (None, None) => None,
        };
        let Some(target) = target else {
            let error = Error::config("neither an issuer nor a token endpoint is configured");
            return Err(Unready::new("settings.incomplete", error));
        };
        let around = around(
            &profile,
            &self.app.console.zone.stamp(self.app.console.now()),
        );
        let step = step(&settings, &profile, &chosen_by, &around)?;
        let ready = Ready {
            settings,
            opened,
            around,
            target,
            given,
        };
        Ok((step, ready))
    }

    fn open(
        &self,
        settings: &Arc<Settings>,
        profile: &Profile,
        own: Option<Box<dyn Credentials>>,
    ) -> Result<Opened> {
        diagnosed(self.app, settings, profile, own, &self.witness.watcher())
    }
}

/// Whether there is no file yet.
fn told_to_begin(error: &Error) -> bool {
    error.hints.iter().any(|hint| hint.contains("config init"))
}

fn step(
    settings: &Settings,
    profile: &Profile,
    chosen_by: &str,
    around: &Around,
) -> Result<Step, Unready> {
    let path = &settings.tool.config_path;
    let mut findings = settings.warnings.clone();
    findings.extend(check::of_profile(profile, &path.value));
    if let Some(error) = findings
        .iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        let hints = error.hint.iter();
        let told = hints.fold(Error::config(error.message.clone()), |told, hint| {
            told.hint(hint)
        });
        return Err(Unready::new("settings.invalid", told));
    }
    let file = match (settings.tool.config_found, &path.value.file_name()) {
        (true, Some(name)) => name.to_string_lossy().into_owned(),
        _ => "no file".to_owned(),
    };
    let summary = format!("profile {} ({chosen_by}), {file}", profile.name);
    let step = match findings.as_slice() {
        [] => Step::ok(Name::Settings, summary),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            let what = format!("{summary}: {}{more}", first.message);
            let diagnosis = Diagnosis::new("settings.finding", Who::You, what);
            let diagnosis = findings.iter().fold(diagnosis, |diagnosis, finding| {
                diagnosis
                    .seen(finding.located())
                    .remedy_if(finding.hint.clone())
            });
            Step::warn(Name::Settings, diagnosis)
        }
    };
    let values: Map<String, Value> = profile_rows(profile)
        .into_iter()
        .filter(|row| TELLING.contains(&row.key.as_str()))
        .map(|row| (row.key, json!({ "value": row.value, "origin": row.origin })))
        .collect();
    Ok(step
        .fact("config", path.value.display().to_string())
        .fact("config_found", settings.tool.config_found)
        .fact("profile", profile.name.as_str())
        .fact("chosen_by", chosen_by)
        .fact("target", around.target.as_str())
        .fact("values", values))
}

/// What remedies name.
fn around(profile: &Profile, now: &str) -> Around {
    let at = |origin: &Origin, variable: &str| match origin {
        Origin::Default if profile.name == ENV_PROFILE && !variable.is_empty() => {
            format!("env {variable}")
        }
        Origin::Default => format!("in [profiles.{}]", profile.name),
        known => known.to_string(),
    };
    let (target, target_key, target_at) = match (&profile.token_endpoint, &profile.issuer) {
        (Some(url), _) => (
            url.value.to_string(),
            "token_endpoint",
            url.origin.to_string(),
        ),
        (None, Some(issuer)) => (
            issuer.value.to_string(),
            "issuer",
            issuer.origin.to_string(),
        ),
        (None, None) => (String::new(), "issuer", String::new()),
    };
    let certifies = match profile.auth_method.value {
        MethodChoice::One(method) => matches!(
            method,
            AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth
        ),
        MethodChoice::Auto => {
            profile.mtls.certificate().is_some()
                && profile.assertion.private_key.is_none()
                && profile.client_secret.is_none()
        }
    };
    let signs = match profile.auth_method.value {
        MethodChoice::One(method) => method == AuthMethod::PrivateKeyJwt,
        MethodChoice::Auto => profile.assertion.private_key.is_some(),
    };
    let credential = if signs {
        profile.private_key()
    } else {
        profile.secret()
    };
    let audience = &profile.assertion.audience;
    let resource = if profile.resource.value.is_empty() && !profile.audience.value.is_empty() {
        at(&profile.audience.origin, env::CC_AUDIENCE)
    } else {
        at(&profile.resource.origin, env::CC_RESOURCE)
    };
    Around {
        profile: profile.name.clone(),
        target,
        target_key,
        target_at,
        client_id: profile
            .client_id
            .as_ref()
            .map_or_else(String::new, |id| id.value.clone()),
        client_id_at: profile
            .client_id
            .as_ref()
            .map_or_else(String::new, |id| id.origin.to_string()),
        credential: if certifies {
            client_certificate::told(profile)
        } else {
            told(&credential)
        },
        in_keyring: matches!(credential.value, SecretRef::Keyring { .. }),
        method_at: at(&profile.auth_method.origin, env::CC_AUTH_METHOD),
        scopes: profile.scopes.value.to_string(),
        scopes_at: at(&profile.scopes.origin, env::CC_SCOPES),
        resource_at: resource,
        proxy: None,
        assertion_audience: (
            match &audience.value {
                AssertionAudience::Issuer => "issuer".to_owned(),
                AssertionAudience::TokenEndpoint => "token_endpoint".to_owned(),
                AssertionAudience::Own(own) => own.clone(),
            },
            at(&audience.origin, ""),
        ),
        ca_file: profile
            .ca_file
            .as_ref()
            .map(|Sourced { value, origin }| format!("{} ({origin})", value.display())),
        now: now.to_owned(),
    }
}

/// All settings with their origins, as `config show` has them.
pub(super) fn rows(ready: &Ready) -> (Vec<Row>, Vec<Row>) {
    (
        tool_rows(&ready.settings.tool),
        profile_rows(&ready.opened.profile),
    )
}
