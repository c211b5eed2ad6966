//! `jeton profile list`: the profiles, without their credentials.

use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::table::{Cell, Table};
use crate::output::{Paint, ShowFormat};
use clap::Args;
use jeton_profile::{Profile, Settings, Sourced};
use serde::Serialize;

const EXAMPLES: &str = "Examples:
  jeton profile list --json
      for a script";

/// List the profiles, and which one is used by default
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

impl Verb for ListArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default().form(self.output)
    }

    /// Lists every profile. No keyring is asked.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let profiles = gather(&settings)?;
        match app.show_format(self.output) {
            ShowFormat::Json => app.print_json(&serde_json::json!({ "profiles": profiles }))?,
            ShowFormat::Panel if profiles.is_empty() => {
                app.console.print("no profile is configured\n")?;
                app.console.note("`jeton profile add NAME` adds one");
            }
            ShowFormat::Panel => {
                let headings = [
                    "PROFILE",
                    "DEFAULT",
                    "ENVIRONMENT",
                    "CLIENT",
                    "METHOD",
                    "SERVER",
                ];
                let mut table = Table::new(headings);
                for profile in &profiles {
                    table.push(row(profile));
                }
                app.console.print(&table.render(app.console.stdout))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// A profile: the JSON of `--json`.
#[derive(Debug, Serialize)]
struct Listed {
    profile: String,
    /// Whether it is used when nothing else is said.
    default: bool,
    enabled: bool,
    issuer: Option<String>,
    token_endpoint: Option<String>,
    client_id: Option<String>,
    auth_method: String,
    environment: Option<String>,
    /// The URLs that it is for.
    #[serde(rename = "match")]
    matches: Vec<String>,
}

fn gather(settings: &Settings) -> Result<Vec<Listed>> {
    let default = settings.chosen().ok().map(|profile| profile.name);
    let listed = |profile: Profile| Listed {
        default: Some(&profile.name) == default.as_ref(),
        enabled: profile.enabled.value,
        issuer: profile.issuer.map(|found| found.value.to_string()),
        token_endpoint: profile.token_endpoint.map(|found| found.value.to_string()),
        client_id: profile.client_id.map(|found| found.value),
        auth_method: profile.auth_method.value.to_string(),
        environment: profile.environment.map(|found| found.value),
        matches: texts(&profile.matches),
        profile: profile.name,
    };
    Ok(settings.all()?.into_iter().map(listed).collect())
}

fn texts(list: &Sourced<Vec<impl ToString>>) -> Vec<String> {
    list.value.iter().map(ToString::to_string).collect()
}

fn row(listed: &Listed) -> Vec<Cell> {
    let text = |text: &Option<String>| Cell::new(text.as_deref().unwrap_or("-"));
    let server = listed
        .issuer
        .clone()
        .or_else(|| listed.token_endpoint.clone());
    let (default, paint) = match (listed.default, listed.enabled) {
        (_, false) => ("disabled", Paint::Hint),
        (true, true) => ("yes", Paint::Good),
        (false, true) => ("-", Paint::Hint),
    };
    vec![
        Cell::new(&listed.profile),
        Cell::new(default).paint(paint),
        text(&listed.environment),
        text(&listed.client_id),
        Cell::new(&listed.auth_method),
        text(&server),
    ]
}
