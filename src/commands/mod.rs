//! One file a verb, in folders like the command tree.

#[cfg_attr(
    not(test),
    expect(dead_code, reason = "wired to the command line next")
)]
mod auth;
mod completions;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "wired to the command line next")
)]
mod config;
mod man;
mod token;

use crate::cli::token::TokenCommand;
use crate::cli::{Cli, Command};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::Console;

/// Runs what was typed.
///
/// # Errors
///
/// What failed, for the person; the caller prints it.
pub(crate) fn run(cli: Cli, console: &Console) -> Result<Exit> {
    let json = cli.global.json;
    match cli.command {
        Command::Token(TokenCommand::Decode(args)) if !args.names_a_profile() => {
            token::decode::run(&args, json, console)
        }
        Command::Completions(args) => completions::run(args.shell, console),
        Command::Man(args) => man::run(args.dir.as_deref(), console),
        _ => Err(Error::bug(&anyhow::anyhow!(
            "this command is not wired on this branch"
        ))),
    }
}
