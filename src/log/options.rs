//! What is logged, and how: flags, then variables.

use crate::error::{Error, Result};
use clap::ValueEnum;
use std::ffi::OsString;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// Form of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: local time, colour on a terminal
    Text,
    /// For machines: one JSON object per line, times in RFC 3339, UTC
    Json,
}

/// What is logged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    /// The least important level that is written; `None` writes nothing.
    pub(crate) level: Option<Level>,
    pub(crate) format: Format,
}

impl Options {
    /// Flags win over `JETON_LOG` (off, error, warn, info, debug, trace) and `JETON_LOG_FORMAT` (text, json).
    ///
    /// # Errors
    ///
    /// When a variable has another value.
    pub(crate) fn resolve(
        quiet: bool,
        verbose: u8,
        format: Option<Format>,
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self> {
        let level = match (quiet, verbose) {
            (true, _) => None,
            (_, 1) => Some(Level::Debug),
            (_, 2..) => Some(Level::Trace),
            (_, 0) => match variable(env, "JETON_LOG").as_deref() {
                None | Some("info") => Some(Level::Info),
                Some("off") => None,
                Some("error") => Some(Level::Error),
                Some("warn") => Some(Level::Warn),
                Some("debug") => Some(Level::Debug),
                Some("trace") => Some(Level::Trace),
                Some(other) => {
                    return Err(unknown(
                        "JETON_LOG",
                        other,
                        "off, error, warn, info, debug or trace",
                    ));
                }
            },
        };
        let format = match format {
            Some(format) => format,
            None => match variable(env, "JETON_LOG_FORMAT").as_deref() {
                None | Some("text") => Format::Text,
                Some("json") => Format::Json,
                Some(other) => return Err(unknown("JETON_LOG_FORMAT", other, "text or json")),
            },
        };
        Ok(Self { level, format })
    }
}

fn variable(env: &dyn Fn(&str) -> Option<OsString>, name: &str) -> Option<String> {
    let value = env(name)?.to_string_lossy().trim().to_ascii_lowercase();
    Some(value).filter(|value| !value.is_empty())
}

fn unknown(name: &str, value: &str, known: &str) -> Error {
    Error::config(format!("{name} is `{value}`, which is not a valid value"))
        .hint(format!("use {known}"))
}

#[cfg(test)]
mod tests {
    use super::{Format, Level, Options};
    use std::ffi::OsString;

    fn options(quiet: bool, verbose: u8, vars: &[(&str, &str)]) -> Result<Options, u8> {
        let env = |name: &str| {
            vars.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        };
        Options::resolve(quiet, verbose, None, &env).map_err(|error| error.exit.code())
    }

    #[test]
    fn flags_win_over_variables() {
        let level =
            |quiet, verbose, vars: &[_]| options(quiet, verbose, vars).map(|options| options.level);
        assert_eq!(level(false, 0, &[]), Ok(Some(Level::Info)));
        assert_eq!(level(true, 0, &[("JETON_LOG", "trace")]), Ok(None));
        assert_eq!(
            level(false, 1, &[("JETON_LOG", "off")]),
            Ok(Some(Level::Debug))
        );
        assert_eq!(level(false, 2, &[]), Ok(Some(Level::Trace)));
        assert_eq!(level(false, 9, &[]), Ok(Some(Level::Trace)));
        assert_eq!(level(false, 0, &[("JETON_LOG", "OFF")]), Ok(None));
        assert_eq!(level(false, 0, &[("JETON_LOG", "")]), Ok(Some(Level::Info)));
        assert_eq!(level(false, 0, &[("JETON_LOG", "loud")]), Err(3));
        let format =
            options(false, 0, &[("JETON_LOG_FORMAT", "json")]).map(|options| options.format);
        assert_eq!(format, Ok(Format::Json));
        assert_eq!(options(false, 0, &[("JETON_LOG_FORMAT", "xml")]), Err(3));
    }
}
