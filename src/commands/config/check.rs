//! `jeton config check`: everything that is wrong with the configuration. Opens no keyring, runs no command, contacts no server.

use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use jeton_client::MethodChoice;
use jeton_files::{Privacy, shell_word};
use jeton_inspect::finding::Finding;
use jeton_oauth::AuthMethod;
use jeton_profile::{Inputs, Located, Profile, SecretRef, Settings, Sourced, duration};
use serde::{Serialize, Serializer};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

const EXAMPLES: &str = "Examples:
  jeton config check --config ./jeton.toml
      before you roll it out";

/// Check the configuration and report what is wrong with it
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {}

impl Verb for CheckArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Checks the configuration: exit 3, with everything that is wrong, if it cannot be used.
    ///
    /// # Errors
    /// See [`examine`].
    fn run(&self, app: App) -> Result<Exit> {
        let report = examine(&app.inputs)?;
        if !report.holds() {
            let error = Error::config(format!("{} cannot be used", report.subject()));
            return Err(report
                .findings
                .iter()
                .map(Located::with_remedy)
                .fold(error, Error::detail));
        }
        if app.json {
            app.print_json(&report)?;
            return Ok(Exit::Done);
        }
        for finding in &report.findings {
            app.console.warn(&finding.with_remedy());
        }
        let profiles = match report.profiles {
            1 => "1 profile".to_owned(),
            many => format!("{many} profiles"),
        };
        let text = format!("{} is valid ({profiles})\n", report.subject());
        app.console.print(&text)?;
        Ok(Exit::Done)
    }
}

/// An assertion is made for one request, which does not take longer.
const USUAL_ASSERTION: Duration = Duration::from_secs(60);

/// What was found.
#[derive(Debug, Serialize)]
struct CheckReport {
    /// The file that was checked; null where its place is unknown.
    #[serde(serialize_with = "as_text_or_null")]
    path: Option<PathBuf>,
    /// Whether it exists. If not, the profile that the environment defines is checked, if there is one.
    exists: bool,
    /// How many profiles there are.
    profiles: usize,
    #[serde(serialize_with = "crate::output::finding::as_located")]
    findings: Vec<Located>,
}

impl CheckReport {
    /// What was checked: the file, or the environment where there is no file.
    fn subject(&self) -> String {
        match &self.path {
            Some(path) if self.exists => path.display().to_string(),
            Some(path) => format!("no file at {}: the environment", path.display()),
            None => "no configuration file: the environment".to_owned(),
        }
    }

    /// Whether the configuration can be used: exit 0 if so, else 3.
    fn holds(&self) -> bool {
        !self.findings.iter().any(Located::is_error)
    }
}

/// Checks the file and every profile in it.
///
/// # Errors
/// Exit 3 where there is nothing to check: there is neither a file nor a profile in the environment, the file cannot be read, or a
/// flag or variable is invalid.
fn examine(inputs: &Inputs) -> Result<CheckReport> {
    let (settings, mut findings) = Settings::examine(inputs)?;
    let profiles = settings.all()?;
    if profiles.is_empty() && !settings.tool.config_found {
        return Err(nothing(&settings));
    }
    // After an error in the file, what a profile lacks may be the same error again.
    if !findings.iter().any(Located::is_error) {
        for profile in &profiles {
            check(profile, place(&settings), &mut findings);
        }
    }
    let path = settings.tool.config_path.as_ref();
    Ok(CheckReport {
        path: path.map(|path| path.value.clone()),
        exists: settings.tool.config_found,
        profiles: profiles.len(),
        findings,
    })
}

/// There is nothing to check.
fn nothing(settings: &Settings) -> Error {
    let error = match &settings.tool.config_path {
        Some(path) => Error::config(format!(
            "there is no configuration: {} does not exist, and the environment defines no profile",
            path.value.display()
        )),
        None => Error::config(
            "there is no configuration: the user has no home folder, and the environment defines no profile",
        ),
    };
    error.hint("`jeton config init` writes a file to start from; OIDC_ISSUER and CC_CLIENT_ID define a profile without a file")
}

fn as_text_or_null<S: Serializer>(
    path: &Option<PathBuf>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    match path {
        Some(path) => jeton_profile::as_text(path, serializer),
        None => serializer.serialize_none(),
    }
}

/// Where the settings of a profile are, for what concerns a profile as a whole.
pub(in crate::commands) fn place(settings: &Settings) -> &Path {
    match &settings.tool.config_path {
        Some(path) if settings.tool.config_found => &path.value,
        _ => Path::new("environment"),
    }
}

/// What is wrong with one profile, its secret files left out.
pub(in crate::commands) fn of_profile(profile: &Profile, path: &Path) -> Vec<Located> {
    let mut findings = Vec::new();
    check_settings(profile, path, &mut findings);
    findings
}

