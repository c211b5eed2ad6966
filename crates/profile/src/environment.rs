//! The environment as jeton sees it: a snapshot taken once, with the file of `--env-file` behind it.

use super::dotenv::{self, EnvFile};
use super::finding::{Finding, Located};
use super::origin::{Origin, Sourced};
use super::secret_variables::SecretVariables;
use super::trust;
use crate::error::Error;
use jeton_files::{Privacy, shell_word};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The variables of the process and of the environment file. `Debug` shows names alone.
///
/// A variable of the real environment wins over the same name in the file, as with other tools that read such files:
/// what a job sets for one run is nearer than what lies in its folder.
#[derive(Clone, Default)]
pub struct Environment {
    process: BTreeMap<OsString, OsString>,
    file: Option<EnvFile>,
}

impl Environment {
    /// The variables of a process, and of a file if one is given.
    ///
    /// # Errors
    /// Exit 3 where the file cannot be read or understood, and where it decides where credentials are sent and others may change
    /// it.
    pub fn new(process: BTreeMap<OsString, OsString>, file: Option<&Path>) -> Result<Self, Error> {
        let environment = Self {
            process,
            file: file.map(dotenv::read).transpose()?,
        };
        match environment.check_file().filter(Located::is_error) {
            Some(refused) => Err(refused.into_error()),
            None => Ok(environment),
        }
    }

    /// What should be said about the file, though it is used; `secrets` are the variables that hold secrets.
    pub(crate) fn warnings(&self, secrets: impl FnOnce() -> SecretVariables) -> Vec<Located> {
        let Some(file) = &self.file else {
            return Vec::new();
        };
        let exposed = exposed(file, &secrets());
        self.check_file().into_iter().chain(exposed).collect()
    }

    /// What owner and mode of the file mean, if it decides where credentials are sent.
    fn check_file(&self) -> Option<Located> {
        let file = self.file.as_ref()?;
        let names = file.assignments.keys().map(String::as_str);
        let deciding = trust::deciding_variable(names)?;
        let finding = trust::check(&file.path, file.access, deciding)?;
        Some(Located::in_file(finding, &file.path))
    }

    /// The names of all variables that are set and not empty; of the file, with their lines.
    pub(crate) fn set(&self) -> impl Iterator<Item = (&str, Option<(&Path, usize)>)> {
        let of_process = self
            .process
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, _)| Some((name.to_str()?, None)));
        let of_file = self.file.iter().flat_map(|file| {
            let set = file.assignments.iter();
            set.filter(|(_, found)| !found.value.is_empty())
                .map(|(name, found)| (name.as_str(), Some((&*file.path, found.line))))
        });
        of_process.chain(of_file)
    }

    /// The text of a setting. An empty variable counts as not set, as CI systems leave unset ones empty.
    ///
    /// # Errors
    /// Exit 3 where it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<Sourced<String>>, Error> {
        let Some(value) = self.os(name).filter(|found| !found.value.is_empty()) else {
            return Ok(None);
        };
        match value.value.to_str() {
            Some(text) => Ok(Some(Sourced::new(text.to_owned(), value.origin))),
            None => Err(not_text(name)),
        }
    }

    /// A path, which need not be UTF-8.
    pub fn path(&self, name: &str) -> Option<Sourced<PathBuf>> {
        self.os(name)
            .filter(|found| !found.value.is_empty())
            .map(|found| found.map(PathBuf::from))
    }

    /// Where a variable comes from, set to nothing included: a secret that a job failed to fill in must be noticed.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        self.os(name).map(|found| found.origin)
    }

    /// A secret. `None` when the variable is not set; set to nothing, it is the empty text.
    ///
    /// # Errors
    /// Exit 3 where it is not UTF-8.
    pub fn secret(&self, name: &str) -> Result<Option<Zeroizing<String>>, Error> {
        self.os(name)
            .map(|found| {
                let text = found.value.to_str().ok_or_else(|| not_text(name))?;
                Ok(Zeroizing::new(text.to_owned()))
            })
            .transpose()
    }

    /// A yes or no.
    ///
    /// # Errors
    /// Exit 3 where it is neither.
    pub fn flag(&self, name: &str) -> Result<Option<Sourced<bool>>, Error> {
        let Some(found) = self.text(name)? else {
            return Ok(None);
        };
        let value = match found.value.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => true,
            "0" | "false" | "no" | "off" => false,
            _ => {
                return Err(Error::config(format!(
                    "{}: expected true or false",
                    found.origin
                )));
            }
        };
        Ok(Some(Sourced::new(value, found.origin)))
    }

    fn os(&self, name: &str) -> Option<Sourced<&OsStr>> {
        if let Some(value) = self.process.get(OsStr::new(name)) {
            return Some(Sourced::new(value, Origin::Env(name.to_owned())));
        }
        let file = self.file.as_ref()?;
        let assignment = file.assignments.get(name)?;
        let origin = Origin::EnvFile {
            path: file.path.clone(),
            line: assignment.line,
            name: name.to_owned(),
        };
        Some(Sourced::new(OsStr::new(assignment.value.as_str()), origin))
    }
}

