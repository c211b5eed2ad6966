//! `jeton config show`: every value with where it comes from; secrets masked, and none of them opened.

use crate::error::Error;
use jeton_profile::{Profile, Row, Settings, profile_rows, tool_rows};
use serde::Serialize;

/// The settings, ready to be printed.
#[derive(Debug, Serialize)]
pub(crate) struct ShowReport {
    /// Settings of the tool.
    pub(crate) tool: Vec<Row>,
    pub(crate) profiles: Vec<ShownProfile>,
}

/// The settings of one profile.
#[derive(Debug, Serialize)]
pub(crate) struct ShownProfile {
    pub(crate) name: String,
    pub(crate) values: Vec<Row>,
}

/// Gathers the settings of the tool and of the profile that would be used; of every profile where none was chosen.
///
/// # Errors
/// Exit 3 where there is no profile of the name that was given, or a variable makes no sense.
pub(crate) fn run(settings: &Settings) -> Result<ShowReport, Error> {
    let profiles = if settings.undecided()? {
        settings.all()?
    } else {
        vec![settings.chosen()?]
    };
    Ok(ShowReport {
        tool: tool_rows(&settings.tool),
        profiles: profiles.iter().map(shown).collect(),
    })
}

fn shown(profile: &Profile) -> ShownProfile {
    ShownProfile {
        name: profile.name.clone(),
        values: profile_rows(profile),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::run;
    use jeton_profile::testing::Home;

    const FILE: &str = "[profiles.a]\nissuer = 'https://auth.example.com'\nclient_secret = 'canary'\n[profiles.b]\nheaders.X-Key = 'canary'\nclient_secret = { command = ['vault', 'canary'] }\n";

    #[test]
    fn values_come_with_origins_and_secrets_are_masked() {
        let home = Home::new(FILE);
        let settings = home
            .load(&[("CC_CLIENT_ID", "me"), ("JETON_PROFILE", "a")])
            .unwrap();
        let report = run(&settings).unwrap();
        let [profile] = report.profiles.as_slice() else {
            panic!("one profile is shown");
        };
        let row = |key: &str| {
            let row = profile.values.iter().find(|row| row.key == key).unwrap();
            (row.value.as_str(), row.origin.as_str())
        };
        assert_eq!(row("issuer"), ("https://auth.example.com", "config.toml:2"));
        assert_eq!(row("client_id"), ("me", "env CC_CLIENT_ID"));
        assert_eq!(row("client_secret"), ("(masked)", "config.toml:3"));
        assert_eq!(row("timeout"), ("30s", "default"));
        assert_eq!(
            row("assertion.private_key"),
            ("keyring jeton/a/private_key", "keyring jeton/a/private_key")
        );
    }

    #[test]
    fn where_nobody_chose_all_are_shown() {
        let settings = Home::new(FILE).load(&[]).unwrap();
        let report = run(&settings).unwrap();
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(report.profiles.len(), 2, "nobody chose");
        assert!(
            run(&Home::empty().load(&[]).unwrap())
                .unwrap()
                .profiles
                .is_empty()
        );
        assert!(
            json.contains("command vault …") && !json.contains("canary"),
            "{json}"
        );
    }
}
