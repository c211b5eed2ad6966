//! jeton: access tokens for machines.

mod cli;
mod commands;
mod error;
mod exit;
mod harden;
mod log;
mod output;

use jeton_profile::Inputs;
use output::{Console, Surroundings};
use std::process::ExitCode;
use std::time::SystemTime;

fn main() -> ExitCode {
    harden::process();
    let arguments: Vec<_> = std::env::args_os().collect();
    let inputs = Inputs::from_process();
    let env = |name: &str| inputs.env.get(std::ffi::OsStr::new(name)).cloned();
    let around = Surroundings::of_this_process(&env);
    let console = Console::detect(&around, false, false, SystemTime::now);
    let as_json = cli::asks_for_json(&arguments);
    output::report_panics(console, as_json);
    let cli = match cli::parse(&arguments) {
        Ok(cli) => cli,
        Err(stop) => return output::report_usage(&stop, &console, as_json).into(),
    };
    let global = &cli.global;
    let console = Console::detect(&around, global.quiet, global.no_emoji, SystemTime::now);
    match commands::run(&cli, inputs, console) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::report(&failure, &console, global.json);
            failure.exit.into()
        }
    }
}
