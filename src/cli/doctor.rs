//! `jeton doctor`

use super::selection::{NetworkArgs, ProfileArgs, WantedArgs};
use crate::output::ShowFormat;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,

    #[command(flatten)]
    pub(crate) wanted: WantedArgs,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Ask for no token: everything up to the request is looked at, and no credential is sent
    #[arg(long)]
    pub(crate) no_request: bool,

    /// Look at this token instead of asking for one: `-` for stdin, or `@FILE`
    #[arg(long, value_name = "TOKEN|-|@FILE", conflicts_with = "no_request")]
    pub(crate) token: Option<String>,

    /// Write a report to hand on, without secrets and tokens, into a new folder
    #[arg(long, value_name = "DIR")]
    pub(crate) bundle: Option<PathBuf>,

    /// Start an authority inside this process and walk to it: nothing needs to be configured
    #[arg(long, conflicts_with_all = ["profile", "for_url", "token"])]
    pub(crate) embedded: bool,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}
