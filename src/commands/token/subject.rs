//! The token that a command is about.

use super::input;
use crate::cli::selection::ProfileArgs;
use crate::commands::source::Opened;
use crate::error::{Error, Result};
use crate::output::Console;
use jeton_oauth::AccessToken;

/// The token that was typed, else the cached one of the profile that was named, else what is piped in. The profile is
/// opened where its cache is needed.
///
/// # Errors
/// Exit 2 where there is none, or something that cannot be one; exit 3 where none is cached.
pub(super) fn token(
    argument: Option<&str>,
    profile: &ProfileArgs,
    verb: &str,
    console: &Console,
    open: impl FnOnce() -> Result<Opened>,
) -> Result<AccessToken> {
    if argument.is_some() || !profile.is_named() {
        let token = input::token(argument, verb, console)?;
        return Ok(AccessToken::new(token.as_str()));
    }
    let opened = open()?;
    let entry = opened.source.kept().ok_or_else(|| {
        Error::config(format!(
            "no token of the profile {} is cached",
            opened.profile.name
        ))
        .hint("`jeton token get` gets one")
    })?;
    Ok(entry.access_token)
}
