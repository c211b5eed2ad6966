//! `Debug` of the libraries' public types shows no secret (client requirement 17). Each crate has tests with canaries; this one
//! notices new types: a derived `Debug` prints every field.

use std::fs;
use std::path::{Path, PathBuf};

/// Fields that a derived `Debug` must not print: by their type, whatever their name.
const RAW: [&str; 4] = [
    "Zeroizing<",
    "Vec<(String, String)>",
    "BTreeMap<String, String>",
    "HeaderMap",
];

/// Or by their name, where the type is no type for secrets.
const NAMES: [&str; 6] = [
    "secret",
    "password",
    "private_key",
    "pem",
    "token",
    "credential",
];
const PLAIN: [&str; 5] = ["String", "Vec<u8>", "&'a str", "Url", "Option<String>"];

/// Fields that hold no secret, whatever they are called.
const HARMLESS: [&str; 6] = [
    // Bearer or DPoP.
    "token_type: String",
    "token_type: &'a str",
    // `file billing.secret (config.toml:8)`: where it is.
    "ProfileContext.credential: String",
    // Heads of foreign responses, which the probe looks at.
    "Head.headers: Vec<(String, String)>",
    // A URL.
    "token_endpoint: Option<String>",
    // Its identifier.
    "secret_client_id: String",
];

#[test]
fn client_17_no_public_type_derives_a_debug_that_prints_a_secret() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut files = Vec::new();
    sources(&crates, &mut files);
    assert!(files.len() > 200, "{}", files.len());
    let mut types = 0;
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let library = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (name, fields) in derived(library) {
            types += 1;
            let bad = fields.into_iter().filter(|field| is_raw(&name, field));
            found.extend(bad.map(|field| format!("{}: {name} {{ {field} }}", file.display())));
        }
    }
    assert!(types > 100, "{types}");
    let advice = "write Debug by hand, or use a type for secrets";
    assert!(found.is_empty(), "{advice}:\n{}", found.join("\n"));
}

#[test]
fn what_is_noticed() {
    let text = "#[derive(Debug, Clone)]\npub struct A {\n    /// pub password: String,\n    pub key: Zeroizing<String>,\n    pub id: String,\n}\n\n#[derive(Debug)]\n#[non_exhaustive]\npub struct B(Zeroizing<String>);\n#[derive(Clone)]\npub struct C {\n    pub password: String,\n}\n";
    let noticed: Vec<String> = derived(text)
        .into_iter()
        .flat_map(|(name, fields)| {
            let bad = fields.into_iter().filter(|field| is_raw(&name, field));
            bad.map(|field| format!("{name} {field}"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        noticed,
        ["A key: Zeroizing<String>", "B (Zeroizing<String>)"]
    );
}

/// The public types with a derived `Debug`, each with its fields.
fn derived(text: &str) -> Vec<(String, Vec<String>)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut types = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        let Some(declared) = ["pub struct ", "pub enum "]
            .iter()
            .find_map(|start| line.strip_prefix(start))
        else {
            continue;
        };
        let attributes = lines[..at].iter().rev();
        let mut attributes = attributes
            .map(|line| line.trim())
            .take_while(|line| line.starts_with('#') || line.starts_with("//"));
        if !attributes.any(|line| line.starts_with("#[derive(") && line.contains("Debug")) {
            continue;
        }
        let end = |letter: char| !letter.is_alphanumeric() && letter != '_';
        let name = declared.split(end).next().unwrap_or_default().to_owned();
        let rest = declared[name.len()..].trim_end_matches(';');
        let fields = if rest.ends_with('{') {
            let body = lines[at + 1..].iter().take_while(|line| **line != "}");
            let fields = body
                .map(|line| line.trim())
                .filter(|line| !line.starts_with("//"));
            fields.map(field).collect()
        } else {
            vec![rest.to_owned()]
        };
        types.push((name, fields));
    }
    types
}

fn field(line: &str) -> String {
    let line = line.trim_end_matches(',');
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    line.strip_prefix("pub ").unwrap_or(line).to_owned()
}

fn is_raw(owner: &str, field: &str) -> bool {
    let full = format!("{owner}.{field}");
    if HARMLESS
        .iter()
        .any(|known| *known == field || *known == full)
    {
        return false;
    }
    if RAW.iter().any(|raw| field.contains(raw)) {
        return true;
    }
    field.split_once(": ").is_some_and(|(name, kind)| {
        PLAIN.contains(&kind)
            && NAMES
                .iter()
                .any(|word| name.split('_').any(|part| part == *word) || name == *word)
    })
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "tests" && name != "benches" {
                sources(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
