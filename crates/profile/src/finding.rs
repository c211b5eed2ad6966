//! What is wrong in a configuration file, with its place: what `jeton config check` lists and what loading fails with.

use crate::error::Error;
pub(crate) use jeton_oauth::finding::Finding;
use jeton_oauth::finding::Severity;
use serde::Serializer;
use std::fmt;
use std::path::{Path, PathBuf};

/// A finding with its place in the configuration: [`Severity::Fail`] where the file cannot be used, [`Severity::Warn`] where
/// it can. It never repeats a value of the file that could be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// What is wrong.
    pub finding: Finding,
    /// The file.
    pub path: PathBuf,
    /// Counted from 1; `None` where the finding is about the whole file.
    pub line: Option<usize>,
    /// Counted in characters from 1.
    pub column: Option<usize>,
}

impl Located {
    /// A finding about the whole file.
    #[must_use]
    pub fn in_file(finding: Finding, path: &Path) -> Self {
        Self {
            finding,
            path: path.to_path_buf(),
            line: None,
            column: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn remedy(self, line: impl Into<String>) -> Self {
        Self {
            finding: self.finding.remedy(line),
            ..self
        }
    }

    /// Whether the file cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.finding.severity == Severity::Fail
    }

    /// The finding as a failure: exit 3.
    pub(crate) fn into_error(self) -> Error {
        let error = Error::config(self.to_string());
        self.finding.remedy.into_iter().fold(error, Error::hint)
    }

    /// The finding in one line, with what to do about it.
    #[must_use]
    pub fn with_remedy(&self) -> String {
        match self.finding.remedy.first() {
            Some(remedy) => format!("{self} ({remedy})"),
            None => self.to_string(),
        }
    }
}

/// `path:line:column: message`, as editors and compilers write it.
impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.finding.what)
    }
}

/// Writes a path for JSON, which cannot hold one that is no text: what is not becomes a replacement character.
///
/// # Errors
/// Those of the serializer.
pub fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// The findings that make a file unusable, as one failure: exit 3. `None` when there are only warnings.
pub(crate) fn failure(findings: &[Located]) -> Option<Error> {
    let errors: Vec<_> = findings.iter().filter(|found| found.is_error()).collect();
    let error = summary(&errors)?;
    let findings = errors.into_iter().cloned().collect();
    Some(Error { findings, ..error })
}

fn summary(errors: &[&Located]) -> Option<Error> {
    match errors {
        [] => None,
        [only] => Some((*only).clone().into_error()),
        [first, ..] => {
            let error = Error::config(format!(
                "{} has {} errors",
                first.path.display(),
                errors.len()
            ));
            let listed = errors
                .iter()
                .fold(error, |error, found| error.detail(found.with_remedy()));
            Some(listed.hint("`jeton config check` lists them all"))
        }
    }
}
