//! A table of the file: typed values out, findings for what is not as it should be.

use super::super::duration;
use super::super::finding::{Finding, Located};
use super::super::nearest::nearest;
use super::super::origin::{Origin, Sourced};
use super::source::Source;
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table with the name that people write for it, such as `profiles.billing`; the root has none.
#[derive(Clone, Copy)]
pub(crate) struct Section<'a> {
    pub(crate) source: &'a Source,
    pub(crate) table: &'a DeTable<'a>,
}

/// A value of the file.
pub(crate) type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Section<'a> {
    /// Reports each key that is not among the known ones. `elsewhere` names the table to which some of them belong.
    pub(crate) fn check_keys(
        &self,
        known: &[&'static str],
        elsewhere: impl Fn(&str) -> Option<String>,
        findings: &mut Vec<Located>,
    ) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let at = key.span().start;
            let message = format!("unknown key `{name}`");
            let hint = elsewhere(name).unwrap_or_else(|| {
                nearest(name, known.iter().copied()).map_or_else(
                    || format!("known keys: {}", known.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                )
            });
            let finding = Finding::fail("config.unknown_key", message).remedy(hint);
            findings.push(self.source.locate(finding, at));
        }
    }

    /// The value of a key, as it stands.
    pub(crate) fn get(&self, key: &str) -> Option<Value<'a>> {
        self.table.get(key)
    }

    /// Where a value stands.
    pub(crate) fn origin(&self, value: Value<'_>) -> Origin {
        Origin::File {
            path: self.source.path.clone(),
            line: self.source.line(value.span().start),
        }
    }

    /// Reports a value as wrong.
    pub(crate) fn reject(&self, value: Value<'_>, message: String, findings: &mut Vec<Located>) {
        let finding = Finding::fail("config.value", message);
        findings.push(self.source.locate(finding, value.span().start));
    }

    /// Reports a value of the wrong type: the types are named, the value is not.
    pub(crate) fn mistyped(
        &self,
        key: &str,
        expected: &str,
        value: Value<'_>,
        findings: &mut Vec<Located>,
    ) {
        let found = type_name(value.get_ref());
        let message = format!("`{key}`: expected {expected}, found {found}");
        self.reject(value, message, findings);
    }

    /// A table below this one.
    pub(crate) fn section(&self, key: &str, findings: &mut Vec<Located>) -> Option<Self> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped(key, "a table", value, findings);
            return None;
        };
        Some(Section {
            source: self.source,
            table,
        })
    }

    /// A yes or no.
    pub(crate) fn boolean(&self, key: &str, findings: &mut Vec<Located>) -> Option<Sourced<bool>> {
        let value = self.get(key)?;
        let DeValue::Boolean(yes) = value.get_ref() else {
            self.mistyped(key, "true or false", value, findings);
            return None;
        };
        Some(Sourced::new(*yes, self.origin(value)))
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, key: &str, findings: &mut Vec<Located>) -> Option<Sourced<String>> {
        self.parsed(key, findings, |text| Ok(text.to_owned()))
    }

    /// A text that is read as something else.
    pub(crate) fn parsed<T>(
        &self,
        key: &str,
        findings: &mut Vec<Located>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Sourced<T>> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else {
            self.mistyped(key, "a string", value, findings);
            return None;
        };
        let parsed = if text.trim().is_empty() {
            Err("the value is empty".to_owned())
        } else {
            parse(text)
        };
        match parsed {
            Ok(parsed) => Some(Sourced::new(parsed, self.origin(value))),
            Err(reason) => {
                self.reject(value, format!("`{key}`: {reason}"), findings);
                None
            }
        }
    }

    /// A span of time. A bare number is told to take a unit.
    pub(crate) fn duration(
        &self,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Duration>> {
        let value = self.get(key)?;
        if let DeValue::Integer(number) = value.get_ref() {
            let message = format!("`{key}`: a duration needs a unit: write \"{number}s\"");
            self.reject(value, message, findings);
            return None;
        }
        self.parsed(key, findings, duration::parse)
    }

    /// A list of texts, or one text that stands for a list of one.
    pub(crate) fn list<T>(
        &self,
        key: &str,
        findings: &mut Vec<Located>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Sourced<Vec<T>>> {
        let value = self.get(key)?;
        let mut parsed = Vec::new();
        let mut one = |item: Value<'_>, findings: &mut Vec<Located>| match item.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.reject(item, format!("`{key}`: the value is empty"), findings);
            }
            DeValue::String(text) => match parse(text) {
                Ok(value) => parsed.push(value),
                Err(reason) => self.reject(item, format!("`{key}`: {reason}"), findings),
            },
            _ => self.mistyped(key, "a string or a list of strings", item, findings),
        };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().for_each(|item| one(item, findings)),
            _ => one(value, findings),
        }
        Some(Sourced::new(parsed, self.origin(value)))
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
