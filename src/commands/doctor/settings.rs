//! The settings: which file, which profile and why, what is wrong with it.

use super::convert::error_finding;
use super::step::{Name, Step};
use super::steps::Outcome;
use super::subject::{Session, Subject};
use crate::commands::config::check;
use crate::commands::source::{diagnosed, profile_context};
use crate::error::{Error, Result};
use crate::exit::Exit;
use jeton_client::method::CredentialKind;
use jeton_inspect::context::ProfileContext;
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::AccessToken;
use jeton_profile::{ErrorKind, Profile, Row, Settings, profile_rows, tool_rows};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The settings that decide where a token comes from and what is asked for.
const TELLING: [&str; 12] = [
    "environment",
    "issuer",
    "token_endpoint",
    "client_id",
    "auth_method",
    "scopes",
    "audience",
    "resource",
    "ca_file",
    "proxy",
    "timeout",
    "assertion.audience",
];

/// Why there is nothing to check.
struct Unready {
    code: &'static str,
    error: Box<Error>,
    /// There is no configuration yet, and the hints say how to begin.
    unconfigured: bool,
}

impl Unready {
    fn new(code: &'static str, error: Error) -> Self {
        Self {
            code,
            error: Box::new(error),
            unconfigured: false,
        }
    }

    fn of_profile(code: &'static str, error: jeton_profile::Error) -> Self {
        Self {
            unconfigured: error.kind == ErrorKind::NotConfigured,
            ..Self::new(code, error.into())
        }
    }
}

/// Reads the settings; no subject where there is no profile to check.
///
/// # Errors
/// Exit 2 where the command line makes no sense.
pub(super) fn check<'a>(
    session: &'a Session<'a>,
    given: Option<AccessToken>,
) -> Result<(Outcome, Option<Subject<'a>>)> {
    match prepare(session, given) {
        Ok((step, subject)) => Ok((step.into(), Some(subject))),
        Err(Unready { error, .. }) if error.exit == Exit::Usage => Err(*error),
        Err(unready) => Ok((failed(&unready), None)),
    }
}

fn failed(unready: &Unready) -> Outcome {
    let error = &unready.error;
    let finding = error_finding(unready.code, Who::You, error);
    let more = match (unready.code, finding.remedy.is_empty()) {
        ("settings.invalid", _) if !unready.unconfigured => {
            Some("`jeton config check` checks the whole file")
        }
        (_, true) => Some("`jeton config show` says what is configured, and where"),
        (_, false) => None,
    };
    let finding = finding.remedy_if(more.map(str::to_owned));
    let name = match error.exit {
        Exit::Credential => Name::Credential,
        _ => Name::Settings,
    };
    let mut steps = vec![Step::fail(name, finding).would_exit(error.exit)];
    if name == Name::Credential {
        let summary = "read; their client certificate could not be";
        steps.insert(0, Step::ok(Name::Settings, summary));
    }
    Outcome {
        steps,
        ..Outcome::none()
    }
}

fn prepare<'a>(
    session: &'a Session<'a>,
    given: Option<AccessToken>,
) -> Result<(Step, Subject<'a>), Unready> {
    let app = session.app;
    let invalid = |error| Unready::of_profile("settings.invalid", error);
    let settings = Arc::new(Settings::load(&app.inputs).map_err(invalid)?);
    let profile = settings
        .chosen()
        .map_err(|error| Unready::of_profile("settings.profile", error))?;
    let chosen_by = settings.chosen_by().map_err(invalid)?;
    profile
        .require_enabled()
        .map_err(|error| Unready::of_profile("settings.disabled", error))?;
    profile
        .require_server()
        .and_then(|()| profile.require_client_id().map(drop))
        .map_err(|error| Unready::of_profile("settings.incomplete", error))?;
    // The client certificate's file is read with the profile.
    let watcher = session.recorder.watcher();
    let opened = diagnosed(app, &settings, &profile, &watcher).map_err(|error| {
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
    let decision = opened.credentials.decide().ok();
    let kind = decision.map_or(CredentialKind::Secret, |decision| decision.credential);
    let context = ProfileContext {
        now: Some(app.console.zone.stamp(session.now())),
        ..profile_context(&profile, kind)
    };
    let step = step(&settings, &profile, &chosen_by, &context)?;
    let subject = Subject {
        session,
        settings,
        opened,
        context,
        decision,
        target,
        given,
    };
    Ok((step, subject))
}

fn step(
    settings: &Settings,
    profile: &Profile,
    chosen_by: &str,
    context: &ProfileContext,
) -> Result<Step, Unready> {
    let path = settings.tool.config_path.as_ref();
    let mut findings = settings.warnings.clone();
    findings.extend(check::of_profile(profile, check::place(settings)));
    if let Some(broken) = findings.iter().find(|found| found.is_error()) {
        let Finding { what, remedy, .. } = &broken.finding;
        let error = remedy
            .iter()
            .fold(Error::config(what.as_str()), Error::hint);
        return Err(Unready::new("settings.invalid", error));
    }
    let name = path.and_then(|path| path.value.file_name());
    let file = match (settings.tool.config_found, name) {
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
            let what = format!("{summary}: {}{more}", first.finding.what);
            let diagnosis = Finding::warn("settings.finding", what).by(Who::You);
            let diagnosis = findings.iter().fold(diagnosis, |diagnosis, found| {
                let diagnosis = diagnosis.seen(found.to_string());
                let remedies = found.finding.remedy.iter();
                remedies.fold(diagnosis, Finding::remedy)
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
        .fact("config", path.map(|path| path.value.display().to_string()))
        .fact("config_found", settings.tool.config_found)
        .fact("profile", profile.name.as_str())
        .fact("chosen_by", chosen_by)
        .fact("target", context.target.value.as_str())
        .fact("values", values))
}

/// All settings with their origins, as `config show` has them.
pub(super) fn rows(subject: &Subject<'_>) -> (Vec<Row>, Vec<Row>) {
    (
        tool_rows(&subject.settings.tool),
        profile_rows(subject.profile()),
    )
}
