//! `jeton serve`

use clap::{ArgGroup, Args};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[group(skip)]
#[command(group(ArgGroup::new("store").required(true).args(["dev", "data"])))]
pub(crate) struct ServeArgs {
    /// Try it out: in memory, on a loopback address, with a client that is printed
    #[arg(long)]
    pub(crate) dev: bool,

    /// The folder of the database and of the signing keys
    #[arg(long, value_name = "DIR", conflicts_with = "dev", requires = "issuer")]
    pub(crate) data: Option<PathBuf>,

    /// The URL that clients know this server by; it is the `iss` of its tokens
    #[arg(long, value_name = "URL", conflicts_with = "dev")]
    pub(crate) issuer: Option<String>,

    /// A proxy in front ends TLS: listen on other than loopback addresses too
    #[arg(long, requires = "data")]
    pub(crate) behind_proxy: bool,

    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
}
