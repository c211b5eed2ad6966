//! `jeton config path`: where the configuration file is, or would be.

use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use jeton_profile::Inputs;
use serde::Serialize;
use std::path::PathBuf;

const EXAMPLES: &str = r#"Examples:
  $EDITOR "$(jeton config path)"
      edit the configuration"#;

/// Print the path of the configuration file
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PathArgs {}

impl Verb for PathArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints where the file is.
    ///
    /// # Errors
    /// Exit 3 where the path is unknown.
    fn run(&self, app: App) -> Result<Exit> {
        let report = find(&app.inputs)?;
        if app.json {
            app.print_json(&report)?;
        } else {
            app.console.print(&format!("{}\n", report.path.display()))?;
            if !report.exists {
                app.console
                    .note("the file does not exist yet: `jeton config init` writes one");
            }
        }
        Ok(Exit::Done)
    }
}

/// The path of the file.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PathReport {
    #[serde(serialize_with = "jeton_profile::as_text")]
    path: PathBuf,
    /// Why this one: `flag --config`, `env JETON_CONFIG` or `default`.
    origin: String,
    exists: bool,
}

/// Finds the path, without reading the file.
///
/// # Errors
/// Exit 3 if no file is named and the user has no home folder.
fn find(inputs: &Inputs) -> Result<PathReport> {
    let found = inputs.config_path()?;
    Ok(PathReport {
        exists: found.value.exists(),
        origin: found.origin.to_string(),
        path: found.value,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use jeton_profile::testing::Home;

    #[test]
    fn it_is_told_whether_the_file_is_there() {
        let home = Home::new("");
        let report = super::find(&home.inputs(&[])).unwrap();
        assert_eq!((report.path, report.exists), (home.config(), true));
        assert_eq!(report.origin, "flag --config");
        let nothing = super::find(&Home::empty().inputs(&[])).unwrap();
        assert_eq!(
            (nothing.origin.as_str(), nothing.exists),
            ("default", false)
        );
    }
}
