//! `jeton config init`: a commented file to start from.

use crate::error::Error;
use jeton_profile::Inputs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The file, key by key: the very one that the repository shows, and that tests keep true.
pub(crate) const TEMPLATE: &str = include_str!("../../../config.example.toml");

/// What `jeton config init` was asked for.
#[derive(Debug, Default)]
pub(crate) struct InitOptions {
    /// `--force`: replace a file that is there.
    pub(crate) force: bool,
}

/// Writes the file, for the user's eyes alone (0600), and tells where.
///
/// # Errors
/// Exit 3: there is a file already, or it cannot be written.
pub(crate) fn run(options: &InitOptions, inputs: &Inputs) -> Result<PathBuf, Error> {
    let path = inputs.config_path()?.value;
    write(&path, options.force).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::config(format!("{} exists already", path.display()))
            .hint("change it, or replace it with --force"),
        _ => Error::config(format!(
            "the configuration file {} cannot be written: {error}",
            path.display()
        )),
    })?;
    Ok(path)
}

fn write(path: &Path, force: bool) -> std::io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        jeton_files::folder::create(folder)?;
    }
    if force {
        jeton_files::replace(path, TEMPLATE.as_bytes())
    } else {
        jeton_files::create(path, TEMPLATE.as_bytes())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{InitOptions, TEMPLATE, run};
    use crate::exit::Exit;
    use jeton_profile::Settings;
    use jeton_profile::testing::Home;

    #[test]
    fn a_file_is_written_once_and_is_good() {
        let home = Home::empty();
        let inputs = home.inputs(&[]);
        let path = run(&InitOptions::default(), &inputs).unwrap();
        assert!(path.starts_with(home.folder.path()));
        let settings = Settings::load(&inputs).unwrap();
        assert!(settings.tool.config_found && settings.warnings.is_empty());

        std::fs::write(&path, "# mine").unwrap();
        let refused = run(&InitOptions::default(), &inputs).unwrap_err();
        assert_eq!(refused.exit, Exit::Config);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "# mine");
        run(&InitOptions { force: true }, &inputs).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), TEMPLATE);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_the_users_eyes_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::empty();
        let path = run(&InitOptions::default(), &home.inputs(&[])).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
