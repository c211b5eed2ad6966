//! `jeton key …`: a client's own key pair, and what a server has to know of it.

mod csr;
mod generate;
mod input;
mod public;
mod subject;
mod thumbprint;

use super::verb::Verb;
use clap::Subcommand;
use csr::CsrArgs;
use generate::GenerateArgs;
use public::PublicArgs;
use thumbprint::ThumbprintArgs;

const EXAMPLES: &str = "Examples:
  jeton key generate billing.pem > jwks.json
      a key pair for `private_key_jwt`, and the key set to register";

/// Make a key pair, and print what a server needs of it
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum KeyCommand {
    Generate(GenerateArgs),
    Public(PublicArgs),
    Thumbprint(ThumbprintArgs),
    Csr(CsrArgs),
}

impl KeyCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Generate(args) => args,
            Self::Public(args) => args,
            Self::Thumbprint(args) => args,
            Self::Csr(args) => args,
        }
    }
}
