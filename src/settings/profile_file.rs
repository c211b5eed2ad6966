//! A profile as the file has it.

use super::choice::{self, AssertionAudience, MethodChoice, Words, unsupported};
use super::document::Section;
use super::extras::{self, ExtraValue, Extras};
use super::finding::{Finding, Severity};
use super::match_url::MatchUrl;
use super::mtls::{MTLS_KEYS, MtlsSettings};
use super::origin::Sourced;
use super::profile::{AssertionSettings, Defaults, Profile, quoted};
use super::values;
use super::{paths, secret_file};
use std::path::PathBuf;
use toml::de::DeValue;

/// The keys of `[defaults]`.
pub(super) const DEFAULTS_KEYS: &[&str] = &["timeout", "refresh_before", "min_ttl", "ca_file"];

/// The keys of `[profiles.NAME]`.
pub(super) const PROFILE_KEYS: &[&str] = &[
    "enabled",
    "environment",
    "environment_id",
    "region",
    "issuer",
    "token_endpoint",
    "client_id",
    "client_secret",
    "auth_method",
    "scopes",
    "audience",
    "resource",
    "match",
    "basic_encoding",
    "send_client_id",
    "ca_file",
    "timeout",
    "refresh_before",
    "min_ttl",
    "assertion",
    "mtls",
    "params",
    "headers",
];

/// The keys of `[profiles.NAME.assertion]`.
pub(super) const ASSERTION_KEYS: &[&str] =
    &["alg", "kid", "private_key", "lifetime", "audience", "typ"];

/// Keys of the contract that this version refuses rather than ignores.
const UNSUPPORTED_KEYS: &[&str] = &["dpop", "provider"];

/// The `[defaults]` table.
pub(super) fn read_defaults(section: Section<'_>, findings: &mut Vec<Finding>) -> Defaults {
    section.check_keys(
        DEFAULTS_KEYS,
        |key| {
            PROFILE_KEYS
                .contains(&key)
                .then(|| "set it in each [profiles.NAME]".to_owned())
        },
        findings,
    );
    timing(section, Defaults::default(), findings)
}

/// What `[defaults]` and a profile have in common.
fn timing(section: Section<'_>, before: Defaults, findings: &mut Vec<Finding>) -> Defaults {
    let timeout = section.duration("timeout", findings);
    if let (Some(found), Some(value)) = (&timeout, section.get("timeout"))
        && found.value.is_zero()
    {
        section.reject(
            value,
            "`timeout`: nothing can be done in no time".to_owned(),
            findings,
        );
    }
    Defaults {
        timeout: timeout.unwrap_or(before.timeout),
        refresh_before: section
            .duration("refresh_before", findings)
            .unwrap_or(before.refresh_before),
        min_ttl: section
            .duration("min_ttl", findings)
            .unwrap_or(before.min_ttl),
        ca_file: path(section, "ca_file", findings).or(before.ca_file),
    }
}

