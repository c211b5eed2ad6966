//! The token that a command is about.

use super::input;
use crate::cli::selection::ClientArgs;
use crate::commands::source::Opened;
use crate::error::{Error, Result};
use crate::output::Console;
use jeton_client::Want;
use jeton_oauth::AccessToken;

/// The token that was typed, else the cached one of the profile that was named, else what is piped in. The profile is
/// opened where its cache is needed. An authority that was started for this call has given no token yet: it is asked.
///
/// # Errors
/// Exit 2 where there is none, or something that cannot be one; exit 3 where none is cached; as `jeton token get` where
/// one is asked for.
pub(super) fn token(
    argument: Option<&str>,
    client: &ClientArgs,
    verb: &str,
    console: &Console,
    open: impl FnOnce() -> Result<Opened>,
) -> Result<AccessToken> {
    if argument.is_some() || !client.is_named() {
        let token = input::token(argument, verb, console)?;
        return Ok(AccessToken::new(token.as_str()));
    }
    let opened = open()?;
    if client.embedded {
        let token = opened.token(&Want::default())?;
        return Ok(token.entry.access_token);
    }
    let entry = opened.source.kept().ok_or_else(|| {
        Error::config(format!(
            "no token of the profile {} is cached",
            opened.profile.name
        ))
        .hint("`jeton token get` gets one")
    })?;
    Ok(entry.access_token)
}
