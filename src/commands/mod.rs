//! One file per verb, in folders like the command tree: its options, whose doc comments are its help, and its run.

mod app;
pub(crate) mod auth;
pub(crate) mod cache;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod doctor;
mod embedded;
pub(crate) mod export;
pub(crate) mod jwks;
pub(crate) mod key;
pub(crate) mod man;
pub(crate) mod mtls;
pub(crate) mod profile;
pub(crate) mod serve;
mod source;
pub(crate) mod token;
pub(crate) mod verb;
mod verdict;

use crate::cli::Cli;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::Console;
use app::App;
use jeton_profile::Inputs;

/// Runs the verb of the command line.
///
/// # Errors
///
/// What failed, for the user; the caller prints it.
pub(crate) fn run(cli: &Cli, inputs: Inputs, console: Console) -> Result<Exit> {
    let verb = cli.command.verb();
    verb.run(App::new(&cli.global, verb.shared(), inputs, console)?)
}
