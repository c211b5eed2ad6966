//! The log that jeton writes to stderr while it works: `[2026-11-21 01:20:33] [📦 CACHE] [INFO] cache hit ttl=240s`.
//!
//! A logger is a value that is handed on (`&Log`); there is no global. Nothing is formatted or allocated for a line
//! that is not due, and no line ever waits for its reader: see `sink`. The words that scripts look for are in the
//! manual; they change with a major version only.

mod line;
mod options;
mod sink;

pub(crate) use options::{Format, Level, Options};

use crate::output::Console;
use crate::output::time::{Clock, Zone};
use sink::Sink;
use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    ClientCreds,
    Discovery,
    Jwks,
    Cache,
    Mtls,
    Keyring,
    Server,
}

/// A name and a value behind the message.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    name: &'a str,
    value: &'a dyn Display,
    quoted: bool,
}

/// `name=value`; quoted where the value needs it.
pub(crate) fn field<'a>(name: &'a str, value: &'a dyn Display) -> Field<'a> {
    Field {
        name,
        value,
        quoted: false,
    }
}

/// `name="value"`, always quoted: lists such as scopes, where readers count on the quotes.
pub(crate) fn quoted<'a>(name: &'a str, value: &'a dyn Display) -> Field<'a> {
    Field {
        name,
        value,
        quoted: true,
    }
}

/// The logger. Threads share it by reference.
#[derive(Debug)]
pub(crate) struct Log {
    options: Options,
    style: line::Style,
    clock: Clock,
    zone: Zone,
    sink: Mutex<Sink>,
    /// Every line of every level, as text without colour; for a report to share.
    copy: Option<Mutex<String>>,
}

impl Log {
    /// A logger on stderr. Opens and allocates nothing.
    pub(crate) fn new(options: Options, console: &Console) -> Self {
        Self::to(Sink::stderr(), options, console)
    }

    /// A logger on an open file.
    #[cfg(test)]
    pub(crate) fn into_file(file: std::fs::File, options: Options, console: &Console) -> Self {
        Self::to(Sink::file(file), options, console)
    }

    fn to(sink: Sink, options: Options, console: &Console) -> Self {
        Self {
            options,
            style: line::Style {
                format: options.format,
                look: console.stderr,
                cut: console.stderr.terminal && options.level <= Some(Level::Info),
            },
            clock: console.clock,
            zone: console.zone,
            sink: Mutex::new(sink),
            copy: None,
        }
    }

    /// The same logger, which also keeps what it would say with `-vv`.
    pub(crate) fn copying(&self) -> Self {
        Self {
            options: self.options,
            style: self.style,
            clock: self.clock,
            zone: self.zone,
            sink: Mutex::new(Sink::stderr()),
            copy: Some(Mutex::default()),
        }
    }

    /// What was kept so far; empty unless it is [`Self::copying`].
    pub(crate) fn copied(&self) -> String {
        let copy = self.copy.as_ref();
        copy.map_or_else(String::new, |copy| {
            copy.lock().unwrap_or_else(PoisonError::into_inner).clone()
        })
    }

    /// Whether a line of this level would be written: for callers that must work for what they log.
    pub(crate) fn is_due(&self, level: Level) -> bool {
        self.options.level.is_some_and(|least| level <= least)
    }

