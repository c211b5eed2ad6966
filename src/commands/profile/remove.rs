//! `jeton profile remove`: removes a profile with its cached tokens, and its credentials where that is wanted.

use crate::commands::app::App;
use crate::commands::auth::logout;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use jeton_profile::keyring::{Keyring, SystemKeyring};
use jeton_profile::{Profile, SecretRef, edit};
use std::io::IsTerminal;

const EXAMPLES: &str = "Examples:
  jeton profile remove billing
      asks whether its credentials are removed from the keyring, too
  jeton profile remove billing --credentials
      remove them without asking";

/// Remove a profile from the configuration file, and its tokens from the cache
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemoveArgs {
    /// The name of the profile
    #[arg(value_name = "NAME")]
    name: String,

    /// Remove its secret and private key from the OS keyring, too
    #[arg(long)]
    credentials: bool,
}

impl Verb for RemoveArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Removes a profile. What was asked for is done first where it can fail, so that a second call can complete it.
    ///
    /// # Errors
    /// Exit 3: there is no such profile, or the file cannot be changed. Exit 4: the keyring does not give up an entry.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let found = settings
            .profiles
            .iter()
            .find(|profile| profile.name == self.name);
        let Some(profile) = found.cloned() else {
            edit::remove(&app.inputs, &self.name)?;
            return Err(Error::config(format!("no profile {}", self.name)));
        };
        let kept = entries(&profile, &SystemKeyring);
        let asks = std::io::stdin().is_terminal() && !settings.tool.no_input.value;
        let with_credentials =
            self.credentials || (asks && !kept.is_empty() && confirmed(&app, &kept)?);
        let removed = match with_credentials {
            true => logout::remove(&profile, &SystemKeyring)?.removed,
            false => Vec::new(),
        };
        let purged = source::forget(&app, &settings, &self.name)?;
        edit::remove(&app.inputs, &self.name)?;
        let kept = if with_credentials { Vec::new() } else { kept };
        self.report(&app, purged, &removed, &kept)?;
        Ok(Exit::Done)
    }
}

impl RemoveArgs {
    fn report(&self, app: &App, purged: usize, removed: &[String], kept: &[String]) -> Result<()> {
        if app.json {
            return app.print_json(&serde_json::json!({
                "profile": self.name,
                "purged_tokens": purged,
                "removed": removed,
                "kept": kept,
            }));
        }
        let tokens = match purged {
            0 => String::new(),
            1 => ", and 1 cached token".to_owned(),
            many => format!(", and {many} cached tokens"),
        };
        let mut text = format!("removed the profile {}{tokens}\n", self.name);
        if !removed.is_empty() {
            text.push_str(&format!(
                "removed from the keyring: {}\n",
                removed.join(", ")
            ));
        }
        app.console.print(&text)?;
        if !kept.is_empty() {
            app.console.note(&format!(
                "still in the keyring: {} (--credentials removes them with the profile)",
                kept.join(", ")
            ));
        }
        Ok(())
    }
}

/// The credentials of the profile that the keyring has. Without a keyring there are none.
fn entries(profile: &Profile, keyring: &dyn Keyring) -> Vec<String> {
    [profile.secret(), profile.private_key()]
        .into_iter()
        .filter_map(|found| match found.value {
            SecretRef::Keyring { service, user } => Some((service, user)),
            _ => None,
        })
        .filter(|(service, user)| keyring.get(service, user).is_ok())
        .map(|(service, user)| format!("{service}/{user}"))
        .collect()
}

fn confirmed(app: &App, entries: &[String]) -> Result<bool> {
    let question = format!(
        "remove {} from the keyring, too? [y/N] ",
        entries.join(", ")
    );
    let answer = app.console.ask(&question)?;
    Ok(matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"))
}
