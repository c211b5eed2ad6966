//! jeton: access tokens for machines.

mod cli;
mod commands;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the commands that read credentials are wired next"
    )
)]
mod error;
mod exit;
#[expect(dead_code, reason = "the commands that log are wired next")]
mod log;
#[expect(
    dead_code,
    reason = "the commands that print tokens and tables are wired next"
)]
mod output;
#[cfg_attr(not(test), expect(dead_code, reason = "wired to the commands next"))]
mod platform;
#[expect(dead_code, unused_imports, reason = "wired to the commands next")]
mod settings;

use output::{Console, Surroundings};
use std::process::ExitCode;
use std::time::SystemTime;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let env = |name: &str| std::env::var_os(name);
    let around = Surroundings::of_this_process(&env);
    let cli = match cli::parse(&arguments) {
        Ok(cli) => cli,
        Err(stop) => {
            let console = Console::detect(&around, false, false, SystemTime::now);
            return output::report_usage(&stop, &console, cli::asks_for_json(&arguments)).into();
        }
    };
    let global = cli.global.clone();
    let console = Console::detect(&around, global.quiet, global.no_emoji, SystemTime::now);
    match commands::run(cli, &console) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::report(&failure, &console, global.json);
            failure.exit.into()
        }
    }
}
