//! The example file: it shows what there is, and its defaults are the defaults.

use crate::file::ROOT_KEYS;
use crate::profile_file::{assertion_keys, defaults_keys, mtls_keys, profile_keys};
use crate::testing::Home;
use crate::tool::CACHE_KEYS;
use crate::{Profile, profile_rows, tool_rows};

const EXAMPLE: &str = include_str!("../../../../config.example.toml");

/// A key behind a mark, and not a sentence.
fn is_setting(line: &str) -> bool {
    let key = line.split_once(" = ").map_or("", |(key, _)| key);
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

/// The example file with the lines behind one of the marks switched on.
fn example(marks: &[&str]) -> String {
    let switch_on = |line: &str| {
        let setting = marks.iter().find_map(|mark| line.strip_prefix(mark));
        setting
            .filter(|rest| is_setting(rest))
            .unwrap_or(line)
            .to_owned()
    };
    EXAMPLE
        .lines()
        .map(switch_on)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The settings of a text, without where they come from.
fn plain(toml: &str) -> (Vec<(String, String)>, Profile) {
    let home = Home::new(toml);
    let settings = home
        .load(&[("JETON_CACHE_DIR", "/c"), ("JETON_CONFIG", "/unused")])
        .unwrap();
    let profile = settings.chosen().unwrap();
    let rows = tool_rows(&settings.tool)
        .into_iter()
        .chain(profile_rows(&profile));
    let values = rows
        .filter(|row| row.key != "config")
        .map(|row| (row.key, row.value));
    (values.collect(), profile)
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    let (bare, _) = plain("[profiles.example]\n");
    let (as_written, _) = plain(EXAMPLE);
    let (switched_on, profile) = plain(&example(&["# "]));
    assert_eq!(as_written, bare);
    assert_eq!(switched_on, bare);
    // The defaults were switched on indeed: they come from the file now.
    let from_file = profile_rows(&profile);
    let still_default: Vec<_> = from_file
        .iter()
        .filter(|row| row.origin == "default")
        .map(|row| row.key.as_str())
        .collect();
    assert_eq!(still_default, [""; 0]);
}

#[test]
fn the_example_shows_every_key() {
    let everything = example(&["## ", "# "]);
    // Some keys stand in [defaults] and in the profile both, so all of it is valid at once.
    let home = Home::new(&everything);
    let settings = home.load(&[]).unwrap();
    assert_eq!(settings.default_profile.unwrap().value, "example");
    let table: toml::Table = everything.parse().unwrap();
    let profile = table["profiles"]["example"].as_table().unwrap();
    for (keys, table) in [
        (ROOT_KEYS.to_vec(), &table),
        (CACHE_KEYS.to_vec(), table["cache"].as_table().unwrap()),
        (defaults_keys(), table["defaults"].as_table().unwrap()),
        (profile_keys(), profile),
        (assertion_keys(), profile["assertion"].as_table().unwrap()),
        (mtls_keys(), profile["mtls"].as_table().unwrap()),
    ] {
        for key in keys {
            assert!(table.contains_key(key), "`{key}` is not shown");
        }
    }
}

#[test]
fn the_example_names_every_variable_of_a_profile_that_works() {
    for variable in crate::variables() {
        let of_profile = variable.name.starts_with("CC_") || variable.name.starts_with("OIDC_");
        let refused = variable.doc.contains("not supported");
        if of_profile && !refused {
            assert!(EXAMPLE.contains(variable.name), "{}", variable.name);
        }
    }
}
