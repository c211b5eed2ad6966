//! Options that every command accepts.

use crate::log::Format;
use clap::{ArgAction, Args};
use std::path::PathBuf;

#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Print the result as JSON, and an error as a JSON object on stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Read this configuration file instead of the default one [env: JETON_CONFIG]
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,

    /// Read a .env file as environment variables; the real environment wins
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) env_file: Option<PathBuf>,

    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Log more to stderr: -v for debug messages, -vv for requests and responses too, redacted [env: JETON_LOG]
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Format of the log on stderr [env: JETON_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(crate) log_format: Option<Format>,

    /// Print no emoji
    #[arg(long, global = true)]
    pub(crate) no_emoji: bool,

    /// Never prompt; fail if input is required [env: JETON_NO_INPUT]
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
}
