//! `jeton config show`: every value and where it comes from; secrets are masked, and not read.

use crate::cli::selection::ClientArgs;
use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::ShowFormat;
use crate::output::table::{Cell, Table};
use clap::Args;
use jeton_profile::{Profile, Row, Settings, profile_rows, tool_rows};
use serde::Serialize;

const EXAMPLES: &str = "Examples:
  jeton config show -p billing
      one profile
  jeton config show --json
      for a script
  jeton config show --embedded
      the profile that --embedded uses";

/// Show every value and where it comes from; secrets are masked
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    client: ClientArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

impl Verb for ShowArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default().client(&self.client).form(self.output)
    }

    /// Shows every value with its origin.
    ///
    /// # Errors
    /// See [`gather`].
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let report = gather(&settings)?;
        if app.show_format(self.output) == ShowFormat::Json {
            app.print_json(&report)?;
            return Ok(Exit::Done);
        }
        let mut text = rows("SETTING", &report.tool, &app);
        for profile in &report.profiles {
            text.push('\n');
            text.push_str(&rows(
                &format!("PROFILE {}", profile.name),
                &profile.values,
                &app,
            ));
        }
        app.console.print(&text)?;
        Ok(Exit::Done)
    }
}

fn rows(title: &str, rows: &[Row], app: &App) -> String {
    let mut table = Table::new([title, "VALUE", "ORIGIN"]);
    for row in rows {
        table.push(vec![
            Cell::new(&row.key),
            Cell::new(&row.value).keep_end(),
            Cell::new(&row.origin),
        ]);
    }
    table.render(app.console.stdout)
}

/// The settings, ready to be printed.
#[derive(Debug, Serialize)]
struct ShowReport {
    /// Settings of the tool.
    tool: Vec<Row>,
    profiles: Vec<ShownProfile>,
}

/// The settings of one profile.
#[derive(Debug, Serialize)]
struct ShownProfile {
    name: String,
    values: Vec<Row>,
}

/// Gathers the settings of the tool and of the profile that would be used; of every profile where none was chosen.
///
/// # Errors
/// Exit 3 where there is no profile of the name that was given, or a variable is invalid.
fn gather(settings: &Settings) -> Result<ShowReport> {
    let profiles = if settings.undecided()? {
        settings.all()?
    } else {
        vec![settings.chosen()?]
    };
    Ok(ShowReport {
        tool: tool_rows(&settings.tool),
        profiles: profiles.iter().map(shown).collect(),
    })
}

fn shown(profile: &Profile) -> ShownProfile {
    ShownProfile {
        name: profile.name.clone(),
        values: profile_rows(profile),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::gather;
    use jeton_profile::testing::Home;

    const FILE: &str = "[profiles.a]\nissuer = 'https://auth.example.com'\nclient_secret = 'canary'\n[profiles.b]\nheaders.X-Key = 'canary'\nclient_secret = { command = ['vault', 'canary'] }\n";

    #[test]
    fn values_come_with_origins_and_secrets_are_masked() {
        let home = Home::new(FILE);
        let settings = home
            .load(&[("CC_CLIENT_ID", "me"), ("JETON_PROFILE", "a")])
            .unwrap();
        let report = gather(&settings).unwrap();
        let [profile] = report.profiles.as_slice() else {
            panic!("one profile is shown");
        };
        let row = |key: &str| {
            let row = profile.values.iter().find(|row| row.key == key).unwrap();
            (row.value.as_str(), row.origin.as_str())
        };
        assert_eq!(row("issuer"), ("https://auth.example.com", "config.toml:2"));
        assert_eq!(row("client_id"), ("me", "env CC_CLIENT_ID"));
        assert_eq!(row("client_secret"), ("(masked)", "config.toml:3"));
        assert_eq!(row("timeout"), ("30s", "default"));
        let is_shown = |key: &str| profile.values.iter().any(|row| row.key == key);
        assert!(!is_shown("assertion.private_key"), "the secret is used");
    }

    #[test]
    fn where_nobody_chose_all_are_shown() {
        let settings = Home::new(FILE).load(&[]).unwrap();
        let report = gather(&settings).unwrap();
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(report.profiles.len(), 2, "nobody chose");
        assert!(
            gather(&Home::empty().load(&[]).unwrap())
                .unwrap()
                .profiles
                .is_empty()
        );
        assert!(
            json.contains("command vault …") && !json.contains("canary"),
            "{json}"
        );
    }
}
