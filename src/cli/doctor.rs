//! `jeton doctor`

use super::selection::{ClientArgs, NetworkArgs, WantedArgs};
use crate::output::ShowFormat;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,

    #[command(flatten)]
    pub(crate) wanted: WantedArgs,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Ask for no token: everything up to the request is looked at, and no credential is sent
    #[arg(long)]
    pub(crate) no_request: bool,

    /// Look at this token instead of asking for one: `-` for stdin, or `@FILE`
    #[arg(long, value_name = "TOKEN|-|@FILE", conflicts_with_all = ["no_request", "embedded"])]
    pub(crate) token: Option<String>,

    /// Write a report to hand on, without secrets and tokens, into a new folder
    #[arg(long, value_name = "DIR")]
    pub(crate) bundle: Option<PathBuf>,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}
