//! `jeton token revoke`: revokes a token at the server and removes it from the cache.

use super::subject::SubjectArgs;
use crate::commands::app::App;
use crate::commands::source::explain_request;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use serde_json::json;

const EXAMPLES: &str = "Examples:
  jeton token revoke -p billing
      revoke the cached token of a profile
  jeton token revoke -p billing @token.txt
      revoke the token in a file";

/// Revoke a token at the authorization server (RFC 7009) and remove it from the cache
///
/// The server reports success for a token that it does not know, too.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    subject: SubjectArgs,
}

impl Verb for RevokeArgs {
    fn shared(&self) -> Shared<'_> {
        self.subject.shared()
    }

    /// Revokes the token at the server of the profile, as its client.
    ///
    /// # Errors
    /// Exit 3 to 7 where the server does not revoke it; the token then stays in the cache.
    #[inline(never)]
    fn run(&self, mut app: App) -> Result<Exit> {
        let (token, opened) = self.subject.with_profile("revoke", &mut app)?;
        let done = opened.wait("revoking the token", async {
            let done = opened.source.revoke(&token).await;
            done.map_err(|error| explain_request(&error, &opened))
        })?;
        if app.json {
            app.print_json(&json!({
                "profile": opened.profile.name,
                "revoked": true,
                "dropped_from_cache": done.dropped,
            }))?;
            return Ok(Exit::Done);
        }
        let cached = match done.dropped {
            0 => "revoked; it was not in the cache\n",
            _ => "revoked, and removed from the cache\n",
        };
        app.console.print(cached)?;
        Ok(Exit::Done)
    }
}
