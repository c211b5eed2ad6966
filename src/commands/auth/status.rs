//! `jeton auth status`: every profile, its token, and where its credential comes from.

use crate::cli::selection::{ClientArgs, NetworkArgs};
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::mask::mask;
use crate::output::table::{Cell, Table};
use crate::output::time::{relative, rfc3339};
use crate::output::{Paint, ShowFormat};
use clap::Args;
use jeton_client::method::CredentialKind;
use jeton_client::{Looked, Want};
use jeton_profile::keyring::SystemKeyring;
use jeton_profile::{Profile, Purpose, SecretRef, Settings, Sourced};
use serde::Serialize;
use std::sync::Arc;

const EXAMPLES: &str = "Examples:
  jeton auth status
      every profile at a glance
  jeton auth status -p billing --check
      by exit code only, for scripts
  jeton auth status --live --json
      ask the servers, print JSON
  jeton auth status --embedded --live
      try it with nothing configured";

/// Show every profile: its token, time left, credential and where the credential comes from
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    client: ClientArgs,

    /// Print nothing; exit 0 if every profile could get a token, else 8; a disabled profile cannot
    #[arg(long)]
    check: bool,

    /// Ask the servers for a token, too
    #[arg(long)]
    live: bool,

    #[command(flatten)]
    network: NetworkArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

/// What is known about a profile: the JSON of `--json`.
#[derive(Debug, Serialize)]
struct Status {
    profile: String,
    enabled: bool,
    /// `valid`, `expiring` or `none`.
    token: &'static str,
    /// Masked; null where there is none.
    access_token: Option<String>,
    expires_at: Option<String>,
    expires_in: Option<i64>,
    scope: Option<String>,
    /// `present`, `missing`, or `unread` if it comes from a command, which is not run.
    credential: &'static str,
    /// Where the credential is, and what says so: `file /run/secret (config.toml:7)`.
    credential_origin: String,
    auth_method: String,
    /// The client certificate that is presented; null where none is, or where it cannot be read (then see `problem`).
    certificate: Option<Presented>,
    issuer: Option<String>,
    client_id: Option<String>,
    environment: Option<String>,
    environment_id: Option<String>,
    region: Option<String>,
    /// Why the profile cannot be used, or why its credential is missing; null otherwise.
    problem: Option<String>,
    /// Whether it can be opened at all.
    #[serde(skip)]
    usable: bool,
    /// Of `--live`: `ok`, or the error; null where the server was not asked.
    live: Option<String>,
}

/// A client certificate (RFC 8705).
#[derive(Debug, Serialize)]
struct Presented {
    /// Its file, and what names it.
    origin: String,
    /// `x5t#S256`.
    thumbprint: String,
    expires_at: Option<String>,
    /// Whether it is past its end.
    expired: bool,
}

impl Status {
    fn could_get_a_token(&self) -> bool {
        self.enabled
            && self.usable
            && (self.token != "none" || self.credential != "missing")
            && self.live.as_deref().is_none_or(|live| live == "ok")
    }
}

impl Verb for StatusArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .network(&self.network)
            .form(self.output)
    }

    /// Shows every profile, or the one that is named.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong; exit 8 with `--check`, and with `--live`, where a profile could not hand
    /// out a token.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let named = self.client.is_named();
        let profiles = if named {
            vec![settings.chosen()?]
        } else {
            settings.all()?
        };
        if profiles.is_empty() {
            return Err(Error::config("no profile is configured")
                .hint("`jeton config init` writes a file to start from; OIDC_ISSUER and CC_CLIENT_ID define a profile without a file"));
        }
        let statuses: Vec<Status> = profiles
            .into_iter()
            .map(|profile| status(&app, &settings, profile, self.live))
            .collect();
        // A profile that is disabled gets no token. `--live` does not ask for one, unless it was named.
        let counts = |status: &&Status| named || self.check || status.enabled;
        let good = statuses
            .iter()
            .filter(counts)
            .all(Status::could_get_a_token)
            && statuses.iter().any(|status| counts(&status));
        if !self.check {
            match app.show_format(self.output) {
                ShowFormat::Json => app.print_json(&serde_json::json!({
                    "version": env!("CARGO_PKG_VERSION"),
                    "profiles": statuses,
                }))?,
                ShowFormat::Panel => print(&app, &statuses, self.live)?,
            }
        }
        Ok(if good || !(self.check || self.live) {
            Exit::Done
        } else {
            Exit::Check
        })
    }
}

fn status(app: &App, settings: &Arc<Settings>, profile: Profile, live: bool) -> Status {
    let text = |value: &Option<Sourced<String>>| value.as_ref().map(|found| found.value.clone());
    let (reference, credential, problem) = credential(settings, &profile);
    let mut status = Status {
        profile: profile.name.clone(),
        enabled: profile.enabled.value,
        token: "none",
        access_token: None,
        expires_at: None,
        expires_in: None,
        scope: None,
        credential,
        credential_origin: told(&reference),
        certificate: presented(&profile, app.console.now()),
        auth_method: profile.auth_method.value.to_string(),
        issuer: profile
            .issuer
            .as_ref()
            .map(|issuer| issuer.value.to_string()),
        client_id: text(&profile.client_id),
        environment: text(&profile.environment),
        environment_id: text(&profile.environment_id),
        region: text(&profile.region),
        problem,
        usable: true,
        live: None,
    };
    match source::of_profile(app, settings, profile) {
        Ok(opened) => {
            if live && status.enabled {
                status.live = Some(ask(&opened));
            }
            look(&mut status, &opened, app.console.now());
        }
        Err(error) => {
            status.usable = false;
            status.problem = Some(error.message);
        }
    }
    status
}

