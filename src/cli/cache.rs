//! `jeton cache …`

use super::selection::{ClientArgs, WantedArgs};
use crate::output::ShowFormat;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum CacheCommand {
    /// List what is kept; never a token
    List(ListArgs),
    /// Explain why a request hits or misses the cache, part by part
    Explain(ExplainArgs),
    /// Remove the cached tokens of a profile, or all of them
    Clear(ClearArgs),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ListArgs {
    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    #[command(flatten)]
    pub(crate) wanted: WantedArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ClearArgs {
    /// Only the tokens of this profile
    #[arg(short, long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
}
