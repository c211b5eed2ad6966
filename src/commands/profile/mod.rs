//! `jeton profile …`

mod add;
mod list;
mod remove;
mod select;

use super::verb::Verb;
use add::AddArgs;
use clap::Subcommand;
use list::ListArgs;
use remove::RemoveArgs;
use select::UseArgs;

const EXAMPLES: &str = "Examples:
  jeton profile add billing --issuer https://auth.example.com --client-id billing-batch
      add a profile; asks for the secret and stores it in the keyring
  jeton profile list
      the profiles, and which one is the default
  jeton profile use billing
      make it the default";

/// List, add and remove profiles without an editor
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum ProfileCommand {
    List(ListArgs),
    Add(Box<AddArgs>),
    Use(UseArgs),
    Remove(RemoveArgs),
}

impl ProfileCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::List(args) => args,
            Self::Add(args) => &**args,
            Self::Use(args) => args,
            Self::Remove(args) => args,
        }
    }
}
