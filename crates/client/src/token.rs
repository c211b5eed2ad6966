//! What a caller gets.

use crate::cache::Entry;
use std::time::Duration;

/// A token and what is known about it.
#[derive(Debug)]
pub struct Token {
    /// The token, its scope, audience and times.
    pub entry: Entry,
    /// Where it comes from.
    pub origin: Origin,
    /// What the caller should be told, a sentence each.
    pub warnings: Vec<String>,
}

/// Where a token comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was kept.
    Cache,
    /// The authorization server, and how long the whole took.
    Server(Duration),
}

/// How a token is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Want {
    /// A new one, whatever is kept.
    pub fresh: bool,
}
