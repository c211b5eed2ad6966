//! A reference to a secret as the file has it: a table with one of `env`, `file`, `command` and `keyring`, or the secret itself.

use super::document::{Section, Value};
use super::finding::{Finding, Located};
use super::nearest::nearest;
use super::origin::Sourced;
use super::paths;
use super::secret_ref::{SERVICE, SecretRef};
use jeton_files::Privacy;
use jeton_oauth::ClientSecret;
use toml::de::{DeTable, DeValue};

/// The kinds of reference.
pub(super) const KINDS: &[&str] = &["env", "file", "command", "keyring"];

/// How a reference is written.
const EXPECTED: &str =
    "a table with one of env, file, command and keyring, such as { file = \"secret.txt\" }";

/// The reference under a key.
pub(super) fn read(
    section: Section<'_>,
    key: &str,
    findings: &mut Vec<Located>,
) -> Option<Sourced<SecretRef>> {
    let value = section.get(key)?;
    let reference = match value.get_ref() {
        DeValue::Table(table) => reference(section, key, value, table, findings),
        DeValue::String(text) => literal(section, key, value, text, findings),
        _ => {
            section.mistyped(key, EXPECTED, value, findings);
            None
        }
    }?;
    Some(Sourced::new(reference, section.origin(value)))
}

fn reference(
    section: Section<'_>,
    key: &str,
    value: Value<'_>,
    table: &DeTable<'_>,
    findings: &mut Vec<Located>,
) -> Option<SecretRef> {
    let mut entries = table.iter();
    let (Some((kind, place)), None) = (entries.next(), entries.next()) else {
        section.reject(value, format!("`{key}`: expected {EXPECTED}"), findings);
        return None;
    };
    let name = format!("{key}.{}", kind.get_ref());
    let mut mistyped = |expected: &str| {
        let message = format!("`{name}`: expected {expected}");
        let at = place.span().start;
        findings.push(
            section
                .source
                .locate(Finding::fail("config.value", message), at),
        );
        None
    };
    let text = place.get_ref().as_str().filter(|text| !text.is_empty());
    match kind.get_ref().as_ref() {
        "env" => match text {
            Some(text) => Some(SecretRef::Env(text.to_owned())),
            None => mistyped("the name of a variable, as a string"),
        },
        "file" => match text {
            Some(text) => {
                let source = section.source;
                let path = paths::anchored(text, &source.folder, source.home.as_deref());
                Some(SecretRef::File(path))
            }
            None => mistyped("a path, as a string"),
        },
        "command" => match argv(section, place.get_ref()) {
            Some(argv) => Some(SecretRef::Command(argv)),
            None => mistyped(
                "a list with the program and each of its arguments, such as [\"pass\", \"show\", \"billing\"]; there is no shell",
            ),
        },
        "keyring" => match entry(place.get_ref()) {
            Some((service, user)) => Some(SecretRef::Keyring { service, user }),
            None => mistyped(
                "the name of an entry, \"service/user\", or { service = \"…\", user = \"…\" }",
            ),
        },
        other => {
            let hint = nearest(other, KINDS.iter().copied()).map_or_else(
                || format!("expected {EXPECTED}"),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`{key}`: unknown kind of secret `{other}`");
            let finding = Finding::fail("config.secret_kind", message).remedy(hint);
            findings.push(section.source.locate(finding, kind.span().start));
            None
        }
    }
}

/// The program and its arguments. A program given by a relative path starts at the file's folder, as files do.
fn argv(section: Section<'_>, value: &DeValue<'_>) -> Option<Vec<String>> {
    let words = value.as_array()?.iter();
    let mut argv: Vec<String> = words
        .map(|word| word.get_ref().as_str().map(str::to_owned))
        .collect::<Option<_>>()?;
    let program = argv.first_mut().filter(|program| !program.is_empty())?;
    if program.contains(std::path::is_separator) {
        let source = section.source;
        let path = paths::anchored(program, &source.folder, source.home.as_deref());
        *program = path.to_string_lossy().into_owned();
    }
    Some(argv)
}

fn entry(value: &DeValue<'_>) -> Option<(String, String)> {
    let (service, user) = match value {
        DeValue::String(text) => text.split_once('/').unwrap_or((SERVICE, text)),
        DeValue::Table(table) if table.len() == 2 => (
            table.get("service")?.get_ref().as_str()?,
            table.get("user")?.get_ref().as_str()?,
        ),
        _ => return None,
    };
    let complete = !service.is_empty() && !user.is_empty();
    complete.then(|| (service.to_owned(), user.to_owned()))
}

/// A secret in the file itself: taken only where nobody else can read the file, and never without a word about it.
fn literal(
    section: Section<'_>,
    key: &str,
    value: Value<'_>,
    text: &str,
    findings: &mut Vec<Located>,
) -> Option<SecretRef> {
    let source = section.source;
    let at = value.span().start;
    if text.is_empty() {
        section.reject(value, format!("`{key}`: the value is empty"), findings);
        return None;
    }
    match source.privacy {
        Privacy::Private => {
            let message = format!("`{key}` is in the file in plain text");
            let finding = Finding::warn("config.secret_in_file", message)
                .remedy("`jeton auth login` stores it in the keyring");
            findings.push(source.locate(finding, at));
            Some(SecretRef::Literal(ClientSecret::new(text)))
        }
        Privacy::OpenToOthers(mode) => {
            let message = format!("`{key}` is in a file that others can read (mode {mode})");
            let finding = Finding::fail("config.secret_readable", message).remedy(format!(
                "run chmod 600 {}, or better: remove it and store it in the keyring with `jeton auth login`",
                source.path.display()
            ));
            findings.push(source.locate(finding, at));
            None
        }
        Privacy::Foreign => {
            let message = format!("`{key}` is in a file that belongs to another user");
            let finding = Finding::fail("config.secret_foreign", message).remedy(
                "keep secrets in your own file, or store them in the keyring with `jeton auth login`",
            );
            findings.push(source.locate(finding, at));
            None
        }
    }
}
