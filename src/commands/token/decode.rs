//! `jeton token decode`: what a token says, in words that leave no doubt that nothing was verified.

mod claims;
mod document;
mod show;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub(super) use claims::table;

use super::input;
use crate::cli::token::DecodeArgs;
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{Console, ShowFormat};
use jeton_client::{Looked, Token, Want};
use jeton_inspect::token::{Structure, oddities};

const NOT_VERIFIED: &str =
    "not verified: the signature was not checked, anyone may have written this";
const ENCRYPTED: &str = "not verified, and encrypted (JWE): only its receiver can read the claims";
const OPAQUE: &str = "not verified: an opaque token says nothing to those who carry it; its resource server asks the \
                      authorization server about it (introspection, RFC 7662)";

/// Decodes the token that was typed, or comes from stdin or a file.
///
/// # Errors
///
/// When there is no token, or something that cannot be one; an opaque token is no error.
pub(crate) fn run(args: &DecodeArgs, json: bool, console: &Console) -> Result<Exit> {
    let token = input::token(args.token.as_deref(), "decode", console)?;
    let format = if json {
        ShowFormat::Json
    } else {
        args.output.unwrap_or(ShowFormat::Panel)
    };
    print(&token, format, console)
}

/// Decodes the cached token of a profile; no server is asked but one that was started for this call.
///
/// # Errors
///
/// Exit 3 where the profile or a token of it is not there.
pub(crate) fn run_cached(args: &DecodeArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    let settings = app.settings()?;
    let opened = source::open(&app, &settings)?;
    let token = if args.client.embedded {
        opened.token(&Want::default())?
    } else {
        cached(&opened)?
    };
    let format = app.show_format(args.output);
    print(token.entry.access_token.expose(), format, &app.console)
}

fn cached(opened: &Opened) -> Result<Token> {
    match opened.source.look(&Want::default()) {
        Looked::Use(token) | Looked::Renew(token) => Ok(token),
        Looked::Fetch => Err(Error::config(format!(
            "no usable token of the profile {} is cached",
            opened.profile.name
        ))
        .hint("`jeton token get` gets one")),
    }
}

/// Decodes any token, such as one from the cache.
///
/// # Errors
///
/// When stdout takes nothing.
pub(crate) fn print(token: &str, format: ShowFormat, console: &Console) -> Result<Exit> {
    let structure = Structure::of(token);
    let oddities = oddities(token, &structure, console.now());
    let text = match format {
        ShowFormat::Panel => show::panel(token, &structure, &oddities, console),
        ShowFormat::Json => document::json(token, &structure, &oddities)?,
    };
    console.print(&text)?;
    Ok(Exit::Done)
}
