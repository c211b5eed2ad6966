//! Beginnings: what a first start makes, so that the first command works.

mod data_dir;
mod dev;

pub use data_dir::{AdminAccess, AdminAccessError, DataDir, DataDirError};
pub use dev::DevAccess;
