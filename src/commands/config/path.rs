//! `jeton config path`: where the configuration file is, or would be.

use crate::error::Error;
use jeton_profile::Inputs;
use serde::Serialize;
use std::path::PathBuf;

/// The place of the file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PathReport {
    #[serde(serialize_with = "jeton_profile::as_text")]
    pub(crate) path: PathBuf,
    /// Why this one: `flag --config`, `env JETON_CONFIG` or `default`.
    pub(crate) origin: String,
    pub(crate) exists: bool,
}

/// Tells the place, without reading the file.
///
/// # Errors
/// Exit 3 when nothing is named and the user has no home.
pub(crate) fn run(inputs: &Inputs) -> Result<PathReport, Error> {
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
        let report = super::run(&home.inputs(&[])).unwrap();
        assert_eq!((report.path, report.exists), (home.config(), true));
        assert_eq!(report.origin, "flag --config");
        let nothing = super::run(&Home::empty().inputs(&[])).unwrap();
        assert_eq!(
            (nothing.origin.as_str(), nothing.exists),
            ("default", false)
        );
    }
}
