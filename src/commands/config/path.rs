//! `jeton config path`: where the configuration file is, or would be.

use crate::settings::Tool;
use serde::Serialize;
use std::path::PathBuf;

/// The place of the file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PathReport {
    #[serde(serialize_with = "crate::settings::as_text")]
    pub(crate) path: PathBuf,
    /// Why this one: `flag --config`, `env JETON_CONFIG` or `default`.
    pub(crate) origin: String,
    pub(crate) exists: bool,
}

/// Tells the place of the file that the settings were made from.
pub(crate) fn run(tool: &Tool) -> PathReport {
    PathReport {
        path: tool.config_path.value.clone(),
        origin: tool.config_path.origin.to_string(),
        exists: tool.config_found,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::settings::testing::Home;

    #[test]
    fn it_is_told_whether_the_file_is_there() {
        let home = Home::new("");
        let report = super::run(&home.load(&[]).unwrap().tool);
        assert_eq!((report.path, report.exists), (home.config(), true));
        assert_eq!(report.origin, "flag --config");
        let nothing = super::run(&Home::empty().load(&[]).unwrap().tool);
        assert_eq!(
            (nothing.origin.as_str(), nothing.exists),
            ("default", false)
        );
    }
}
