//! `jeton cache explain`: why a request hits or misses the cache, part by part.

use crate::cli::selection::{ClientArgs, WantedArgs};
use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::ShowFormat;
use crate::output::table::{Cell, Table};
use crate::output::time::relative;
use clap::Args;
use jeton_client::cache::Lookup;
use jeton_client::policy::{self, Decision};
use serde_json::{Value, json};

const EXAMPLES: &str = "Examples:
  jeton cache explain -p billing --scope api.read
      what the cache key of this request is made of";

/// Explain why a request hits or misses the cache, part by part
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    client: ClientArgs,
    #[command(flatten)]
    wanted: WantedArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

impl Verb for ExplainArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .wanted(&self.wanted)
            .form(self.output)
    }

    /// Shows the parts of the cache key, the entry under it, and how `token get` would use that.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let opened = source::open(&app, &settings)?;
        let now = app.console.now();
        let config = opened.source.config();
        let (outcome, why) = match opened.source.cache().read(opened.source.key()) {
            Lookup::Absent => ("miss", "no cached token for this request".to_owned()),
            Lookup::Unreadable(reason) => {
                ("miss", format!("the cached token cannot be read: {reason}"))
            }
            Lookup::Hit(entry) => {
                let end = entry.expires_at.unwrap_or(now);
                match policy::decide(now, &entry, &config.thresholds) {
                    Decision::Use { .. } => {
                        let renews = policy::renews_in(now, &entry, &config.thresholds);
                        (
                            "hit",
                            format!(
                                "it expires {} and is renewed {}",
                                relative(end, now),
                                relative(now + renews, now)
                            ),
                        )
                    }
                    Decision::Renew { .. } => (
                        "hit",
                        format!(
                            "it expires {}, within refresh_before: the next call renews it",
                            relative(end, now)
                        ),
                    ),
                    Decision::Fetch if end <= now => {
                        ("miss", format!("it expired {}", relative(end, now)))
                    }
                    Decision::Fetch => (
                        "miss",
                        format!(
                            "it expires {}, which is less than min_ttl",
                            relative(end, now)
                        ),
                    ),
                }
            }
        };
        let parts = config.identity().parts();
        let key = opened.source.key().hex();
        if app.show_format(self.output) == ShowFormat::Json {
            let parts: serde_json::Map<String, Value> = parts
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect();
            app.print_json(&json!({ "profile": opened.profile.name, "key": key, "outcome": outcome, "why": why, "parts": parts }))?;
            return Ok(Exit::Done);
        }
        let mut table = Table::new(["PART", "VALUE"]);
        for (name, value) in &parts {
            let value = if value.is_empty() { "-" } else { value };
            table.push(vec![Cell::new(name), Cell::new(value)]);
        }
        let text = format!(
            "{}\nkey  {key}\n{outcome}  {why}\n",
            table.render(app.console.stdout)
        );
        app.console.print(&text)?;
        Ok(Exit::Done)
    }
}
