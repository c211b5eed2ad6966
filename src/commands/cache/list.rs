//! `jeton cache list`: the entries of the cache, without their tokens.

use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::table::{Cell, Table};
use crate::output::time::{relative, rfc3339};
use crate::output::{Paint, ShowFormat};
use clap::Args;
use jeton_client::cache::{Entry, Listed};
use serde_json::{Value, json};

const EXAMPLES: &str = "Examples:
  jeton cache list --json
      for a script";

/// List the entries of the cache, without their tokens
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

    /// Lists every entry; for those that cannot be read, the reason.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong; exit 1 where the folder cannot be listed.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let listed = source::cache(&app, &settings)?
            .list()
            .map_err(anyhow::Error::from)?;
        let now = app.console.now();
        match app.show_format(self.output) {
            ShowFormat::Json => {
                let entries: Vec<Value> = listed.iter().map(|entry| as_json(entry, now)).collect();
                app.print_json(&json!({ "entries": entries }))?;
            }
            ShowFormat::Panel if listed.is_empty() => app.console.print("the cache is empty\n")?,
            ShowFormat::Panel => {
                let mut table =
                    Table::new(["KEY", "PROFILE", "CLIENT", "ISSUER", "SCOPE", "EXPIRES"]);
                for entry in &listed {
                    table.push(as_row(entry, now));
                }
                app.console.print(&table.render(app.console.stdout))?;
            }
        }
        Ok(Exit::Done)
    }
}

fn as_row(listed: &Listed, now: i64) -> Vec<Cell> {
    let key = Cell::new(&listed.key.hex()[..12]);
    match &listed.entry {
        Ok(entry) => {
            let end = entry.expires_at.unwrap_or(now);
            let (text, paint) = if end > now {
                (relative(end, now), Paint::Good)
            } else {
                (format!("expired {}", relative(end, now)), Paint::Hint)
            };
            vec![
                key,
                Cell::new(&entry.profile),
                Cell::new(&entry.client_id),
                Cell::new(entry.issuer.as_deref().unwrap_or("-")),
                Cell::new(entry.scope.as_deref().unwrap_or("-")),
                Cell::new(&text).paint(paint),
            ]
        }
        Err(reason) => vec![
            key,
            Cell::new(&format!("cannot be read: {reason}")).paint(Paint::Warning),
        ],
    }
}

fn as_json(listed: &Listed, now: i64) -> Value {
    let key = listed.key.hex();
    match &listed.entry {
        Ok(Entry {
            profile,
            client_id,
            issuer,
            scope,
            audience,
            expires_at,
            obtained_at,
            ..
        }) => json!({
            "key": key,
            "profile": profile,
            "client_id": client_id,
            "issuer": issuer,
            "scope": scope,
            "audience": audience,
            "obtained_at": rfc3339(*obtained_at),
            "expires_at": expires_at.and_then(rfc3339),
            "expires_in": expires_at.map(|end| end - now),
        }),
        Err(reason) => json!({ "key": key, "unreadable": reason.to_string() }),
    }
}