fn check(profile: &Profile, path: &Path, findings: &mut Vec<Located>) {
    check_settings(profile, path, findings);
    if profile.is_untouched() {
        return;
    }
    let key = profile.mtls.key.as_ref();
    let references = [
        profile.client_secret.as_ref(),
        profile.assertion.private_key.as_ref(),
        key.filter(|_| profile.mtls.certificate().is_some()),
    ];
    for reference in references.into_iter().flatten() {
        if let Some(finding) = secret_file(reference) {
            findings.push(of(profile, finding, path));
        }
    }
}

fn check_settings(profile: &Profile, path: &Path, findings: &mut Vec<Located>) {
    let mut say = |finding| findings.push(of(profile, finding, path));
    if profile.is_untouched() {
        let finding = Finding::warn("profile.untouched", "it has no settings yet");
        say(finding.remedy("set issuer and client_id"));
        return;
    }
    for error in [
        profile.require_client_id().err(),
        profile.require_server().err(),
    ]
    .into_iter()
    .flatten()
    {
        let hint = error.hints.into_iter().next();
        say(Finding::fail("profile.incomplete", error.message).remedy_if(hint));
    }
    if !profile.enabled.value {
        let what = "it is disabled and cannot be used";
        say(Finding::warn("profile.disabled", what).remedy("set enabled = true in it"));
    }
    if profile.min_ttl.value > profile.refresh_before.value {
        let what = format!(
            "min_ttl ({}) is above refresh_before ({}): tokens are never renewed early",
            profile.min_ttl.origin, profile.refresh_before.origin
        );
        say(Finding::warn("profile.thresholds", what).remedy("keep min_ttl below refresh_before"));
    }
    let lifetime = profile.assertion.lifetime.value;
    if lifetime > USUAL_ASSERTION {
        let what = format!(
            "assertion.lifetime is {}: a stolen assertion can be used that long",
            duration::format(lifetime)
        );
        say(Finding::warn("profile.lifetime", what).remedy("60s is enough for one request"));
    }
    if let Some(what) = contradiction(profile) {
        say(Finding::warn("profile.contradiction", what));
    }
    if let Err(error) = profile.certificate().and_then(|found| match found {
        Some(certificate) => certificate.facts().map(drop),
        None => Ok(()),
    }) {
        let hint = error.hints.into_iter().next();
        say(Finding::fail("mtls.certificate", error.message).remedy_if(hint));
    }
    if let Some(what) = switched_off_elsewhere(profile) {
        say(Finding::warn("mtls.disabled", what).remedy("set CC_ENABLE_MTLS=true"));
    }
    if let Some(finding) = profile.ca_file_finding() {
        say(finding);
    }
}

/// A finding about the profile as a whole.
fn of(profile: &Profile, finding: Finding, path: &Path) -> Located {
    let what = format!("profile {}: {}", profile.name, finding.what);
    Located::in_file(Finding { what, ..finding }, path)
}

/// A method and credentials that do not go together.
fn contradiction(profile: &Profile) -> Option<String> {
    let MethodChoice::One(method) = profile.auth_method.value else {
        return None;
    };
    let has_key = profile.assertion.private_key.is_some();
    let has_secret = profile.client_secret.is_some();
    let alg = profile.assertion.alg.as_ref().map(|found| found.value);
    match method {
        AuthMethod::PrivateKeyJwt if has_secret && !has_key => {
            Some("private_key_jwt does not use client_secret, and no private_key is set".to_owned())
        }
        AuthMethod::PrivateKeyJwt if alg.is_some_and(jeton_oauth::Algorithm::is_hmac) => Some(
            "private_key_jwt cannot sign with assertion.alg: HS algorithms are for client_secret_jwt"
                .to_owned(),
        ),
        AuthMethod::ClientSecretJwt if alg.is_some_and(|alg| !alg.is_hmac()) => Some(
            "client_secret_jwt cannot sign with assertion.alg: it needs an HS algorithm".to_owned(),
        ),
        AuthMethod::ClientSecretBasic
        | AuthMethod::ClientSecretPost
        | AuthMethod::ClientSecretJwt
            if has_key && !has_secret =>
        {
            Some(format!("{method} does not use assertion.private_key, and no client_secret is set"))
        }
        _ => None,
    }
}

/// A certificate that somebody named for one run, while the file has mutual TLS switched off.
fn switched_off_elsewhere(profile: &Profile) -> Option<String> {
    let (enabled, cert) = (profile.mtls.enabled(), profile.mtls.cert.as_ref()?);
    (!enabled.value && cert.origin.is_environment() && !enabled.origin.is_environment()).then(
        || {
            format!(
                "mtls.cert ({}) is not used: mutual TLS is disabled ({})",
                cert.origin, enabled.origin
            )
        },
    )
}

