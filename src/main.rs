//! jeton: access tokens for machines.

mod error;
mod exit;

fn main() {}
