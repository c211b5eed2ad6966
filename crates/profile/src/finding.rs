//! What is wrong in a configuration file, with its place: what `jeton config check` lists and what loading fails with.

use crate::error::Error;
use serde::{Serialize, Serializer};
use std::path::{Path, PathBuf};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is not used.
    Error,
    /// Said, and passed over.
    Warning,
}

/// One thing that is wrong. It never repeats a value of the file that could be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The file.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Counted from 1; `None` where the finding is about the whole file.
    pub line: Option<usize>,
    /// Counted in characters from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Writes a path for JSON, which cannot hold one that is no text: what is not becomes a replacement character.
///
/// # Errors
/// Those of the serializer.
pub fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

impl Finding {
    /// The finding in one line, with what to do about it.
    pub fn told(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{} ({hint})", self.located()),
            None => self.located(),
        }
    }

    /// `path:line:column: message`, as editors and compilers write it.
    pub fn located(&self) -> String {
        let mut text = self.path.display().to_string();
        for number in [self.line, self.column].into_iter().flatten() {
            text.push_str(&format!(":{number}"));
        }
        format!("{text}: {}", self.message)
    }
}

/// The findings that make a file unusable, as one failure: exit 3. `None` when there are only warnings.
pub(crate) fn failure(findings: &[Finding]) -> Option<Error> {
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    match errors.as_slice() {
        [] => None,
        [only] => {
            let error = Error::config(only.located());
            Some(match &only.hint {
                Some(hint) => error.hint(hint),
                None => error,
            })
        }
        [first, ..] => {
            let error = Error::config(format!(
                "{} has {} errors",
                first.path.display(),
                errors.len()
            ));
            let listed = errors.iter().fold(error, |error, finding| {
                let hint = finding
                    .hint
                    .as_ref()
                    .map_or_else(String::new, |hint| format!(" ({hint})"));
                error.detail(format!("{}{hint}", finding.located()))
            });
            Some(listed.hint("`jeton config check` lists them all"))
        }
    }
}
