//! `jeton config …`

pub(super) mod check;
mod init;
mod path;
mod show;

use super::verb::Verb;
use check::CheckArgs;
use clap::Subcommand;
use init::InitArgs;
use path::PathArgs;
use show::ShowArgs;

const EXAMPLES: &str = "Examples:
  jeton config init
      start with a commented file
  jeton config show
      every value and where it comes from";

/// Write, show and check the configuration
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum ConfigCommand {
    Init(InitArgs),
    Show(ShowArgs),
    Check(CheckArgs),
    Path(PathArgs),
}

impl ConfigCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Init(args) => args,
            Self::Show(args) => args,
            Self::Check(args) => args,
            Self::Path(args) => args,
        }
    }
}
