//! `--file`: a file that has other lines, too, and that contains a secret from now on.

use super::{ExportFormat, Variable, git, render};
use crate::error::{Error, Result};
use crate::exit::Exit;
use jeton_files::{Distrust, FileError, Lock};
use jeton_profile::SecretVariables;
use jeton_profile::dotenv::{self, Line};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// No `.env` file is larger.
const LARGEST: usize = 1024 * 1024;
/// Others that write to a file of the same folder are done sooner.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The result of writing the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// One line each.
    pub(crate) warnings: Vec<String>,
}

/// Checks that this format can be written to a file.
///
/// # Errors
/// Wrong usage for a format that has no lines to merge.
pub(crate) fn check_format(format: ExportFormat) -> Result<()> {
    match format {
        ExportFormat::Sh | ExportFormat::Dotenv | ExportFormat::Gitlab => Ok(()),
        ExportFormat::Fish
        | ExportFormat::Powershell
        | ExportFormat::Json
        | ExportFormat::Github => Err(Error::usage(
            "--file writes the formats sh, dotenv and gitlab",
        )
        .hint("redirect the output for any other format")),
    }
}

/// Writes the variables into `path` and leaves every other line as it is, byte for byte.
///
/// The file is replaced as a whole (a temporary name beside it, then a rename) and has mode 0600 afterwards; at no
/// moment is there half a file, or one that others can read.
///
/// # Errors
///
/// For a format that has no lines to merge (usage), a symbolic link or anything else that is not a regular file, a file
/// that is not text or over 1 MiB, and a folder that cannot be written to.
pub(crate) fn write_file(
    path: &Path,
    format: ExportFormat,
    variables: &[Variable<'_>],
    secrets: &SecretVariables,
) -> Result<Written> {
    check_format(format)?;
    let _held = Lock::folder(folder_of(path), PATIENCE)
        .map_err(|failure| failed(path, "write", &failure.to_string()))?;
    let existing = read(path)?;
    let lines = variables
        .iter()
        .map(|variable| {
            Ok(Line {
                name: variable.name.as_str(),
                text: render(format, std::slice::from_ref(variable))?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let text = dotenv::merge(&existing, &lines);
    jeton_files::replace(path, text.as_bytes())
        .map_err(|failure| failed(path, "write", &failure.to_string()))?;
    let mut written = Written::default();
    if git::would_add(path, secrets) {
        written.warnings.push(format!(
            "git does not ignore {}, which now contains a token: add it to .gitignore",
            path.display()
        ));
    }
    Ok(written)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The text of a regular file; empty if there is none.
fn read(path: &Path) -> Result<Zeroizing<String>> {
    let content = match jeton_files::read_regular(path, LARGEST) {
        Ok(content) => content,
        Err(error) if error.is_not_found() => return Ok(Zeroizing::default()),
        Err(FileError::Distrusted(Distrust::Symlink)) => {
            return Err(refused(path, "is a symbolic link").hint("give the file that it points to"));
        }
        Err(FileError::Distrusted(_) | FileError::Folder) => {
            return Err(refused(path, "is not a regular file"));
        }
        Err(FileError::TooLong { .. }) => return Err(refused(path, "is larger than 1 MiB")),
        Err(error @ FileError::Io(_)) => return Err(failed(path, "read", &error.to_string())),
    };
    match content.text() {
        Some(text) => Ok(Zeroizing::new(text.to_owned())),
        None => Err(refused(path, "is not UTF-8 text")),
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::new(
        Exit::Usage,
        format!("{} {why}; not changed", path.display()),
    )
}

fn failed(path: &Path, what: &str, failure: &str) -> Error {
    Error::new(Exit::Usage, format!("cannot {what} {}", path.display()))
        .detail(failure)
        .hint("give a file in a folder that you can write to")
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{SecretVariables, write_file};
    use crate::output::export::{EnvName, ExportFormat, Variable};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::process::{Command, Stdio};

    fn write(path: &Path, format: ExportFormat) -> Result<Vec<String>, (u8, String)> {
        let name = EnvName::parse("ACCESS_TOKEN").unwrap();
        let secrets = SecretVariables::default();
        write_file(path, format, &[Variable::new(&name, "a'b")], &secrets)
            .map(|written| written.warnings)
            .map_err(|error| (error.exit.code(), error.message))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn private_whole_and_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        std::fs::write(&path, "# mine\nA=1").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(write(&path, ExportFormat::Dotenv), Ok(vec![]));
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "# mine\nA=1\nACCESS_TOKEN=\"a'b\"\n"
        );
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
            0o600
        );
        assert_eq!(write(&path, ExportFormat::Sh), Ok(vec![]));
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "# mine\nA=1\nexport ACCESS_TOKEN='a'\\''b'\n"
        );
        assert_eq!(names(folder.path()), [".env"]);
    }

    #[test]
    fn what_is_no_plain_text_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        std::fs::write(&target, "A=1\n").unwrap();
        let link = folder.path().join("link");
        symlink(&target, &link).unwrap();
        let dangling = folder.path().join("dangling");
        symlink(folder.path().join("nowhere"), &dangling).unwrap();
        let binary = folder.path().join("binary");
        std::fs::write(&binary, [0xff, 0xfe]).unwrap();
        let large = folder.path().join("large");
        std::fs::write(&large, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        for path in [&link, &dangling, &binary, &large, &folder.path().to_owned()] {
            let (code, message) = write(path, ExportFormat::Dotenv).unwrap_err();
            assert_eq!(code, 2);
            assert!(message.ends_with("; not changed"), "{message}");
        }
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "A=1\n");
        assert_eq!(std::fs::read(&binary).unwrap(), [0xff, 0xfe]);
        let (_, message) =
            write(&folder.path().join("no/such/folder"), ExportFormat::Dotenv).unwrap_err();
        assert!(message.starts_with("cannot write "), "{message}");
    }

    #[test]
    fn only_forms_of_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("env");
        for format in [
            ExportFormat::Fish,
            ExportFormat::Powershell,
            ExportFormat::Json,
            ExportFormat::Github,
        ] {
            assert_eq!(write(&path, format).unwrap_err().0, 2);
        }
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn warns_where_git_would_add_it() {
        let folder = tempfile::tempdir().unwrap();
        let init = Command::new("git")
            .args(["init", "--quiet"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .status();
        if !init.is_ok_and(|status| status.success()) {
            return;
        }
        let path = folder.path().join(".env");
        let warnings = write(&path, ExportFormat::Dotenv).unwrap();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains(".gitignore"), "{warnings:?}");
        std::fs::write(folder.path().join(".gitignore"), ".env\n").unwrap();
        assert_eq!(write(&path, ExportFormat::Dotenv), Ok(vec![]));
    }
}
