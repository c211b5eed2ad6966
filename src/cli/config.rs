//! `jeton config …`

use super::selection::ClientArgs;
use crate::output::ShowFormat;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum ConfigCommand {
    /// Write a commented configuration file; one that exists is left alone
    Init(InitArgs),
    /// Show every value and where it came from; secrets are masked
    Show(ShowArgs),
    /// Read the configuration and say what is wrong with it
    Check,
    /// Print where the configuration file is
    Path,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct InitArgs {
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}
