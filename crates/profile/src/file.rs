//! The configuration file as a whole.

use super::document::{Section, Source};
use super::finding::Located;
use super::nearest::nearest;
use super::origin::Sourced;
use super::profile::Profile;
use super::profile_file;
use super::tool::Tool;
use super::trust::{self, DecidingKeys};
use toml::de::DeValue;

/// The keys at the top.
pub(super) const ROOT_KEYS: &[&str] = &["default_profile", "cache", "defaults", "profiles"];

/// What the file says beside the settings of the tool.
#[derive(Default)]
pub(super) struct Content {
    pub(super) profiles: Vec<Profile>,
    pub(super) default_profile: Option<Sourced<String>>,
    pub(super) defaults: Profile,
    /// The variables that its `{ env }` references name.
    pub(super) secret_variables: Vec<String>,
}

/// Reads everything, and reports everything that is wrong in one go.
pub(super) fn read(source: &Source, tool: &mut Tool, findings: &mut Vec<Located>) -> Content {
    let table = match source.parse() {
        Ok(table) => table,
        Err(finding) => {
            findings.push(*finding);
            return Content::default();
        }
    };
    let keys = DecidingKeys::of(&table);
    if let Some(finding) = check(source, &keys) {
        let refused = finding.is_error();
        findings.push(finding);
        // Nothing of a file that is not trusted is used, and nothing else in it matters.
        if refused {
            return Content::default();
        }
    }
    let root = Section {
        source,
        table: &table,
    };
    let belongs = |key: &str| {
        profile_file::profile_keys()
            .contains(&key)
            .then(|| "it belongs in a [profiles.NAME] table".to_owned())
    };
    root.check_keys(ROOT_KEYS, belongs, findings);
    if let Some(cache) = root.section("cache", findings) {
        tool.read_cache(cache, findings);
    }
    let defaults = root
        .section("defaults", findings)
        .map_or_else(Profile::default, |section| {
            profile_file::read_defaults(section, findings)
        });
    let profiles = read_profiles(root, &defaults, findings);
    let default_profile = root.text("default_profile", findings);
    if let (Some(named), Some(value)) = (&default_profile, root.get("default_profile"))
        && !profiles.iter().any(|profile| profile.name == named.value)
    {
        let candidates = profiles.iter().map(|profile| profile.name.as_str());
        let meant = nearest(&named.value, candidates)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let message = format!("`default_profile`: no profile `{}`{meant}", named.value);
        root.reject(value, message, findings);
    }
    findings.sort_by_key(|finding| (finding.line, finding.column));
    Content {
        profiles,
        default_profile,
        defaults,
        secret_variables: keys.secret_variables,
    }
}

/// What is to be said about owner and mode of the file.
fn check(source: &Source, keys: &DecidingKeys) -> Option<Located> {
    let (access, deciding) = (source.access?, keys.deciding?);
    let finding = trust::check(&source.path, access, deciding)?;
    Some(Located::in_file(finding, &source.path))
}

fn read_profiles(
    root: Section<'_>,
    defaults: &Profile,
    findings: &mut Vec<Located>,
) -> Vec<Profile> {
    let Some(all) = root.section("profiles", findings) else {
        return Vec::new();
    };
    let mut profiles = Vec::new();
    for (name, value) in all.table {
        let DeValue::Table(table) = value.get_ref() else {
            all.mistyped(name.get_ref(), "a table", value, findings);
            continue;
        };
        let name: &str = name.get_ref();
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            let message = "a profile needs a printable name".to_owned();
            all.reject(value, message, findings);
            continue;
        }
        let section = Section {
            source: root.source,
            table,
        };
        profiles.push(profile_file::read_profile(
            name, section, defaults, findings,
        ));
    }
    profiles
}
