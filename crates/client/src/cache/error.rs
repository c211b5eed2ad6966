//! What goes wrong with a cache. None of it fails a command: a token that cannot be kept is still handed out, with a warning.

use jeton_files::{Distrust, FileError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why there is an entry and it does not open. The caller goes on as if there were none, says so, and replaces it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unreadable {
    /// The file is not one that we wrote.
    #[error("the cache file {0}")]
    File(Distrust),
    /// Nothing in this folder is read.
    #[error("the cache folder {0}")]
    Folder(Distrust),
    /// The file cannot be opened or read.
    #[error("the cache file cannot be read: {0}")]
    Io(#[source] Arc<io::Error>),
    /// The file is larger than any entry may be.
    #[error("the cache file is too large ({0} bytes)")]
    TooLarge(u64),
    /// The file does not start as an entry does, or ends too early.
    #[error("the cache file is not a cache entry")]
    NotAnEntry,
    /// The file has a format that this version of jeton does not know.
    #[error("the cache file has the unknown format {0}")]
    UnknownFormat(u8),
    /// The entry was sealed with another key.
    #[error("the cache file was sealed with another key")]
    OtherKey,
    /// The seal is broken: the file was changed, cut, or written for another request.
    #[error("the seal of the cache file is broken")]
    BrokenSeal,
    /// The seal holds, and what is inside is not an entry that this version of jeton understands.
    #[error("the cache file holds something else than a token")]
    NotAToken,
    /// The seal key is not available; [`CacheError::Key`] as a rule.
    #[error(transparent)]
    Key(CacheError),
}

/// Why the cache cannot do what it was asked for.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CacheError {
    /// The key provider's own words.
    #[error("the cache key is not available: {0}")]
    Key(String),
    /// A file operation failed: folder missing or read-only, disk full.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// The system's answer.
        source: Arc<io::Error>,
    },
    /// The cache folder, or a file in it, is not ours alone.
    #[error("{} {distrust}", path.display())]
    Distrusted {
        /// The folder or file.
        path: PathBuf,
        /// What is wrong with it.
        distrust: Distrust,
    },
    /// The token is not kept because nobody knows when it ends.
    #[error("the token has no known end")]
    NoExpiry,
    /// The entry would be larger than what is ever read back.
    #[error("the token answer is too large to keep ({0} bytes)")]
    TooLarge(usize),
    /// The cryptographic library refused: no randomness, or a failed self-test.
    #[error("the cryptographic library failed to {0}")]
    Crypto(&'static str),
}

impl CacheError {
    /// A file that is not used.
    pub(super) fn file(what: &'static str, path: &Path, error: FileError) -> Self {
        match error {
            FileError::Distrusted(distrust) => Self::Distrusted {
                path: path.to_owned(),
                distrust,
            },
            other => Self::io(what, path, other.into()),
        }
    }

    pub(super) fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            what,
            path: path.to_owned(),
            source: Arc::new(source),
        }
    }
}
