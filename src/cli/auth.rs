//! `jeton auth …`

use super::selection::{ClientArgs, NetworkArgs, ProfileArgs};
use crate::output::ShowFormat;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum AuthCommand {
    /// Show every profile: its token, its time left, its credential and where that comes from
    Status(StatusArgs),
    /// Put the secret or private key of a profile into the OS keyring
    ///
    /// It is asked for without echo, or read from stdin when something is piped in; it is never taken from the
    /// command line.
    Login(LoginArgs),
    /// Take the secret or private key of a profile out of the OS keyring, and its tokens out of the cache
    Logout(LogoutArgs),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,

    /// Answer by the exit code alone: 0 when every profile shown could hand out a token, else 8
    #[arg(long)]
    pub(crate) check: bool,

    /// Ask the servers too
    #[arg(long)]
    pub(crate) live: bool,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct LoginArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct LogoutArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
}
