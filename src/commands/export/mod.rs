//! `jeton export …`

mod env;

use super::verb::Verb;
use clap::Subcommand;
use env::EnvArgs;

const EXAMPLES: &str = r#"Examples:
  VARS=$(jeton export env) && eval "$VARS"
      put the token into the environment of this shell"#;

/// Export a token to other programs
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum ExportCommand {
    Env(Box<EnvArgs>),
}

impl ExportCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Env(args) => &**args,
        }
    }
}
