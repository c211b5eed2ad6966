//! Whether a file may decide where credentials are sent and which programs run.
//!
//! Such a file must belong to us or root, and not everybody may write it (`docs/configuration.md`). What counts are owner and mode
//! of the file that was read, so a link is as good as the file that it leads to.

use crate::env;
use crate::finding::Finding;
use crate::profile::Profile;
use jeton_files::{Access, Trust, shell_word};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// The keys by which a configuration file decides it, in whichever table.
const KEYS: &[&str] = &["command", "issuer", "token_endpoint", "ca_file", "proxy"];

/// The variables by which an environment file decides it; `HOME` and `XDG_CONFIG_HOME` lead to a configuration file.
const VARIABLES: &[&str] = &[
    env::OIDC_ISSUER,
    env::CC_TOKEN_ENDPOINT,
    env::JETON_CONFIG,
    env::HOME,
    env::XDG_CONFIG_HOME,
    env::SSL_CERT_FILE,
    env::HTTPS_PROXY,
    "https_proxy",
    env::HTTP_PROXY,
    "http_proxy",
    env::ALL_PROXY,
    "all_proxy",
];

/// Tables whose keys are names of somebody else.
const FOREIGN_TABLES: [&str; 2] = ["params", "headers"];

/// What a configuration file holds that matters here.
#[derive(Debug, Default)]
pub(crate) struct DecidingKeys {
    /// The first of the deciding keys.
    pub(crate) deciding: Option<&'static str>,
    /// The variables that its `{ env }` references name.
    pub(crate) secret_variables: Vec<String>,
}

impl DecidingKeys {
    /// Looks through every table, so that a key counts wherever it stands.
    pub(crate) fn of(table: &DeTable<'_>) -> Self {
        let mut keys = Self::default();
        keys.look_through(table);
        keys
    }

    fn look_through(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let key: &str = key.get_ref();
            if FOREIGN_TABLES.contains(&key) {
                continue;
            }
            if let Some(known) = KEYS.iter().find(|known| **known == key) {
                self.deciding.get_or_insert(known);
            }
            match value.get_ref() {
                DeValue::String(name) if key == "env" => {
                    self.secret_variables.push(name.clone().into_owned());
                }
                DeValue::Table(table) => self.look_through(table),
                DeValue::Array(items) => {
                    for item in items {
                        if let DeValue::Table(table) = item.get_ref() {
                            self.look_through(table);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// The first deciding variable among these names.
pub(crate) fn deciding_variable<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names.find(|name| VARIABLES.contains(name))
}

/// What is to be said about a file that sets `deciding`, a key or a variable: a failure where the file must not be used, a warning
/// where its group may write it.
pub(crate) fn check(path: &Path, access: Access, deciding: &str) -> Option<Finding> {
    let decides = format!("its {deciding} decides {}", power(deciding));
    match access.trust() {
        Trust::Trusted => None,
        Trust::GroupWritable(mode) => {
            let what = format!("its group can change it (mode {mode}), and {decides}");
            let finding = Finding::warn("config.group_writable", what);
            Some(finding.remedy(format!("run chmod g-w {}", shell_word(path))))
        }
        Trust::WorldWritable(_) | Trust::Foreign(_) => {
            let distrust = access.require_trusted().err()?;
            let what = format!("not used: it {distrust}, and {decides}");
            Some(Finding::fail("config.untrusted", what).remedy(distrust.remedy(path)))
        }
    }
}

/// What a key or variable decides.
fn power(deciding: &str) -> &'static str {
    match deciding {
        "command" => "which program runs",
        "ca_file" | env::SSL_CERT_FILE => "which servers are trusted",
        env::JETON_CONFIG | env::XDG_CONFIG_HOME | env::HOME => "which configuration is used",
        _ => "where credentials are sent",
    }
}

impl Profile {
    /// What is wrong with the CA file: it cannot be read, or others may change it. Its content is not read.
    #[must_use]
    pub fn ca_file_finding(&self) -> Option<Finding> {
        let path = &self.ca_file.as_ref()?.value;
        let file = format!("the CA file {}", path.display());
        let access = match jeton_files::access(path) {
            Ok(access) => access,
            Err(error) => {
                let what = format!("{file} cannot be read: {error}");
                return Some(Finding::fail("ca_file.unreadable", what));
            }
        };
        match access.trust() {
            Trust::Trusted => None,
            Trust::GroupWritable(mode) => {
                let what = format!("{file} can be changed by its group (mode {mode})");
                let finding = Finding::warn("ca_file.group_writable", what);
                Some(finding.remedy(format!("run chmod g-w {}", shell_word(path))))
            }
            Trust::WorldWritable(_) | Trust::Foreign(_) => {
                let distrust = access.require_trusted().err()?;
                let finding = Finding::fail("ca_file.untrusted", format!("{file} {distrust}"));
                Some(finding.remedy(distrust.remedy(path)))
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{DecidingKeys, deciding_variable};
    use toml::de::DeTable;

    fn keys(text: &str) -> DecidingKeys {
        DecidingKeys::of(DeTable::parse(text).unwrap().get_ref())
    }

    #[test]
    fn client_13_a_deciding_key_counts_wherever_it_stands() {
        for (text, expected) in [
            ("[profiles.a]\nissuer = 'x'", Some("issuer")),
            ("profiles.a.token_endpoint = 'x'", Some("token_endpoint")),
            ("[defaults]\nca_file = 'x'", Some("ca_file")),
            ("profiles.a.client_secret.command = ['x']", Some("command")),
            (
                "[profiles.a]\nmtls = { key = { command = ['x'] } }",
                Some("command"),
            ),
            (
                "profiles.a.sources = [{ command = ['x'] }]",
                Some("command"),
            ),
            ("[profiles.a]\nclient_id = 'issuer'", None),
            ("[profiles.a.params]\nissuer = 'x'", None),
            ("[profiles.a.headers]\nissuer = 'x'", None),
        ] {
            assert_eq!(keys(text).deciding, expected, "{text}");
        }
    }

    #[test]
    fn client_11_variables_of_references_are_found() {
        let text = "[profiles.a]\nclient_secret.env = 'A'\nassertion = { private_key = { env = 'B' } }\nparams.env = 'C'\n";
        assert_eq!(keys(text).secret_variables, ["A", "B"]);
    }

    #[test]
    fn variables_that_lead_elsewhere() {
        let found = |name| deciding_variable(["CC_SCOPES", name].into_iter());
        for name in ["OIDC_ISSUER", "JETON_CONFIG", "https_proxy", "HOME"] {
            assert_eq!(found(name), Some(name));
        }
        assert_eq!(found("CC_CLIENT_SECRET"), None);
    }
}