/// A `[profiles.NAME]` table.
pub(super) fn read_profile(
    name: &str,
    section: Section<'_>,
    defaults: &Defaults,
    findings: &mut Vec<Finding>,
) -> Profile {
    let table = quoted(name);
    let belongs = |key: &str| {
        let below = [("assertion", ASSERTION_KEYS), ("mtls", MTLS_KEYS)];
        let (place, _) = below.iter().find(|(_, keys)| keys.contains(&key))?;
        Some(format!("it belongs in [profiles.{table}.{place}]"))
    };
    section.check_keys(
        &[PROFILE_KEYS, UNSUPPORTED_KEYS].concat(),
        belongs,
        findings,
    );
    refuse_unsupported(section, findings);

    let environment = section.text("environment", findings);
    let is_prod = environment
        .as_ref()
        .is_some_and(|found| found.value.eq_ignore_ascii_case("prod"));
    let times = timing(section, defaults.clone(), findings);
    let blank = Profile::new(name, times);
    Profile {
        enabled: section
            .boolean("enabled", findings)
            .unwrap_or_else(|| Sourced::default(!is_prod)),
        environment,
        environment_id: section.text("environment_id", findings),
        region: section.text("region", findings),
        issuer: section.parsed("issuer", findings, values::issuer),
        token_endpoint: section.parsed("token_endpoint", findings, values::endpoint),
        client_id: section.text("client_id", findings),
        client_secret: secret_file::read(section, "client_secret", findings),
        auth_method: section
            .parsed("auth_method", findings, MethodChoice::parse)
            .unwrap_or(blank.auth_method),
        scopes: section
            .list("scopes", findings, values::scopes)
            .map_or(blank.scopes, |found| found.map(|all| values::union(&all))),
        audience: section
            .list("audience", findings, |text| Ok(text.to_owned()))
            .unwrap_or(blank.audience),
        resource: section
            .list("resource", findings, values::resource)
            .unwrap_or(blank.resource),
        matches: section
            .list("match", findings, MatchUrl::parse)
            .unwrap_or(blank.matches),
        basic_encoding: section
            .parsed("basic_encoding", findings, Words::from_word)
            .unwrap_or(blank.basic_encoding),
        send_client_id: section
            .boolean("send_client_id", findings)
            .unwrap_or(blank.send_client_id),
        assertion: section
            .section("assertion", findings)
            .map_or(blank.assertion, |section| assertion(section, findings)),
        mtls: section
            .section("mtls", findings)
            .map_or(blank.mtls, |section| MtlsSettings::read(section, findings)),
        params: extras(section, "params", extras::param, findings),
        headers: extras(section, "headers", extras::header, findings),
        timeout: blank.timeout,
        refresh_before: blank.refresh_before,
        min_ttl: blank.min_ttl,
        ca_file: blank.ca_file,
        name: blank.name,
    }
}

fn assertion(section: Section<'_>, findings: &mut Vec<Finding>) -> AssertionSettings {
    section.check_keys(
        ASSERTION_KEYS,
        |key| {
            PROFILE_KEYS
                .contains(&key)
                .then(|| "it belongs in the table of the profile".to_owned())
        },
        findings,
    );
    let blank = AssertionSettings::default();
    let lifetime = section.duration("lifetime", findings);
    if let (Some(found), Some(value)) = (&lifetime, section.get("lifetime"))
        && found.value.as_secs() == 0
    {
        let message = "`lifetime`: an assertion has to live for a second at least".to_owned();
        section.reject(value, message, findings);
    }
    AssertionSettings {
        alg: section.parsed("alg", findings, choice::algorithm),
        kid: section.text("kid", findings),
        private_key: secret_file::read(section, "private_key", findings),
        lifetime: lifetime.unwrap_or(blank.lifetime),
        audience: section
            .parsed("audience", findings, |text| {
                Ok(AssertionAudience::parse(text))
            })
            .unwrap_or(blank.audience),
        typ: section
            .parsed("typ", findings, Words::from_word)
            .unwrap_or(blank.typ),
    }
}

/// Refuses what only a later version does, except where it is switched off.
fn refuse_unsupported(section: Section<'_>, findings: &mut Vec<Finding>) {
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
    judge: impl Fn(&str, &str) -> Result<ExtraValue, String>,
    findings: &mut Vec<Finding>,
) -> Extras {
    let mut extras = Extras::new();
    let Some(table) = section.section(key, findings) else {
        return extras;
    };
    for (name, value) in table.table {
        let DeValue::String(text) = value.get_ref() else {
            table.mistyped(name.get_ref(), "a text in quotes", value, findings);
            continue;
        };
        match judge(name.get_ref(), text) {
            Ok(extra) => {
                extras.insert(
                    name.get_ref().to_string(),
                    Sourced::new(extra, table.origin(value)),
                );
            }
            Err(reason) => findings.push(section.source.finding(
                Severity::Error,
                name.span().start,
                reason,
            )),
        }
    }
    extras
}

/// A path, starting at the file's folder.
pub(super) fn path(
    section: Section<'_>,
    key: &str,
    findings: &mut Vec<Finding>,
) -> Option<Sourced<PathBuf>> {
    let source = section.source;
    section.parsed(key, findings, |text| {
        Ok(paths::anchored(
            text,
            &source.folder,
            source.home.as_deref(),
        ))
    })
}
