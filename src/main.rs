//! jeton: access tokens for machines.

#[cfg_attr(
    not(test),
    expect(dead_code, reason = "wired to the command line in main")
)]
mod commands;
#[expect(dead_code, reason = "wired to the command line in main")]
mod error;
#[expect(dead_code, reason = "wired to the command line in main")]
mod exit;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "wired to the command line in main")
)]
mod platform;
#[expect(
    dead_code,
    unused_imports,
    reason = "wired to the command line in main"
)]
mod settings;

fn main() {}
