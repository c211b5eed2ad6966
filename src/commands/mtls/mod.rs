//! `jeton mtls …`

mod probe;

use super::verb::Verb;
use clap::Subcommand;
use probe::ProbeArgs;

const EXAMPLES: &str = "Examples:
  jeton mtls probe https://auth.example.com/token
      what the server asks for in the handshake";

/// Test mutual TLS: what a server asks for, and how it responds to your certificate
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum MtlsCommand {
    Probe(Box<ProbeArgs>),
}

impl MtlsCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Probe(args) => &**args,
        }
    }
}