fn look(status: &mut Status, opened: &Opened, now: i64) {
    let (word, token) = match opened.source.look(&Want::default()) {
        Looked::Use(token) => ("valid", token),
        Looked::Renew(token) => ("expiring", token),
        Looked::Fetch => return,
    };
    status.token = word;
    status.access_token = Some(mask(token.entry.access_token.expose()));
    status.expires_at = token.entry.expires_at.and_then(rfc3339);
    status.expires_in = token.entry.expires_at.map(|end| end - now);
    status.scope = token.entry.scope;
}

fn ask(opened: &Opened) -> String {
    match opened.token(&Want { fresh: true }) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.message,
    }
}

/// Where the credential comes from, whether it is available, and why not. No command is run to find out.
fn credential(
    settings: &Settings,
    profile: &Profile,
) -> (Sourced<SecretRef>, &'static str, Option<String>) {
    let certificate = profile.certificate().ok().flatten();
    let decision = profile.decide(certificate.as_ref(), &SystemKeyring);
    let kind = decision.map_or(CredentialKind::Secret, |decision| decision.credential);
    let (reference, purpose) = match (kind, profile.mtls.key()) {
        (CredentialKind::PrivateKey, _) => {
            (profile.private_key(), Purpose::PrivateKey(&profile.name))
        }
        (CredentialKind::Certificate, Some(key)) => (key, Purpose::CertificateKey),
        (CredentialKind::Certificate, None) | (CredentialKind::Secret, _) => {
            (profile.secret(), Purpose::ClientSecret(&profile.name))
        }
    };
    if matches!(reference.value, SecretRef::Command(_)) {
        return (reference, "unread", None);
    }
    match settings.fetch(&reference, purpose, &SystemKeyring) {
        Ok(_) => (reference, "present", None),
        Err(error) => (reference, "missing", Some(error.message)),
    }
}

fn presented(profile: &Profile, now: i64) -> Option<Presented> {
    let file = profile.certificate().ok()??;
    let facts = file.facts().ok()?;
    Some(Presented {
        origin: told(&file.place().clone().map(SecretRef::File)),
        thumbprint: file.thumbprint().to_owned(),
        expires_at: rfc3339(facts.not_after),
        expired: facts.not_after < now,
    })
}

/// The place itself, and what names it where that is somewhere else.
fn told(reference: &Sourced<SecretRef>) -> String {
    let (place, origin) = (reference.value.to_string(), reference.origin.to_string());
    match &reference.value {
        SecretRef::Literal(_) => origin,
        _ if place == origin => place,
        _ => format!("{place} ({origin})"),
    }
}

/// A column that is cut below this says too little.
const NARROWEST: usize = 16;

fn print(app: &App, statuses: &[Status], live: bool) -> Result<()> {
    let mut headings = vec![
        "PROFILE",
        "TOKEN",
        "EXPIRES",
        "CREDENTIAL",
        "METHOD",
        "ENVIRONMENT",
        "ISSUER",
    ];
    headings.extend(live.then_some("LIVE"));
    let mut table = Table::new(headings).narrowest(NARROWEST);
    for status in statuses {
        let now = app.console.now();
        let (token, paint) = match (status.enabled, status.token) {
            (false, _) => ("disabled", Paint::Hint),
            (true, "valid") => ("valid", Paint::Good),
            (true, "expiring") => ("expiring", Paint::Warning),
            (true, _) => ("none", Paint::Hint),
        };
        let expires = status
            .expires_in
            .map_or_else(|| "-".to_owned(), |left| relative(now + left, now));
        let credential = match status.credential {
            "missing" => {
                let text = format!("missing ({})", status.credential_origin);
                Cell::new(&text).keep_end().paint(Paint::Bad)
            }
            _ => match &status.certificate {
                Some(presented) if presented.expired => {
                    let text = format!("{} · certificate expired", status.credential_origin);
                    Cell::new(&text).paint(Paint::Bad)
                }
                _ => Cell::new(&status.credential_origin).keep_end(),
            },
        };
        let place: Vec<&str> = [&status.environment, &status.environment_id, &status.region]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let place = if place.is_empty() {
            "-".to_owned()
        } else {
            place.join(" · ")
        };
        let problem = status.problem.clone().filter(|_| !status.usable);
        let issuer = problem.or_else(|| status.issuer.clone());
        let mut row = vec![
            Cell::new(&status.profile),
            Cell::new(token).paint(paint),
            Cell::new(&expires),
            credential,
            Cell::new(&status.auth_method),
            Cell::new(&place),
            Cell::new(issuer.as_deref().unwrap_or("-")),
        ];
        if let Some(answer) = &status.live {
            let paint = if answer == "ok" {
                Paint::Good
            } else {
                Paint::Bad
            };
            row.push(Cell::new(answer).paint(paint));
        }
        table.push(row);
    }
    let text = format!(
        "{}jeton {}\n",
        table.render(app.console.stdout),
        env!("CARGO_PKG_VERSION")
    );
    app.console.print(&text)
}
