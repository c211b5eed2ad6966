//! One line of the log, as text or as JSON.

use super::{Field, Format, Level, Module};
use crate::output::clean::{clean_bounded, escape_json, strip_bounded};
use crate::output::time::{Zone, unix_seconds};
use crate::output::{Look, Paint};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::fmt::{Display, Write};
use std::time::SystemTime;

/// Longest message or value, in characters.
const LONGEST: usize = 1_000;
/// A JSON line that is longer than a pipe takes in one piece would be cut, and no longer be JSON: its values are
/// shortened instead.
const SHORTER: [usize; 2] = [200, 40];
const ONE_PIECE: usize = 4_096;

/// What a line tells.
pub(super) struct Record<'a> {
    pub(super) time: SystemTime,
    pub(super) level: Level,
    pub(super) module: Module,
    pub(super) message: &'a dyn Display,
    pub(super) fields: &'a [Field<'a>],
}

/// How it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) format: Format,
    pub(super) look: Look,
}

impl Style {
    /// Text for a file.
    pub(super) const PLAIN: Self = Self {
        format: Format::Text,
        look: Look::FILE,
    };

    /// The line with its end.
    pub(super) fn render(self, record: &Record<'_>, zone: Zone) -> String {
        match self.format {
            Format::Text => self.text(record, zone),
            Format::Json => json(record),
        }
    }

    fn text(self, record: &Record<'_>, zone: Zone) -> String {
        let look = self.look;
        let mut out = String::with_capacity(160);
        let stamp = format!("[{}]", zone.stamp(unix_seconds(record.time)));
        out.push_str(&look.paint(Paint::Label, &stamp));
        let (emoji, module) = record.module.names();
        out.push_str(" [");
        if look.emoji {
            out.push_str(emoji);
            out.push(' ');
        }
        out.push_str(module);
        out.push_str("] [");
        let paint = match record.level {
            Level::Error => Paint::Bad,
            Level::Warn => Paint::Warning,
            Level::Info => Paint::Good,
            Level::Debug | Level::Trace => Paint::Label,
        };
        out.push_str(&look.paint(paint, record.level.upper()));
        out.push_str("] ");
        out.push_str(&look.fit(&clean_bounded(&shown(record.message), LONGEST)));
        for field in record.fields {
            let value = look.fit(&clean_bounded(&shown(field.value), LONGEST));
            out.push(' ');
            out.push_str(&look.paint(Paint::Label, field.name));
            out.push('=');
            if field.quoted || needs_quotes(&value) {
                out.push('"');
                for character in value.chars() {
                    if matches!(character, '"' | '\\') {
                        out.push('\\');
                    }
                    out.push(character);
                }
                out.push('"');
            } else {
                out.push_str(&value);
            }
        }
        out.push('\n');
        out
    }
}

/// `{"time":…,"level":…,"module":…,"message":…,"fields":{…}}`; every value is a string.
fn json(record: &Record<'_>) -> String {
    let mut line = json_bounded(record, LONGEST);
    for longest in SHORTER {
        if line.len() > ONE_PIECE {
            line = json_bounded(record, longest);
        }
    }
    line
}

fn json_bounded(record: &Record<'_>, longest: usize) -> String {
    let document = Document {
        time: DateTime::<Utc>::from(record.time).to_rfc3339_opts(SecondsFormat::Millis, true),
        level: record.level.lower(),
        module: record.module.names().1,
        message: strip_bounded(&shown(record.message), longest),
        fields: Fields(record.fields, longest),
    };
    // Serialising strings to a string cannot fail.
    let text = serde_json::to_string(&document).unwrap_or_default();
    let mut out = escape_json(&text).into_owned();
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Document<'a> {
    time: String,
    level: &'a str,
    module: &'a str,
    message: String,
    fields: Fields<'a>,
}

struct Fields<'a>(&'a [Field<'a>], usize);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for field in self.0 {
            let value = strip_bounded(&shown(field.value), self.1);
            map.serialize_entry(field.name, &value)?;
        }
        map.end()
    }
}

fn shown(value: &dyn Display) -> String {
    let mut text = String::new();
    // A value that fails to show itself is logged as far as it got.
    let _ = write!(text, "{value}");
    text
}

fn needs_quotes(value: &str) -> bool {
    value.is_empty()
        || value.contains(|character: char| {
            character.is_whitespace() || matches!(character, '"' | '\\' | '=')
        })
}

impl Level {
    const fn upper(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Warn => "WARN",
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
            Self::Trace => "TRACE",
        }
    }

    const fn lower(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

impl Module {
    /// Emoji and name.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::ClientCreds => ("🤝", "CLIENT-CREDS"),
            Self::Discovery => ("🔎", "DISCOVERY"),
            Self::Jwks => ("🔐", "JWKS"),
            Self::Cache => ("📦", "CACHE"),
            Self::Mtls => ("🪪", "MTLS"),
            Self::Keyring => ("🗝️", "KEYRING"),
            Self::Server => ("🏛️", "SERVER"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, Style};
    use crate::log::{Format, Level, Module, field};
    use crate::output::Look;
    use crate::output::time::Zone;
    use std::time::{Duration, UNIX_EPOCH};

    fn line(look: Look, message: &str, value: &str) -> String {
        let style = Style {
            format: Format::Text,
            look,
        };
        let record = Record {
            time: UNIX_EPOCH + Duration::from_secs(1_795_220_433),
            level: Level::Info,
            module: Module::ClientCreds,
            message: &message,
            fields: &[field("key", &value)],
        };
        style.render(&record, Zone::fixed(3_600))
    }

    #[test]
    fn emoji_where_they_are_seen() {
        let look = Look {
            emoji: true,
            ..Look::plain()
        };
        assert_eq!(
            line(look, "POST /token", "v"),
            "[2026-11-21 01:20:33] [🤝 CLIENT-CREDS] [INFO] POST /token key=v\n"
        );
    }

    #[test]
    fn one_line_whatever_comes_in() {
        let text = line(
            Look::plain(),
            "a\nb\u{1b}[2J",
            "x\r\n[2026] [CACHE] [INFO] \"forged\"",
        );
        assert_eq!(
            text,
            "[2026-11-21 01:20:33] [CLIENT-CREDS] [INFO] a b key=\"x [2026] [CACHE] [INFO] \\\"forged\\\"\"\n"
        );
        assert!(line(Look::plain(), "m", &"v".repeat(100_000)).len() < 1_200);
    }

    #[test]
    fn a_json_line_fits_a_pipe_and_stays_json() {
        let long = "\"é".repeat(10_000);
        let fields = ["a", "b", "c", "d", "e"].map(|name| field(name, &long));
        let record = Record {
            time: UNIX_EPOCH,
            level: Level::Trace,
            module: Module::Server,
            message: &long,
            fields: &fields,
        };
        let text = super::json(&record);
        assert!(text.len() <= super::ONE_PIECE, "{}", text.len());
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