/// A secret in a file that others can read.
fn exposed(file: &EnvFile, secrets: &SecretVariables) -> Option<Located> {
    let Privacy::OpenToOthers(mode) = file.access.privacy() else {
        return None;
    };
    if !mode.is_readable_by_others() {
        return None;
    }
    let (name, found) = file
        .assignments
        .iter()
        .find(|(name, found)| secrets.contains(name) && !found.value.is_empty())?;
    let what = format!("it has {name} and is readable by others (mode {mode})");
    let finding = Finding::warn("env_file.readable", what)
        .remedy(format!("run chmod 600 {}", shell_word(&file.path)));
    Some(Located {
        line: Some(found.line),
        ..Located::in_file(finding, &file.path)
    })
}

fn not_text(name: &str) -> Error {
    Error::config(format!("env {name}: the value is not UTF-8 text"))
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("process", &self.process.keys())
            .field(
                "file",
                &self.file.as_ref().map(|file| file.assignments.keys()),
            )
            .finish()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Environment;
    use crate::testing::variables;

    #[test]
    fn the_process_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deploy.env");
        std::fs::write(&path, "A=file\n\nB=file\n").unwrap();
        let environment =
            Environment::new(variables(&[("A", "process")]), Some(path.as_path())).unwrap();
        let a = environment.text("A").unwrap().unwrap();
        assert_eq!(
            (a.value.as_str(), a.origin.to_string().as_str()),
            ("process", "env A")
        );
        let b = environment.text("B").unwrap().unwrap();
        assert_eq!(
            (b.value.as_str(), b.origin.to_string().as_str()),
            ("file", "deploy.env:3 B")
        );
    }

    #[test]
    fn an_empty_setting_is_none_but_an_empty_secret_is_seen() {
        let environment = Environment::new(variables(&[("A", "")]), None).unwrap();
        assert!(environment.text("A").unwrap().is_none());
        assert!(environment.path("A").is_none());
        assert!(environment.origin("A").is_some());
        assert_eq!(environment.secret("A").unwrap().unwrap().as_str(), "");
    }

    #[test]
    fn yes_and_no() {
        for (text, expected) in [("1", true), ("TRUE", true), ("off", false), ("no", false)] {
            let environment = Environment::new(variables(&[("A", text)]), None).unwrap();
            assert_eq!(environment.flag("A").unwrap().unwrap().value, expected);
        }
        let environment = Environment::new(variables(&[("A", "perhaps")]), None).unwrap();
        let error = environment.flag("A").unwrap_err();
        assert_eq!(error.message, "env A: expected true or false");
    }

    #[test]
    fn debug_shows_no_value() {
        let environment = Environment::new(variables(&[("SECRET", "canary")]), None).unwrap();
        let shown = format!("{environment:?}");
        assert!(
            shown.contains("SECRET") && !shown.contains("canary"),
            "{shown}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_refused_by_name() {
        use std::os::unix::ffi::OsStringExt;
        let odd = std::ffi::OsString::from_vec(vec![b'a', 0xff]);
        let environment =
            Environment::new([("A".into(), odd)].into_iter().collect(), None).unwrap();
        assert!(environment.text("A").unwrap_err().message.contains("env A"));
        assert!(environment.secret("A").is_err());
        assert!(environment.path("A").is_some());
    }
}
