//! Log records of the authority. It prints nothing: the caller decides where they go.

use std::fmt;

/// How much a record matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something does not work and someone has to look.
    Error,
    /// Something is wrong, but requests are served.
    Warn,
    /// What happens: one record a request, and each change of state.
    Info,
    /// For those who look for a cause.
    Debug,
}

/// One line of the log. No field ever holds a secret, an assertion or a token.
#[derive(Debug)]
pub struct Record<'a> {
    /// How much it matters.
    pub level: Level,
    /// What happened: lower case without a full stop; `POST /token` for a request.
    pub message: &'a str,
    /// Facts, in the order in which they are to be read: `client`, `status`, `outcome`, `duration_ms`, …
    pub fields: &'a [(&'static str, String)],
}

impl Record<'_> {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Record<'_> {
    /// `message key=value key=value`: values with a space are quoted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)?;
        for (name, value) in self.fields {
            if value.is_empty() || value.contains([' ', '"']) {
                write!(f, " {name}={value:?}")?;
            } else {
                write!(f, " {name}={value}")?;
            }
        }
        Ok(())
    }
}

/// Takes the records. Called on the request's own thread: it must not block.
pub trait Log: Send + Sync {
    /// Takes one record.
    fn record(&self, record: &Record<'_>);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Log for Silent {
    fn record(&self, _record: &Record<'_>) {}
}

/// Foreign text made safe for one line of a log: no control characters, bounded.
pub(crate) fn cleaned(text: &str) -> String {
    text.chars()
        .take(200)
        .map(|c| if c.is_ascii_graphic() { c } else { '?' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Level, Record, cleaned};

    #[test]
    fn a_record_reads_as_message_and_fields() {
        let fields = [
            ("client", "c1".to_owned()),
            ("outcome", "two words".to_owned()),
        ];
        let record = Record {
            level: Level::Info,
            message: "POST /token",
            fields: &fields,
        };
        assert_eq!(
            record.to_string(),
            "POST /token client=c1 outcome=\"two words\""
        );
        assert_eq!(record.field("client"), Some("c1"));
        assert_eq!(record.field("status"), None);
    }

    #[test]
    fn foreign_text_cannot_draw_on_a_terminal() {
        assert_eq!(cleaned("/a\u{1b}[31m\u{202e}\n"), "/a?[31m??");
        assert_eq!(cleaned(&"x".repeat(999)).len(), 200);
    }
}
