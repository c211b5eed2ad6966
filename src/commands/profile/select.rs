//! `jeton profile use`: makes a profile the default one.

use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use jeton_profile::edit;

const EXAMPLES: &str = "Examples:
  jeton profile use billing
      use it wherever no profile is named";

/// Make a profile the default one (`default_profile` in the configuration file)
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UseArgs {
    /// The name of the profile
    #[arg(value_name = "NAME")]
    name: String,
}

impl Verb for UseArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Sets `default_profile`.
    ///
    /// # Errors
    /// Exit 3: there is no such profile, or the file cannot be changed.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        edit::set_default(&app.inputs, &self.name)?;
        if app.json {
            app.print_json(&serde_json::json!({ "profile": self.name }))?;
        } else {
            let text = format!("{} is the default profile\n", self.name);
            app.console.print(&text)?;
        }
        if let Ok(Some(other)) = settings
            .environment()
            .text(jeton_profile::env::JETON_PROFILE)
            && other.value != self.name
        {
            app.console.note(&format!(
                "{} selects {} in this environment",
                other.origin, other.value
            ));
        }
        Ok(Exit::Done)
    }
}
