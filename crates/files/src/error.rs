//! Why a file is not used.

use crate::access::Mode;
use crate::system;
use std::io;
use std::path::Path;

/// Why a file or folder of our own is neither read nor written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// Links are not followed.
    #[error("is a symbolic link")]
    Symlink,
    /// A folder, pipe, socket or device where a file belongs.
    #[error("is not a regular file")]
    NotAFile,
    /// Something else where the folder belongs.
    #[error("is not a folder")]
    NotAFolder,
    /// The user id of the owner, who is someone else.
    #[error("belongs to another user (uid {0})")]
    OtherOwner(u32),
    /// The group or everybody may read, write or execute.
    #[error("is open to other users (mode {0:04})")]
    OpenToOthers(Mode),
    /// Everybody may write.
    #[error("can be changed by every user (mode {0:04})")]
    WorldWritable(Mode),
}

impl Distrust {
    /// What to do about a file that decides where secrets are sent, and is not used because of its owner or mode.
    #[must_use]
    pub fn remedy(self, path: &Path) -> String {
        let file = shell_word(path);
        match self {
            Self::OtherOwner(_) if system::is_root() => {
                format!("if you trust its content, run chown root {file}")
            }
            Self::OtherOwner(_) => {
                format!("if you trust its content, make a copy (cp {file} COPY) and name that")
            }
            Self::WorldWritable(_) | Self::OpenToOthers(_) => {
                format!("check its content, then run chmod go-w {file}")
            }
            Self::Symlink | Self::NotAFile | Self::NotAFolder => {
                format!("replace {file} by what belongs there")
            }
        }
    }
}

/// A path as one word of a POSIX shell, for a line to copy.
#[must_use]
pub fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Why a file cannot be opened or read. `Display` continues a sentence: "PATH cannot be read: …".
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system's error.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A file that must be our own is not.
    #[error("it {0}")]
    Distrusted(Distrust),
    /// A folder where a file was named.
    #[error("it is a folder")]
    Folder,
    /// The content exceeds the limit.
    #[error("it is longer than {}", size(*limit))]
    TooLong {
        /// The limit in bytes.
        limit: usize,
        /// The length of a regular file in bytes; unknown for a stream.
        length: Option<u64>,
    },
}

impl FileError {
    /// Whether there is no file of this name.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        let kind = match &error {
            FileError::Io(_) => None,
            FileError::Distrusted(_) => Some(io::ErrorKind::PermissionDenied),
            FileError::Folder => Some(io::ErrorKind::IsADirectory),
            FileError::TooLong { .. } => Some(io::ErrorKind::FileTooLarge),
        };
        match (kind, error) {
            (None, FileError::Io(error)) => error,
            (kind, error) => Self::new(kind.unwrap_or(io::ErrorKind::Other), error),
        }
    }
}

/// A limit in the largest unit that divides it.
fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    match bytes {
        0 => "0 bytes".to_owned(),
        _ if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Distrust, FileError, shell_word};
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    #[test]
    fn paths_in_lines_to_copy_are_one_word() {
        for (path, word) in [
            ("/etc/a.toml", "/etc/a.toml"),
            ("a b", "'a b'"),
            ("it's;$(id)", r"'it'\''s;$(id)'"),
        ] {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }

    #[test]
    fn limits_are_written_in_the_largest_unit() {
        for (limit, words) in [
            (0, "it is longer than 0 bytes"),
            (1000, "it is longer than 1000 bytes"),
            (64 * 1024, "it is longer than 64 KiB"),
            (1024 * 1024, "it is longer than 1 MiB"),
        ] {
            let length = None;
            assert_eq!(FileError::TooLong { limit, length }.to_string(), words);
        }
    }

    #[test]
    fn as_an_error_of_the_system_it_keeps_its_kind_and_its_words() {
        let too_long = FileError::TooLong {
            limit: 1024,
            length: None,
        };
        for (error, kind) in [
            (FileError::Folder, ErrorKind::IsADirectory),
            (too_long, ErrorKind::FileTooLarge),
            (
                FileError::Distrusted(Distrust::Symlink),
                ErrorKind::PermissionDenied,
            ),
            (
                FileError::Io(ErrorKind::NotFound.into()),
                ErrorKind::NotFound,
            ),
        ] {
            let words = error.to_string();
            let converted = Error::from(error);
            assert_eq!((converted.kind(), converted.to_string()), (kind, words));
        }
    }
}
