//! `jeton token decode`: shows header and claims of a token, and says that nothing was verified.

mod claims;
mod document;
mod show;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub(super) use claims::table;

use super::input;
use crate::cli::selection::ClientArgs;
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{Console, ShowFormat};
use clap::Args;
use jeton_client::{Looked, Token, Want};
use jeton_inspect::token::{Structure, oddities};

const EXAMPLES: &str = "Examples:
  jeton token get -o raw | jeton token decode
      show its header and claims
  jeton token decode @token.txt
      from a file, which keeps it out of the process list and the shell history
  jeton token decode -p billing -o json
      the cached token of a profile, as JSON
  jeton token decode --embedded
      try it with nothing configured";

/// Show the header and claims of a token, with readable times; nothing is verified
///
/// Accepts a JWT (RFC 7519), an encrypted one, of which only the header is readable, or an `Authorization: Bearer …` line,
/// and says if a token is opaque. Neither the token nor its signature is printed.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DecodeArgs {
    /// The token, `-` for stdin, or `@FILE`; by default what is piped in, else the cached token of the profile
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with_all = ["profile", "for_url", "embedded"])]
    token: Option<String>,

    #[command(flatten)]
    client: ClientArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

const NOT_VERIFIED: &str =
    "not verified: the signature was not checked, anyone could have written this";
const ENCRYPTED: &str = "not verified, and encrypted (JWE): only the recipient can read the claims";
const OPAQUE: &str = "not verified: only the authorization server can read an opaque token; a resource server asks it by introspection \
                      (RFC 7662)";

impl Verb for DecodeArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default().client(&self.client).form(self.output)
    }

    /// Decodes the token that was typed, or comes from stdin or a file; else the cached token of a profile: no server is
    /// asked but one that was started for this call.
    ///
    /// # Errors
    ///
    /// When there is no token, or something that cannot be one; an opaque token is no error. Exit 3 where the profile or
    /// a token of it is not there.
    fn run(&self, mut app: App) -> Result<Exit> {
        let format = app.show_format(self.output);
        if self.token.is_some() || (!self.client.is_named() && input::is_piped()) {
            let token = input::token(self.token.as_deref(), "decode", &app.console)?;
            return print(&token, format, &app.console);
        }
        let settings = app.settings()?;
        let opened = source::open(&app, &settings);
        let opened = opened.map_err(|error| match self.client.is_named() {
            true => error,
            false => input::missing("decode", error),
        })?;
        let token = if self.client.embedded {
            opened.token(&Want::default())?
        } else {
            cached(&opened)?
        };
        print(token.entry.access_token.expose(), format, &app.console)
    }
}

fn cached(opened: &Opened) -> Result<Token> {
    match opened.source.look(&Want::default()) {
        Looked::Use(token) | Looked::Renew(token) => Ok(token),
        Looked::Fetch => Err(Error::config(format!(
            "the cache has no usable token of the profile {}",
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
fn print(token: &str, format: ShowFormat, console: &Console) -> Result<Exit> {
    let structure = Structure::of(token);
    let oddities = oddities(token, &structure, console.now());
    let text = match format {
        ShowFormat::Panel => show::panel(token, &structure, &oddities, console),
        ShowFormat::Json => document::json(token, &structure, &oddities)?,
    };
    console.print(&text)?;
    Ok(Exit::Done)
}
