//! `jeton mtls …`

mod probe;

use super::verb::Verb;
use clap::Subcommand;
use probe::ProbeArgs;

const EXAMPLES: &str = "Examples:
  jeton mtls probe https://auth.example.com/token
      what the server asks for in the handshake";

/// Look at mutual TLS: what a server asks for, and what it makes of our certificate
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum MtlsCommand {
    Probe(Box<ProbeArgs>),
}

impl MtlsCommand {
    /// The verb that was typed.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Probe(args) => &**args,
        }
    }
}
