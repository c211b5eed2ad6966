//! jeton: access tokens for machines.

mod commands;
mod error;
mod exit;
mod platform;
mod settings;

fn main() {}
