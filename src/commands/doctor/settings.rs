//! The settings: which file, which profile and why, what is wrong with it.

use super::evidence::error_finding;
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::commands::config::check;
use crate::commands::source::{Opened, diagnosed, profile_context};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::settings::{Profile, Row, Settings, Severity, profile_rows, tool_rows};
use jeton_inspect::context::ProfileContext;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::AccessToken;
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
    pub(super) fn settings(&mut self, given: Option<AccessToken>) -> Result<Option<Ready>> {
        match self.prepare(given) {
            Ok((step, ready)) => {
                self.note(step);
                Ok(Some(ready))
            }
            Err(Unready { error, .. }) if error.exit == Exit::Usage => Err(*error),
            Err(Unready { code, error }) => {
                self.would_end(error.exit);
                let diagnosis = error_finding(code, Who::You, &error);
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

    fn prepare(&self, given: Option<AccessToken>) -> Result<(Step, Ready), Unready> {
        let invalid = |error| Unready::new("settings.invalid", error);
        let settings = Arc::new(Settings::load(&self.app.inputs).map_err(invalid)?);
        let profile = settings
            .chosen()
            .map_err(|error| Unready::new("settings.profile", error))?;
        let chosen_by = settings.chosen_by().map_err(invalid)?;
        profile
            .require_enabled()
            .map_err(|error| Unready::new("settings.disabled", error))?;
        profile
            .require_server()
            .and_then(|()| profile.require_client_id().map(drop))
            .map_err(|error| Unready::new("settings.incomplete", error))?;
        // The file of a client certificate is read with the profile.
        let opened = self.open(&settings, &profile).map_err(|error| {
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
        let now = self.app.console.zone.stamp(self.app.console.now());
        let context = ProfileContext {
            now: Some(now),
            ..profile_context(&profile)
        };
        let step = step(&settings, &profile, &chosen_by, &context)?;
        let ready = Ready {
            settings,
            opened,
            context,
            target,
            given,
        };
        Ok((step, ready))
    }

    fn open(&self, settings: &Arc<Settings>, profile: &Profile) -> Result<Opened> {
        diagnosed(self.app, settings, profile, &self.witness.watcher())
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
    context: &ProfileContext,
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
            let diagnosis = Finding::warn("settings.finding", what).by(Who::You);
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
        .fact("target", context.target.value.as_str())
        .fact("values", values))
}

/// All settings with their origins, as `config show` has them.
pub(super) fn rows(ready: &Ready) -> (Vec<Row>, Vec<Row>) {
    (
        tool_rows(&ready.settings.tool),
        profile_rows(&ready.opened.profile),
    )
}
