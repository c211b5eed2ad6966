//! `jeton token …`

pub(crate) mod decode;
pub(crate) mod get;
pub(super) mod input;
pub(crate) mod introspect;
pub(crate) mod revoke;
mod subject;
pub(crate) mod verify;

use super::verb::Verb;
use clap::Subcommand;
use decode::DecodeArgs;
use get::GetArgs;
use introspect::IntrospectArgs;
use revoke::RevokeArgs;
use verify::VerifyArgs;

const EXAMPLES: &str = "Examples:
  jeton token get -p billing
      a token for the profile `billing`
  jeton token decode @token.txt
      show the header and claims of a token in a file
  jeton token verify -p billing
      verify the cached token of a profile";

/// Get and inspect access tokens
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum TokenCommand {
    Get(Box<GetArgs>),
    Decode(DecodeArgs),
    Verify(Box<VerifyArgs>),
    Introspect(IntrospectArgs),
    Revoke(RevokeArgs),
}

impl TokenCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Get(args) => &**args,
            Self::Decode(args) => args,
            Self::Verify(args) => &**args,
            Self::Introspect(args) => args,
            Self::Revoke(args) => args,
        }
    }
}