/// What is wrong with a file of a secret: it must exist and be private. Its content is not read.
fn secret_file(reference: &Sourced<SecretRef>) -> Option<Finding> {
    let SecretRef::File(path) = &reference.value else {
        return None;
    };
    let shown = path.display();
    match jeton_files::access(path) {
        Err(error) => {
            let what = format!("the secret file {shown} cannot be read: {error}");
            let remedy = match error.kind() {
                ErrorKind::NotFound => {
                    format!("create it, or correct its path ({})", reference.origin)
                }
                _ => format!(
                    "make it readable for you: it is named in {}",
                    reference.origin
                ),
            };
            Some(Finding::fail("secret_file.unreadable", what).remedy(remedy))
        }
        Ok(access) => match access.privacy() {
            Privacy::OpenToOthers(mode) => {
                let what = format!("the secret file {shown} is readable by others (mode {mode})");
                let remedy = format!("run chmod 600 {}", shell_word(path));
                Some(Finding::warn("secret_file.readable", what).remedy(remedy))
            }
            Privacy::Private | Privacy::Foreign => None,
        },
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{CheckReport, examine};
    use jeton_profile::testing::Home;

    fn check(toml: &str) -> (CheckReport, String) {
        let home = Home::new(toml);
        let report = examine(&home.inputs(&[])).unwrap();
        let told: Vec<_> = report.findings.iter().map(ToString::to_string).collect();
        (report, told.join("\n"))
    }

    #[test]
    fn a_good_file_holds() {
        let (report, told) = check("[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'x'\n");
        assert!(report.holds() && report.findings.is_empty(), "{told}");
        assert_eq!((report.profiles, report.exists), (1, true));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let (report, told) = check("[profiles.p]\nisuer = 'x'\ntimeout = 1\n");
        assert!(!report.holds());
        assert_eq!(report.findings.len(), 2, "{told}");
        assert!(
            told.contains("config.toml:2:1: unknown key `isuer`"),
            "{told}"
        );
    }

    #[test]
    fn profiles_are_checked_beyond_their_syntax() {
        for (lines, expected, holds) in [
            (
                "scopes = ['a']",
                "profile p: the profile p has no client_id",
                false,
            ),
            ("client_id = 'x'", "has no issuer", false),
            ("enabled = false", "it is disabled", false),
            (
                "min_ttl = '5m'",
                "min_ttl (config.toml:4) is above refresh_before (default)",
                true,
            ),
            (
                "assertion.lifetime = '61s'",
                "assertion.lifetime is 61s",
                true,
            ),
            (
                "assertion.lifetime = '10m'",
                "assertion.lifetime is 10m",
                true,
            ),
            ("assertion.lifetime = '601s'", "10m at most", false),
            ("client_secret = { file = 'none' }", "cannot be read", false),
            ("ca_file = 'none.pem'", "the CA file", false),
            (
                "auth_method = 'private_key_jwt'\nclient_secret.env = 'A'",
                "does not use client_secret",
                true,
            ),
            (
                "auth_method = 'client_secret_post'\nassertion.private_key.env = 'A'",
                "does not use assertion.private_key",
                true,
            ),
            (
                "auth_method = 'private_key_jwt'\nassertion.alg = 'HS256'",
                "HS algorithms are for",
                true,
            ),
            ("mtls.cert = 'none.pem'", "none.pem cannot be read", false),
            ("mtls.enabled = true", "p has no mtls.cert", false),
            (
                "auth_method = 'client_secret_jwt'\nassertion.alg = 'ES256'",
                "needs an HS algorithm",
                true,
            ),
        ] {
            let complete = "[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'x'";
            let toml = if holds
                || expected.contains("cannot")
                || expected.contains("CA")
                || expected.contains("at most")
            {
                format!("{complete}\n{lines}\n")
            } else {
                format!("[profiles.p]\n{lines}\n")
            };
            let (report, told) = check(&toml);
            assert!(told.contains(expected), "{lines}: {told}");
            assert_eq!(report.holds(), holds, "{lines}: {told}");
        }
    }

    #[test]
    fn a_profile_that_is_only_named_is_warned_of() {
        let (report, told) = check("[profiles.p]\n");
        assert!(told.contains("it has no settings yet"), "{told}");
        assert!(report.holds());
    }

    #[cfg(unix)]
    #[test]
    fn an_open_secret_file_is_warned_of() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::new(
            "[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'x'\nclient_secret.file = 's'\n",
        );
        let path = home.folder.path().join("s");
        std::fs::write(&path, "canary").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let report = examine(&home.inputs(&[])).unwrap();
        assert!(report.holds());
        assert!(
            report.findings[0].finding.what.contains("mode 644"),
            "{report:?}"
        );
    }
}
