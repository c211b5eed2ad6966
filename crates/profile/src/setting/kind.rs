//! How a value is read from file, environment and command line, and how it is shown: once for each type.

use super::{Reason, Setting};
use crate::choice::{self, Words};
use crate::document::Section;
use crate::environment::Environment;
use crate::error::Result;
use crate::finding::Located;
use crate::match_url::MatchUrl;
use crate::origin::Sourced;
use crate::proxies::ProxyUrl;
use crate::secret_ref::SecretRef;
use crate::{duration, paths, secret_file, values};
use jeton_client::AssertionAudience;
use jeton_oauth::{Algorithm, Issuer, ResourceUri, Scopes};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// How values of one kind are read and shown. Most types are a kind of their own.
pub(crate) trait Kind {
    /// The type of the value.
    type Value;

    /// Reads one text without blanks around it, which is not empty.
    ///
    /// # Errors
    /// Why it makes no sense, without repeating what may be a secret.
    fn parse(text: &str) -> Result<Self::Value, String>;

    /// The value as it is shown; of a secret, where it is.
    fn show(value: &Self::Value) -> String;

    /// The value under a key of the configuration file.
    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self::Value>> {
        section.parsed(key, findings, Self::parse)
    }

    /// The value in the variable of a setting, where it is set.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Config`] for a value that makes no sense, named by its variable.
    fn from_environment(
        setting: &Setting,
        environment: &Environment,
    ) -> Result<Option<Sourced<Self::Value>>> {
        let Some(variable) = setting.variable else {
            return Ok(None);
        };
        let Some(Sourced { value, origin }) = environment.text(variable.name)? else {
            return Ok(None);
        };
        match not_empty(&value).and_then(Self::parse) {
            Ok(value) => Ok(Some(Sourced::new(value, origin))),
            Err(reason) => Err(Reason::from(reason).at(&origin)),
        }
    }

    /// The value on the command line; the last one, where it stands there several times.
    ///
    /// # Errors
    /// Why it makes no sense.
    fn from_flag(given: &[OsString]) -> Result<Self::Value, Reason> {
        let last = given.last().map(OsString::as_os_str).unwrap_or_default();
        Ok(not_empty(text(last)?).and_then(Self::parse)?)
    }
}

fn not_empty(text: &str) -> Result<&str, String> {
    match text.trim() {
        "" => Err("the value is empty".to_owned()),
        text => Ok(text),
    }
}

fn text(given: &OsStr) -> Result<&str, String> {
    given
        .to_str()
        .ok_or_else(|| "the value is not UTF-8 text".to_owned())
}

/// A type that is read by one function and shown by another, everywhere alike.
macro_rules! plain {
    ($($kind:ty: $parse:expr, $show:expr;)*) => {
        $(
            impl Kind for $kind {
                type Value = Self;

                fn parse(text: &str) -> Result<Self, String> {
                    $parse(text)
                }

                fn show(value: &Self) -> String {
                    $show(value)
                }
            }
        )*
    };
}

plain! {
    String: verbatim, Self::clone;
    Issuer: values::issuer, ToString::to_string;
    Url: values::endpoint, ToString::to_string;
    ResourceUri: values::resource, ToString::to_string;
    MatchUrl: MatchUrl::parse, ToString::to_string;
    Algorithm: choice::algorithm, ToString::to_string;
    ProxyUrl: ProxyUrl::without_password, ToString::to_string;
    AssertionAudience: audience, ToString::to_string;
}

fn verbatim(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn audience(text: &str) -> Result<AssertionAudience, String> {
    Ok(text.into())
}

/// One of a few words.
impl<W: Words> Kind for W {
    type Value = Self;

    fn parse(text: &str) -> Result<Self, String> {
        Self::from_word(text)
    }

    fn show(value: &Self) -> String {
        value.word().to_owned()
    }
}

impl Kind for bool {
    type Value = Self;

    fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Ok(true),
            "0" | "false" | "no" | "off" => Ok(false),
            _ => Err("expected true or false".to_owned()),
        }
    }

    fn show(value: &Self) -> String {
        value.to_string()
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self>> {
        section.boolean(key, findings)
    }
}

impl Kind for Duration {
    type Value = Self;

    fn parse(text: &str) -> Result<Self, String> {
        duration::parse(text)
    }

    fn show(value: &Self) -> String {
        duration::format(*value)
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self>> {
        section.duration(key, findings)
    }
}

/// A path of the file starts at the file's folder, any other at the current one. It need not be text.
impl Kind for PathBuf {
    type Value = Self;

    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self::from(text))
    }

    fn show(value: &Self) -> String {
        value.display().to_string()
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self>> {
        let source = section.source;
        section.parsed(key, findings, |text| {
            let home = source.home.as_deref();
            Ok(paths::anchored(text, &source.folder, home))
        })
    }

    fn from_environment(
        setting: &Setting,
        environment: &Environment,
    ) -> Result<Option<Sourced<Self>>> {
        let variable = setting.variable;
        Ok(variable.and_then(|variable| environment.path(variable.name)))
    }

    fn from_flag(given: &[OsString]) -> Result<Self, Reason> {
        Ok(given.last().map(Self::from).unwrap_or_default())
    }
}

/// A list: in the file an array, in a variable separated by blanks, on the command line a flag that is repeated.
impl<K: Kind> Kind for Vec<K> {
    type Value = Vec<K::Value>;

    fn parse(text: &str) -> Result<Self::Value, String> {
        text.split_whitespace().map(K::parse).collect()
    }

    fn show(value: &Self::Value) -> String {
        let items: Vec<_> = value.iter().map(K::show).collect();
        items.join(" ")
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self::Value>> {
        section.list(key, findings, K::parse)
    }

    fn from_flag(given: &[OsString]) -> Result<Self::Value, Reason> {
        let one = |item: &OsString| K::parse(not_empty(text(item)?)?);
        Ok(given.iter().map(one).collect::<Result<_, _>>()?)
    }
}

/// Scopes, in one list or in several.
impl Kind for Scopes {
    type Value = Self;

    fn parse(text: &str) -> Result<Self, String> {
        let all: Result<Vec<_>, _> = text.split_whitespace().map(values::scopes).collect();
        Ok(values::union(&all?))
    }

    fn show(value: &Self) -> String {
        value.to_string()
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self>> {
        let lists = section.list(key, findings, values::scopes)?;
        Some(lists.map(|all| values::union(&all)))
    }

    fn from_flag(given: &[OsString]) -> Result<Self, Reason> {
        let one = |item: &OsString| values::scopes(not_empty(text(item)?)?);
        let all: Result<Vec<_>, _> = given.iter().map(one).collect();
        Ok(values::union(&all?))
    }
}

/// Where a secret is. In the environment the secret itself wins over the file that another variable names; neither is read here.
impl Kind for SecretRef {
    type Value = Self;

    fn parse(path: &str) -> Result<Self, String> {
        Ok(Self::File(path.into()))
    }

    fn show(value: &Self) -> String {
        value.to_string()
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<Self>> {
        secret_file::read(section, key, findings)
    }

    fn from_environment(
        setting: &Setting,
        environment: &Environment,
    ) -> Result<Option<Sourced<Self>>> {
        if let Some(secret) = setting.secret
            && let Some(origin) = environment.origin(secret.name)
        {
            let reference = Self::Env(secret.name.to_owned());
            return Ok(Some(Sourced::new(reference, origin)));
        }
        let path = PathBuf::from_environment(setting, environment)?;
        Ok(path.map(|path| path.map(Self::File)))
    }
}
