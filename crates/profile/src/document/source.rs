//! The text of a configuration file, and where in it a byte stands.

use super::super::finding::{Finding, Located};
use crate::error::Error;
use jeton_files::{Access, FileError, Privacy};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;
use zeroize::Zeroizing;

/// The longest configuration file.
const LIMIT: usize = 1024 * 1024;

/// A configuration file as read. It may hold a literal secret, so there is no `Debug`, and its text is zeroed.
pub(crate) struct Source {
    pub(crate) path: Arc<Path>,
    /// Where relative paths start.
    pub(crate) folder: PathBuf,
    /// The user's home, for `~/`.
    pub(crate) home: Option<PathBuf>,
    /// Who else can read it.
    pub(crate) privacy: Privacy,
    /// Owner and mode of the file that was read; `None` for a text without a file.
    pub(crate) access: Option<Access>,
    text: Zeroizing<String>,
    /// Where each line starts: every value is asked for its line.
    lines: Vec<usize>,
}

impl Source {
    /// Reads a file; `None` when there is none.
    ///
    /// # Errors
    /// Exit 3: it cannot be read, is longer than 1 MiB or no UTF-8 text.
    pub(crate) fn read(path: &Path, home: Option<PathBuf>) -> Result<Option<Self>, Error> {
        let failed = |reason: &str| {
            Error::config(format!(
                "cannot read the configuration file {}: {reason}",
                path.display()
            ))
        };
        let content = match jeton_files::read(path, LIMIT) {
            Ok(content) => content,
            Err(error) if error.is_not_found() || is_in_no_folder(&error) => return Ok(None),
            Err(error) => return Err(failed(&error.to_string())),
        };
        let text = std::str::from_utf8(&content.bytes).map_err(|error| {
            failed(&format!(
                "it is not UTF-8 text (byte {})",
                error.valid_up_to()
            ))
        })?;
        Ok(Some(Self {
            access: Some(content.access),
            ..Self::new(path, text, content.access.privacy(), home)
        }))
    }

    /// A file whose text is at hand.
    pub(crate) fn new(path: &Path, text: &str, privacy: Privacy, home: Option<PathBuf>) -> Self {
        Self {
            path: path.into(),
            folder: path.parent().unwrap_or(Path::new("")).to_path_buf(),
            home,
            privacy,
            access: None,
            text: Zeroizing::new(text.to_owned()),
            lines: std::iter::once(0)
                .chain(text.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// The tables of the file.
    ///
    /// # Errors
    /// What is no TOML, with its place. The line itself is not repeated: it may hold a secret.
    pub(crate) fn parse(&self) -> Result<DeTable<'_>, Box<Located>> {
        DeTable::parse(&self.text)
            .map(toml::Spanned::into_inner)
            .map_err(|error| {
                let at = error.span().map_or(self.text.len(), |span| span.start);
                let message = format!("not TOML: {}", error.message());
                Box::new(self.locate(Finding::fail("config.syntax", message), at))
            })
    }

    /// The line on which a byte stands, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.position(at).0
    }

    /// Something found at a byte.
    pub(crate) fn locate(&self, finding: Finding, at: usize) -> Located {
        let (line, column) = self.position(at);
        Located {
            finding,
            path: self.path.to_path_buf(),
            line: Some(line),
            column: Some(column),
        }
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let in_line = self.text.as_bytes().get(start..at).unwrap_or_default();
        (line, String::from_utf8_lossy(in_line).chars().count() + 1)
    }
}

/// Something above the file is no folder: `HOME=/dev/null`.
fn is_in_no_folder(error: &FileError) -> bool {
    matches!(error, FileError::Io(cause) if cause.kind() == ErrorKind::NotADirectory)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Source;
    use jeton_files::Privacy;
    use std::path::Path;

    fn source(text: &str) -> Source {
        Source::new(Path::new("/c/config.toml"), text, Privacy::Private, None)
    }

    #[test]
    fn a_syntax_error_has_a_place_and_shows_no_text() {
        for (text, line, column) in [
            ("a = 1\nb = canary\n", 2, 5),
            ("a = \"canary", 1, 12),
            ("é = 1", 1, 1),
            ("a = 1\na = 2\n", 2, 1),
        ] {
            let finding = source(text).parse().unwrap_err();
            assert_eq!(
                (finding.line, finding.column),
                (Some(line), Some(column)),
                "{finding:?}"
            );
            assert!(!format!("{finding:?}").contains("canary"), "{finding:?}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let source = source("ä = 'öö' # x\nb = 2");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position("ä = ".len()), (1, 5));
        assert_eq!(source.position("ä = 'öö' # x\nb".len()), (2, 2));
        assert_eq!(source.position(10_000), (2, 6));
    }

    /// Counting from the start for every value would take minutes.
    #[test]
    fn the_place_of_every_value_of_a_long_file() {
        let source = source(&"a\n".repeat(400_000));
        for line in 0..400_000 {
            assert_eq!(source.position(2 * line), (line + 1, 1));
        }
        assert_eq!(source.position(800_000), (400_001, 1));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            Source::read(&folder.path().join("none"), None)
                .unwrap()
                .is_none()
        );
        assert!(Source::read(folder.path(), None).is_err());
        let path = folder.path().join("latin1.toml");
        std::fs::write(&path, b"a = '\xff'").unwrap();
        let error = Source::read(&path, None).err().unwrap();
        assert!(error.message.contains("latin1.toml") && error.message.contains("UTF-8"));
    }
}
