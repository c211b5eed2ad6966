//! Private, bounded, atomic files: the one place that knows modes, owners, temporary names and renames.
//!
//! There are two kinds of files:
//!
//! - **named** ones, which a person chose: a secret, a certificate, a configuration. Links are followed and a pipe is waited for
//!   (`<(pass show billing)`); what counts is the file that a link leads to. [`read()`] reads one, and reports its [`Access`].
//! - **own** ones, which jeton keeps under a name of its choice: a cache entry, a lock, a key. Links are refused, nothing is waited
//!   for, and the file must be regular, belong to us and be closed to others. [`read_own`] reads one.
//!
//! Owner and mode are always those of the open file (`fstat`), never those of its path: a path can lead elsewhere a moment
//! later. Every read has a limit. A write makes a new file of mode 0600 and gives it its name when it is complete
//! ([`create`], [`replace`]).
//!
//! Windows has no permission bits: there a file is protected by the access list that it inherits from the user's profile, and all
//! that is said here about owners and modes holds without a check.
//!
//! ```
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("secret");
//! jeton_files::create(&path, b"s3cret")?;
//! let content = jeton_files::read(&path, 1024)?;
//! assert_eq!(content.text(), Some("s3cret"));
//! assert_eq!(content.access.privacy(), jeton_files::Privacy::Private);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod error;
pub mod folder;
mod lock;
mod open;
mod read;
mod system;
mod temporary;
mod write;

pub use access::{Access, Mode, Privacy, Trust};
pub use error::{Distrust, FileError, shell_word};
pub use lock::Lock;
pub use open::{TELLS_FILES_APART, access, is_at, open_or_create_own, open_own};
pub use read::{Content, read, read_own, read_regular, read_stream};
#[cfg(unix)]
pub use system::user_id;
pub use temporary::{Temporary, sweep};
pub use write::{create, create_missing, replace};
