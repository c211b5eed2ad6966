//! A profile as the file has it.

use super::assertion::AssertionSettings;
use super::choice::unsupported;
use super::document::Section;
use super::extras::{self, ExtraValue, Extras};
use super::finding::{Finding, Located};
use super::mtls::MtlsSettings;
use super::origin::Sourced;
use super::profile::{Profile, quoted};
use super::setting::{Declarations, FromFile};
use toml::de::DeValue;

/// The tables in a profile.
const TABLES: [&str; 4] = ["assertion", "mtls", "params", "headers"];

/// Keys of the contract that this version refuses rather than ignores.
const UNSUPPORTED_KEYS: &[&str] = &["dpop", "provider"];

/// The keys of `[profiles.NAME]`.
pub(super) fn profile_keys() -> Vec<&'static str> {
    let mut keys = Declarations::of(|visitor| Profile::default().visit(visitor)).keys();
    keys.extend(TABLES);
    keys
}

/// The keys of `[defaults]`.
pub(super) fn defaults_keys() -> Vec<&'static str> {
    let settings = Declarations::of(|visitor| Profile::default().visit(visitor)).0;
    let common = settings.iter().filter(|setting| setting.in_defaults);
    common.map(|setting| setting.key).collect()
}

/// The keys of `[profiles.NAME.assertion]`.
pub(super) fn assertion_keys() -> Vec<&'static str> {
    Declarations::of(|visitor| AssertionSettings::default().visit(visitor)).keys()
}

/// The keys of `[profiles.NAME.mtls]`.
pub(super) fn mtls_keys() -> Vec<&'static str> {
    Declarations::of(|visitor| MtlsSettings::default().visit(visitor)).keys()
}

/// The `[defaults]` table: what every profile starts from.
pub(super) fn read_defaults(section: Section<'_>, findings: &mut Vec<Located>) -> Profile {
    let of_profile = profile_keys();
    section.check_keys(
        &defaults_keys(),
        |key| {
            of_profile
                .contains(&key)
                .then(|| "set it in each [profiles.NAME]".to_owned())
        },
        findings,
    );
    let mut defaults = Profile::default();
    let _becomes_findings = defaults.visit(&mut FromFile { section, findings });
    defaults
}

/// A `[profiles.NAME]` table.
pub(super) fn read_profile(
    name: &str,
    section: Section<'_>,
    defaults: &Profile,
    findings: &mut Vec<Located>,
) -> Profile {
    let table = quoted(name);
    let known = [profile_keys().as_slice(), UNSUPPORTED_KEYS].concat();
    let below = [("assertion", assertion_keys()), ("mtls", mtls_keys())];
    let belongs = |key: &str| {
        let (place, _) = below.iter().find(|(_, keys)| keys.contains(&key))?;
        Some(format!("it belongs in [profiles.{table}.{place}]"))
    };
    section.check_keys(&known, belongs, findings);
    refuse_unsupported(section, findings);

    let mut profile = Profile::new(name, defaults);
    let _becomes_findings = profile.visit(&mut FromFile { section, findings });
    let environment = profile.environment.as_ref();
    if section.get("enabled").is_none()
        && environment.is_some_and(|found| found.value.eq_ignore_ascii_case("prod"))
    {
        profile.enabled = Sourced::default(false);
    }
    let misplaced = |key: &str| {
        let of_profile = profile_keys().contains(&key);
        of_profile.then(|| "it belongs in the profile's table".to_owned())
    };
    if let Some(section) = section.section("assertion", findings) {
        section.check_keys(&assertion_keys(), misplaced, findings);
        let _becomes_findings = profile.assertion.visit(&mut FromFile { section, findings });
    }
    if let Some(section) = section.section("mtls", findings) {
        section.check_keys(&mtls_keys(), misplaced, findings);
        let _becomes_findings = profile.mtls.visit(&mut FromFile { section, findings });
    }
    profile.params = extras(section, "params", extras::param, findings);
    profile.headers = extras(section, "headers", extras::header, findings);
    profile
}

/// Refuses what only a later version does, except where it is switched off.
fn refuse_unsupported(section: Section<'_>, findings: &mut Vec<Located>) {
    for key in UNSUPPORTED_KEYS {
        let Some(value) = section.get(key) else {
            continue;
        };
        let switched_off = *key == "dpop" && value.get_ref().as_bool() == Some(false);
        if !switched_off {
            section.reject(value, unsupported(&format!("`{key}`")), findings);
        }
    }
}

fn extras(
    section: Section<'_>,
    key: &str,
    read: impl Fn(&str, &str) -> Result<ExtraValue, String>,
    findings: &mut Vec<Located>,
) -> Extras {
    let mut extras = Extras::new();
    let Some(table) = section.section(key, findings) else {
        return extras;
    };
    for (name, value) in table.table {
        let DeValue::String(text) = value.get_ref() else {
            table.mistyped(name.get_ref(), "a string", value, findings);
            continue;
        };
        match read(name.get_ref(), text) {
            Ok(extra) => {
                extras.insert(
                    name.get_ref().to_string(),
                    Sourced::new(extra, table.origin(value)),
                );
            }
            Err(reason) => {
                let finding = Finding::fail("config.value", reason);
                findings.push(section.source.locate(finding, name.span().start));
            }
        }
    }
    extras
}