    /// Writes a line, or leaves it out when stderr would block.
    ///
    /// Foreign text in message and values is cleaned and bounded. A secret must not be handed over at all.
    pub(crate) fn write(
        &self,
        level: Level,
        module: Module,
        message: &dyn Display,
        fields: &[Field<'_>],
    ) {
        if !self.is_due(level) && self.copy.is_none() {
            return;
        }
        let record = line::Record {
            time: (self.clock)(),
            level,
            module,
            message,
            fields,
        };
        if let Some(copy) = &self.copy {
            let line = line::Style::file(self.style.look.emoji).render(&record, self.zone);
            let mut copy = copy.lock().unwrap_or_else(PoisonError::into_inner);
            copy.push_str(&line);
            if !self.is_due(level) {
                return;
            }
        }
        let text = self.style.render(&record, self.zone);
        self.sink().line(text.as_bytes());
    }

    /// A step that failed for good.
    pub(crate) fn error(&self, module: Module, message: impl Display, fields: &[Field<'_>]) {
        self.write(Level::Error, module, &message, fields);
    }

    /// Something that may hurt later.
    pub(crate) fn warn(&self, module: Module, message: impl Display, fields: &[Field<'_>]) {
        self.write(Level::Warn, module, &message, fields);
    }

    /// What a person wants to know who looks once.
    pub(crate) fn info(&self, module: Module, message: impl Display, fields: &[Field<'_>]) {
        self.write(Level::Info, module, &message, fields);
    }

    /// `-v`: what was decided, and why.
    pub(crate) fn debug(&self, module: Module, message: impl Display, fields: &[Field<'_>]) {
        self.write(Level::Debug, module, &message, fields);
    }

    /// `-vv`: requests and responses, redacted by the caller.
    pub(crate) fn trace(&self, module: Module, message: impl Display, fields: &[Field<'_>]) {
        self.write(Level::Trace, module, &message, fields);
    }

    /// Whether a line that comes and goes may be drawn: on a terminal that can, in text, and not with `-q`.
    pub(crate) fn can_draw(&self) -> bool {
        let look = self.style.look;
        look.terminal
            && look.cursor
            && self.options.format == Format::Text
            && self.options.level.is_some()
    }

    /// Draws `status` on the last line of the terminal, in place of the one before. Log lines go above it.
    pub(crate) fn draw_status(&self, status: &str) {
        self.sink().draw(&self.style.look.fit(status));
    }

    /// Takes the drawn line away.
    pub(crate) fn clear_status(&self) {
        self.sink().clear();
    }

    /// Whether stderr can show characters beyond ASCII: for those who draw.
    pub(crate) fn is_unicode(&self) -> bool {
        self.style.look.unicode
    }

    fn sink(&self) -> MutexGuard<'_, Sink> {
        // A thread that panicked while it wrote a line has left nothing half-done that matters here.
        self.sink.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Format, Level, Log, Module, Options, field, quoted};
    use crate::output::Console;
    use std::fmt;
    use std::io::{Read, Seek, SeekFrom};

    struct Untouchable;

    impl fmt::Display for Untouchable {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }

    fn logged(level: Option<Level>, format: Format, write: impl FnOnce(&Log)) -> String {
        let mut file = tempfile::tempfile().unwrap();
        let options = Options { level, format };
        let log = Log::into_file(file.try_clone().unwrap(), options, &Console::plain());
        write(&log);
        drop(log);
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    }

    /// The words and shapes that scripts look for.
    #[test]
    fn lines_of_the_manual() {
        let text = logged(Some(Level::Info), Format::Text, |log| {
            let creds = Module::ClientCreds;
            log.info(
                creds,
                "preparing client credentials request",
                &[
                    field("auth_method", &"private_key_jwt"),
                    field("source", &"keyring"),
                ],
            );
            log.info(
                creds,
                "body built",
                &[quoted("scopes", &"api.read"), quoted("audience", &"")],
            );
            log.info(creds, "POST /token", &[field("method", &"private_key_jwt")]);
            log.info(
                Module::Cache,
                "cache hit",
                &[field("ttl", &format_args!("{}s", 240))],
            );
            log.info(
                Module::Cache,
                format_args!("proactive refresh in {}s", 30),
                &[],
            );
            log.error(
                creds,
                "token request failed",
                &[field("code", &"invalid client"), field("http", &401)],
            );
            log.debug(creds, Untouchable, &[field("never", &Untouchable)]);
        });
        insta::assert_snapshot!(text, @r#"
        [2026-11-21 00:30:33] [CLIENT-CREDS] [INFO] preparing client credentials request auth_method=private_key_jwt source=keyring
        [2026-11-21 00:30:33] [CLIENT-CREDS] [INFO] body built scopes="api.read" audience=""
        [2026-11-21 00:30:33] [CLIENT-CREDS] [INFO] POST /token method=private_key_jwt
        [2026-11-21 00:30:33] [CACHE] [INFO] cache hit ttl=240s
        [2026-11-21 00:30:33] [CACHE] [INFO] proactive refresh in 30s
        [2026-11-21 00:30:33] [CLIENT-CREDS] [ERROR] token request failed code="invalid client" http=401
        "#);
    }

    #[test]
    fn one_object_a_line() {
        let text = logged(Some(Level::Info), Format::Json, |log| {
            log.info(
                Module::Cache,
                "cache hit",
                &[field("ttl", &"240s"), field("evil", &"a\nb\u{202e}\"")],
            );
        });
        insta::assert_snapshot!(text, @r#"{"time":"2026-11-21T00:30:33.000Z","level":"info","module":"CACHE","message":"cache hit","fields":{"ttl":"240s","evil":"a b\""}}"#);
    }

    #[test]
    fn quiet_means_nothing() {
        assert_eq!(
            logged(None, Format::Text, |log| log.error(
                Module::Server,
                "x",
                &[]
            )),
            ""
        );
    }

    #[test]
    fn threads_share_it() {
        fn shareable<T: Send + Sync>() {}
        shareable::<Log>();
    }
}
