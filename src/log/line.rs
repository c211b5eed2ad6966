//! One line of the log, as text or as JSON.

use super::{Field, Format, Level, Module};
use crate::output::clean::{clean_bounded, escape_json, strip_bounded};
use crate::output::time::{Zone, unix_seconds};
use crate::output::width::columns;
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
    /// Lines of the level info are cut to the width: for a terminal, where nobody asked for more.
    pub(super) cut: bool,
}

impl Style {
    /// Text for a file.
    pub(super) const fn file(emoji: bool) -> Self {
        Self {
            format: Format::Text,
            look: Look {
                emoji,
                ..Look::FILE
            },
            cut: false,
        }
    }

    /// The line with its end.
    pub(super) fn render(self, record: &Record<'_>, zone: Zone) -> String {
        match self.format {
            Format::Text => self.text(record, zone),
            Format::Json => json(record),
        }
    }

    /// The whole line, or as much of it as fits: the message, and as many of the first fields.
    fn text(self, record: &Record<'_>, zone: Zone) -> String {
        let message = self
            .look
            .fit(&clean_bounded(&shown(record.message), LONGEST));
        let fields: Vec<String> = record
            .fields
            .iter()
            .map(|field| self.field(field))
            .collect();
        let mut out = self.head(record, zone);
        if !self.cut || record.level != Level::Info {
            out.push_str(&message);
            for (field, text) in record.fields.iter().zip(&fields) {
                self.push(&mut out, field, text);
            }
            out.push('\n');
            return out;
        }
        let plain = Self {
            look: Look {
                colour: false,
                ..self.look
            },
            ..self
        };
        let mark = self.look.fit("…");
        let room = self
            .look
            .width
            .saturating_sub(columns(&plain.head(record, zone)));
        let widths: Vec<usize> = fields.iter().map(|text| 1 + columns(text)).collect();
        let left = room.saturating_sub(columns(&message));
        if columns(&message) <= room && widths.iter().sum::<usize>() <= left {
            out.push_str(&message);
            for (field, text) in record.fields.iter().zip(&fields) {
                self.push(&mut out, field, text);
            }
        } else if columns(&message) + columns(&mark) < room {
            out.push_str(&message);
            let mut left = left.saturating_sub(1 + columns(&mark));
            for ((field, text), width) in record.fields.iter().zip(&fields).zip(widths) {
                let Some(rest) = left.checked_sub(width) else {
                    break;
                };
                left = rest;
                self.push(&mut out, field, text);
            }
            out.push(' ');
            out.push_str(&mark);
        } else {
            out.push_str(&cut(&message, room, &mark));
        }
        out.push('\n');
        out
    }

    /// What comes before the message.
    fn head(self, record: &Record<'_>, zone: Zone) -> String {
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
        out
    }

    /// `name=value`, without colour.
    fn field(self, field: &Field<'_>) -> String {
        let value = self.look.fit(&clean_bounded(&shown(field.value), LONGEST));
        let mut out = format!("{}=", field.name);
        if !field.quoted && !needs_quotes(&value) {
            out.push_str(&value);
            return out;
        }
        out.push('"');
        for character in value.chars() {
            if matches!(character, '"' | '\\') {
                out.push('\\');
            }
            out.push(character);
        }
        out.push('"');
        out
    }

    /// A blank and a field, its name in colour.
    fn push(self, out: &mut String, field: &Field<'_>, text: &str) {
        out.push(' ');
        out.push_str(&self.look.paint(Paint::Label, field.name));
        out.push_str(&text[field.name.len()..]);
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

/// The beginning of a message that fits, with the mark.
fn cut(message: &str, room: usize, mark: &str) -> String {
    let mut out = String::new();
    for character in message.chars() {
        out.push(character);
        if columns(&out) + columns(mark) > room {
            out.pop();
            break;
        }
    }
    out + mark
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
    use crate::log::{Field, Format, Level, Module, field};
    use crate::output::Look;
    use crate::output::time::Zone;
    use std::time::{Duration, UNIX_EPOCH};

    fn line(look: Look, message: &str, value: &str) -> String {
        let style = Style {
            format: Format::Text,
            look,
            cut: false,
        };
        let fields = [field("key", &value)];
        style.render(&record(Level::Info, &message, &fields), Zone::fixed(3_600))
    }

    fn record<'a>(level: Level, message: &'a &str, fields: &'a [Field<'a>]) -> Record<'a> {
        Record {
            time: UNIX_EPOCH + Duration::from_secs(1_795_220_433),
            level,
            module: Module::ClientCreds,
            message,
            fields,
        }
    }

    fn cut(width: usize, colour: bool, level: Level) -> String {
        let style = Style {
            format: Format::Text,
            look: Look {
                width,
                colour,
                ..Look::plain()
            },
            cut: true,
        };
        let fields = [field("exp", &"2026"), field("token_type", &"Bearer")];
        let record = record(level, &"token acquired", &fields);
        style.render(&record, Zone::fixed(0))
    }

    #[test]
    fn a_line_is_cut_at_its_last_fields() {
        let head = "[2026-11-21 00:20:33] [CLIENT-CREDS] [INFO] ";
        for (width, rest) in [
            (85, "token acquired exp=2026 token_type=Bearer"),
            (84, "token acquired exp=2026 …"),
            (69, "token acquired exp=2026 …"),
            (68, "token acquired …"),
            (60, "token acquired …"),
            (59, "token acquired…"),
            (50, "token…"),
            (20, "…"),
        ] {
            let line = cut(width, false, Level::Info);
            assert_eq!(line, format!("{head}{rest}\n"), "{width}");
        }
        // Colour takes no room, and what may hurt is told whole.
        assert!(cut(85, true, Level::Info).contains("Bearer"));
        assert!(cut(40, false, Level::Warn).contains("Bearer"));
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
