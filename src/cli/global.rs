//! Options that stand on every command.

use crate::log::Format;
use clap::{ArgAction, Args};
use std::path::PathBuf;

#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Print the result as JSON, and a failure as a JSON object on stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Read this configuration file instead of the user's [env: JETON_CONFIG]
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,

    /// Read a .env file as if it were environment; the real environment wins
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) env_file: Option<PathBuf>,

    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say more on stderr: -v for debugging, -vv with requests and responses, redacted [env: JETON_LOG]
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Form of the log lines on stderr [env: JETON_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(crate) log_format: Option<Format>,

    /// Leave out emoji
    #[arg(long, global = true)]
    pub(crate) no_emoji: bool,

    /// Never prompt: fail where an answer would be needed [env: JETON_NO_INPUT]
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
}
