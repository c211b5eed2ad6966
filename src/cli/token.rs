//! `jeton token …`

use super::selection::{AcquireArgs, NetworkArgs, ProfileArgs, WantedArgs};
use crate::output::{ShowFormat, TokenFormat};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum TokenCommand {
    /// Get a token: from the cache if it is fresh enough, else from the server
    ///
    /// The token is shown masked. `-o raw`, `-o header`, `-o exec-credential`, `-o credential` and `--reveal` print it.
    Get(Box<GetArgs>),
    /// Show what a token says, with readable times; nothing is verified
    ///
    /// Reads a JWT (RFC 7519), the header of an encrypted one, an `Authorization: Bearer …` line, and says so when a
    /// token is opaque. The token itself and its signature are not printed.
    Decode(DecodeArgs),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct GetArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
    #[command(flatten)]
    pub(crate) wanted: WantedArgs,
    #[command(flatten)]
    pub(crate) acquire: AcquireArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<TokenFormat>,

    /// Show the token itself in the panel and in JSON
    #[arg(long)]
    pub(crate) reveal: bool,

    /// Put the token on the clipboard of the terminal (OSC 52)
    #[arg(long)]
    pub(crate) copy: bool,

    /// Fail (exit 8) unless the token has this scope; repeat it or separate by spaces
    #[arg(long, value_name = "SCOPE")]
    pub(crate) require_scope: Vec<String>,

    /// Fail (exit 8) unless the token is for this audience; may be repeated
    #[arg(long, value_name = "AUDIENCE")]
    pub(crate) require_aud: Vec<String>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct DecodeArgs {
    /// The token, `-` for stdin, or `@FILE`; without it stdin is read when something is piped in
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with_all = ["profile", "for_url"])]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) profile: ProfileArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

impl DecodeArgs {
    /// Whether the cached token of a profile is meant.
    pub(crate) fn names_a_profile(&self) -> bool {
        self.profile.profile.is_some() || self.profile.for_url.is_some()
    }
}
