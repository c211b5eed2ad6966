//! `jeton cache clear`: removes kept tokens.

use crate::cli::cache::ClearArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::error::Result;
use crate::exit::Exit;
use jeton_client::cache::Filter;

/// Removes the tokens of a profile, or all of them. A name without a profile is no error: its tokens may outlive it.
///
/// # Errors
/// Exit 3 where the configuration is wrong; exit 1 where a file cannot be removed.
pub(crate) fn run(args: &ClearArgs, app: &App) -> Result<Exit> {
    let settings = app.settings()?;
    let removed = match &args.profile {
        Some(name) => source::forget(app, &settings, name)?,
        None => source::cache(app, &settings)?
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
