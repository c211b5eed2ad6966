//! `jeton cache …`

mod clear;
mod explain;
mod list;

use super::verb::Verb;
use clap::Subcommand;
use clear::ClearArgs;
use explain::ExplainArgs;
use list::ListArgs;

const EXAMPLES: &str = "Examples:
  jeton cache list
      list the cached tokens
  jeton cache explain -p billing
      why a request hits or misses";

/// List, explain and clear the cached tokens
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum CacheCommand {
    List(ListArgs),
    Explain(ExplainArgs),
    Clear(ClearArgs),
}

impl CacheCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::List(args) => args,
            Self::Explain(args) => args,
            Self::Clear(args) => args,
        }
    }
}
