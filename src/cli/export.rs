//! `jeton export …`

use super::selection::{AcquireArgs, ClientArgs, NetworkArgs, WantedArgs};
use crate::output::export::{EnvName, ExportFormat};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum ExportCommand {
    /// The token as an environment variable
    ///
    /// Into a pipe or a file the token is written as it is; on a terminal it is masked, unless `--reveal` is given.
    Env(Box<ExportEnvArgs>),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ExportEnvArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    #[command(flatten)]
    pub(crate) wanted: WantedArgs,
    #[command(flatten)]
    pub(crate) acquire: AcquireArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: sh; dotenv with --file]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ExportFormat>,

    /// Name of the variable
    #[arg(long, value_name = "NAME", default_value = "ACCESS_TOKEN", value_parser = EnvName::parse)]
    pub(crate) name: EnvName,

    /// Write into this file (mode 0600) and leave its other lines as they are; for sh, dotenv and gitlab
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Option<PathBuf>,

    /// Show the token itself on a terminal too
    #[arg(long)]
    pub(crate) reveal: bool,
}
