//! The authority over a real socket, through its public interface alone.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod data_folder;
mod hostile;
mod limits;
mod requests;
mod start;
mod support;
