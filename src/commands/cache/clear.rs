//! `jeton cache clear`: removes cached tokens.

use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use jeton_client::cache::Filter;

const EXAMPLES: &str = "Examples:
  jeton cache clear -p billing
      the tokens of one profile
  jeton cache clear
      all of them";

/// Remove the cached tokens of a profile, or all of them
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ClearArgs {
    /// Only the tokens of this profile
    #[arg(short, long, value_name = "NAME")]
    profile: Option<String>,
}

impl Verb for ClearArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Removes the tokens of a profile, or all of them. A name without a profile is not an error: a removed profile may have left
    /// tokens.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong; exit 1 where a file cannot be removed.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let removed = match &self.profile {
            Some(name) => source::forget(&app, &settings, name)?,
            None => source::cache(&app, &settings)?
                .clear(&Filter::All)
                .map_err(anyhow::Error::from)?,
        };
        if app.json {
            app.print_json(&serde_json::json!({ "removed": removed }))?;
        } else {
            let tokens = if removed == 1 { "token" } else { "tokens" };
            app.console
                .print(&format!("{removed} cached {tokens} removed\n"))?;
        }
        Ok(Exit::Done)
    }
}
