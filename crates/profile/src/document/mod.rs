//! A TOML file on its way to settings: read once, every key known, every value with its line.

mod section;
mod source;

pub(super) use section::{Section, Value};
pub(super) use source::Source;
