//! `jeton mtls …`

use super::selection::{NetworkArgs, ProfileArgs};
use crate::output::ShowFormat;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum MtlsCommand {
    /// Shake hands with a server, and tell what it takes, shows and asks for
    ///
    /// Tells the TLS versions and cipher suites that the server takes, its certificates and whether they are trusted, whether
    /// and of which CAs it asks for a client certificate, what it answers with and without ours, and whether sessions are
    /// resumed. Of ours: whether key and certificate belong together, what will hurt soon, the thumbprint that tokens are
    /// bound to, and what to register.
    ///
    /// A few dozen short connections are made, with at most a GET without credentials on them; a server whose certificate is
    /// not trusted is shown nothing and sent nothing. Each finding is a note, a warning or a failure; only a failure ends
    /// with exit 8. Without an argument the token endpoint of the profile is looked at.
    Probe(Box<ProbeArgs>),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ProbeArgs {
    /// The server: an https URL, or a host with or without a port
    #[arg(value_name = "URL|HOST[:PORT]")]
    pub(crate) target: Option<String>,

    #[command(flatten)]
    pub(crate) profile: ProfileArgs,

    /// Show this client certificate instead of the profile's (PEM: its own first, then intermediates; the key may stand in it too)
    #[arg(long, value_name = "FILE")]
    pub(crate) cert: Option<PathBuf>,

    /// The private key of --cert (PEM, not encrypted)
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(crate) key: Option<PathBuf>,

    /// Let warnings fail too
    #[arg(long)]
    pub(crate) strict: bool,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}
