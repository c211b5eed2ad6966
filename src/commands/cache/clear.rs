//! `jeton cache clear`: removes cached tokens.

use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use jeton_client::cache::Filter;
use jeton_profile::Settings;

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

    /// Removes the tokens of a profile, or all of them. A profile that was removed from the configuration may have left tokens:
    /// its name is an error only where there is nothing to remove.
    ///
    /// # Errors
    /// Exit 3 where the configuration is wrong, or there is neither such a profile nor a token of it; exit 1 where a file cannot be removed.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let removed = match &self.profile {
            Some(name) => {
                let removed = source::forget(&app, &settings, name)?;
                if removed == 0 {
                    require(&app, name)?;
                }
                removed
            }
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

/// That there is a profile of this name.
///
/// # Errors
/// Exit 3, with the names that there are.
fn require(app: &App, name: &str) -> Result<()> {
    let mut inputs = app.inputs.clone();
    inputs.profile = Some(name.to_owned());
    Settings::load(&inputs)?.chosen()?;
    Ok(())
}
