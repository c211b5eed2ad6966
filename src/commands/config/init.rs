//! `jeton config init`: a commented file to start from.

use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use jeton_profile::Inputs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  jeton config init
      in the user's configuration folder
  jeton config init --config ./jeton.toml
      at another path";

/// Write a commented configuration file; an existing one is not changed
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArgs {
    /// Replace an existing file
    #[arg(long)]
    force: bool,
}

/// The file, key by key: the example in the repository, which tests keep valid.
pub(crate) const TEMPLATE: &str = include_str!("../../../config.example.toml");

impl Verb for InitArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Writes a commented file.
    ///
    /// # Errors
    /// Exit 3: there is a file already, or it cannot be written.
    fn run(&self, app: App) -> Result<Exit> {
        let path = init(self.force, &app.inputs)?;
        if app.json {
            app.print_json(&serde_json::json!({ "path": path }))?;
        } else {
            app.console.print(&format!("{}\n", path.display()))?;
            app.console
                .note("it explains every key; run `jeton config check` after editing");
        }
        Ok(Exit::Done)
    }
}

/// Writes the file with mode 0600, and returns its path.
///
/// # Errors
/// Exit 3: there is a file already, or it cannot be written.
fn init(force: bool, inputs: &Inputs) -> Result<PathBuf> {
    let path = inputs.config_path()?.value;
    write(&path, force).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::config(format!("{} already exists", path.display()))
            .hint("edit it, or replace it with --force"),
        _ => Error::config(format!(
            "cannot write the configuration file {}: {error}",
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
    use super::{TEMPLATE, init};
    use crate::exit::Exit;
    use jeton_profile::Settings;
    use jeton_profile::testing::Home;

    #[test]
    fn a_file_is_written_once_and_is_good() {
        let home = Home::empty();
        let inputs = home.inputs(&[]);
        let path = init(false, &inputs).unwrap();
        assert!(path.starts_with(home.folder.path()));
        let settings = Settings::load(&inputs).unwrap();
        assert!(settings.tool.config_found && settings.warnings.is_empty());

        std::fs::write(&path, "# mine").unwrap();
        let refused = init(false, &inputs).unwrap_err();
        assert_eq!(refused.exit, Exit::Config);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "# mine");
        init(true, &inputs).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), TEMPLATE);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_the_users_eyes_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::empty();
        let path = init(false, &home.inputs(&[])).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
