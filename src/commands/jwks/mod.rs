//! `jeton jwks …`

mod test;

use super::verb::Verb;
use clap::Subcommand;
use test::TestArgs;

const EXAMPLES: &str = "Examples:
  jeton jwks test https://auth.example.com/jwks.json
      check a key set";

/// Check the key set of a server
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum JwksCommand {
    Test(Box<TestArgs>),
}

impl JwksCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Test(args) => &**args,
        }
    }
}
