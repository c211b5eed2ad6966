//! The configuration file while it is changed: read under a lock, and replaced as a whole.

use crate::error::{Error, Result};
use jeton_files::folder;
use std::fs::File;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The longest configuration file.
const LIMIT: usize = 1024 * 1024;

/// What a new file begins with.
const HEAD: &str = "# Configuration of jeton. `jeton config init --config example.toml` writes a file that explains every key.\n";

/// A file that nobody else changes through jeton as long as this lives.
pub(super) struct Locked {
    path: PathBuf,
    text: Zeroizing<String>,
    _lock: File,
}

impl Locked {
    /// Waits for the lock and reads the file; a missing one is a new text.
    ///
    /// # Errors
    /// Exit 3: the file cannot be read, others may change it, or there is no place for it.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        folder::create(folder).map_err(|error| failed(path, &error))?;
        // A link stays a link: the file that it leads to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let lock = jeton_files::open_or_create_own(&target.with_extension("lock"));
        let lock = lock.map_err(|error| failed(path, &error))?;
        lock.lock().map_err(|error| failed(path, &error))?;
        let text = match jeton_files::read(&target, LIMIT) {
            Ok(content) => {
                content.access.require_trusted().map_err(|distrust| {
                    Error::config(format!("{}: not changed: it {distrust}", path.display()))
                        .hint(distrust.remedy(path))
                })?;
                let text = content
                    .text()
                    .ok_or_else(|| failed(path, &"it is not UTF-8 text"))?;
                Zeroizing::new(text.to_owned())
            }
            Err(error) if error.is_not_found() => Zeroizing::new(HEAD.to_owned()),
            Err(error) => return Err(failed(path, &error)),
        };
        Ok(Self {
            path: target,
            text,
            _lock: lock,
        })
    }

    /// What the file says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces the file, with mode 0600.
    ///
    /// # Errors
    /// Exit 3; the old file then stays as it is.
    pub(super) fn write(self, text: &str) -> Result<()> {
        jeton_files::replace(&self.path, text.as_bytes())
            .map_err(|error| failed(&self.path, &error))
    }
}

fn failed(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::config(format!(
        "cannot change the configuration file {}: {why}",
        path.display()
    ))
}
