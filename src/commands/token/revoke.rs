//! `jeton token revoke`: the server forgets a token, and so does the cache.

use super::subject;
use crate::cli::token::RevokeArgs;
use crate::commands::app::App;
use crate::commands::source::{self, explain};
use crate::error::Result;
use crate::exit::Exit;
use serde_json::json;

/// Revokes the token at the server of the profile, as its client.
///
/// # Errors
/// Exit 3 to 7 where the server does not do it; the token then stays in the cache.
#[inline(never)]
pub(crate) fn run(args: &RevokeArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    app.connect(&args.network);
    let settings = app.settings()?;
    let open = || source::open(&app, &settings);
    let (argument, verb) = (args.token.as_deref(), "revoke");
    let token = subject::token(argument, &args.client, verb, &app.console, open)?;
    let opened = open()?;
    let done = opened.wait("revoking the token", async {
        let done = opened.source.revoke(&token).await;
        done.map_err(|error| explain(error, &opened.profile))
    })?;
    if app.json {
        app.print_json(&json!({
            "profile": opened.profile.name,
            "revoked": true,
            "dropped_from_cache": done.dropped,
        }))?;
        return Ok(Exit::Done);
    }
    let kept = match done.dropped {
        0 => "it was not in the cache",
        _ => "and dropped from the cache",
    };
    app.console.print(&format!("revoked, {kept}\n"))?;
    Ok(Exit::Done)
}
