//! The token that a command is about.

use super::input;
use crate::cli::selection::{ClientArgs, NetworkArgs};
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::commands::verb::Shared;
use crate::error::{Error, Result};
use crate::output::Console;
use clap::Args;
use jeton_client::Want;
use jeton_oauth::AccessToken;

// A token of any origin, and the client that asks about it.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct SubjectArgs {
    /// The token, `-` for stdin, or `@FILE`; by default what is piped in, else the cached token of the profile
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    token: Option<String>,

    #[command(flatten)]
    pub(super) client: ClientArgs,

    #[command(flatten)]
    network: NetworkArgs,
}

impl SubjectArgs {
    /// These among the options that verbs share.
    pub(super) fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .network(&self.network)
    }

    /// The token that was typed, else what is piped in; nothing where the token of a profile is meant: the one that was named,
    /// or where nothing is piped in the one that is chosen by default.
    ///
    /// # Errors
    /// Exit 2 where there is none, or something that cannot be one.
    pub(super) fn given(&self, verb: &str, console: &Console) -> Result<Option<AccessToken>> {
        if self.token.is_none() && (self.client.is_named() || !input::is_piped()) {
            return Ok(None);
        }
        let token = input::token(self.token.as_deref(), verb, console)?;
        Ok(Some(AccessToken::new(token.as_str())))
    }

    /// The cached token of a profile. An authority that was started for this call has given no token yet: it is asked.
    ///
    /// # Errors
    /// Exit 3 where none is cached; as `jeton token get` where one is asked for.
    pub(super) fn of_profile(&self, opened: &Opened) -> Result<AccessToken> {
        if self.client.embedded {
            let token = opened.token(&Want::default())?;
            return Ok(token.entry.access_token);
        }
        let entry = opened.source.kept().ok_or_else(|| {
            Error::config(format!(
                "the cache has no token of the profile {}",
                opened.profile.name
            ))
            .hint("`jeton token get` gets one")
        })?;
        Ok(entry.access_token)
    }

    /// The token, and the profile whose client asks the server about it.
    ///
    /// # Errors
    /// As [`Self::given`] and [`Self::of_profile`]; exit 3 and 4 where the profile cannot be used.
    pub(super) fn with_profile(&self, verb: &str, app: &mut App) -> Result<(AccessToken, Opened)> {
        let settings = app.settings()?;
        let given = self.given(verb, &app.console)?;
        let opened = source::open(app, &settings)?;
        let token = match given {
            Some(token) => token,
            None => self.of_profile(&opened)?,
        };
        Ok((token, opened))
    }
}
