//! The only printer. Rules that its files keep:
//!
//! - stdout has the result and nothing else, written at once after everything has succeeded; on failure it is empty.
//! - Every message about the result goes to stderr: `note: …`, `warning: …`, `error: …`, then `hint: …`;
//!   lower case, no full stop.
//! - A token is masked unless the caller passes an exposed one; foreign text is cleaned before it reaches a terminal.
//! - A closed pipe ends the output quietly.

mod bar;
pub(crate) mod clipboard;
mod error;
pub(crate) mod export;
pub(crate) mod finding;
mod formats;
pub(crate) mod mask;
mod panel;
mod prompt;
pub(crate) mod spinner;
pub(crate) mod table;
mod terminal;
pub(crate) mod time;
pub(crate) mod token;
mod tree;
pub(crate) mod width;

pub(crate) use bar::Bar;
pub(crate) use error::{report, report_panics, report_usage};
pub(crate) use formats::{ApiVersion, Field, ShowFormat, TokenFormat, pretty_json, refuse_command};
pub(crate) use panel::{Panel, Row};
pub(crate) use terminal::{Look, Paint, Surroundings};
pub(crate) use tree::{Branch, Tree};

use crate::error::{Error, Result};
pub(crate) use jeton_inspect::clean;
use std::io::{ErrorKind, Write};
use time::{Clock, Zone};

/// Both streams, and the clock that what is printed on them refers to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    pub(crate) stdout: Look,
    pub(crate) stderr: Look,
    /// `-q`: notes and warnings are left out.
    pub(crate) quiet: bool,
    pub(crate) clock: Clock,
    pub(crate) zone: Zone,
}

impl Console {
    /// The console of this process. Looks at the streams and at a few variables; opens nothing.
    pub(crate) fn detect(
        around: &Surroundings<'_>,
        quiet: bool,
        no_emoji: bool,
        clock: Clock,
    ) -> Self {
        let (stdout, stderr) = Look::detect(around, no_emoji);
        Self {
            stdout,
            stderr,
            quiet,
            clock,
            zone: Zone::Local,
        }
    }

    /// No terminal, UTC, and a fixed clock.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self {
            stdout: Look::plain(),
            stderr: Look::plain(),
            quiet: false,
            clock: || std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_221_033),
            zone: Zone::fixed(0),
        }
    }

    /// Whole seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        time::unix_seconds((self.clock)())
    }

    /// Writes the result to stdout. A reader that has gone is no failure.
    ///
    /// # Errors
    ///
    /// Exit 2 when stdout takes nothing, such as a full disk, or is closed: where it goes was the caller's choice, as with `--file`.
    pub(crate) fn print(&self, result: &str) -> Result<()> {
        if is_closed() {
            return Err(
                Error::usage("standard output is closed, so there is no result")
                    .hint("redirect it to /dev/null where the result is not needed"),
            );
        }
        let mut stdout = std::io::stdout().lock();
        match stdout
            .write_all(result.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Ok(()) => Ok(()),
            Err(failure) if failure.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(failure) => Err(
                Error::usage("the result could not be written to standard output")
                    .detail(failure.to_string())
                    .hint("look at where standard output goes: a full disk, a closed device"),
            ),
        }
    }

    /// Something worth knowing about the result; foreign text in it is cleaned.
    pub(crate) fn note(&self, text: &str) {
        self.say(Paint::Hint, "note", text);
    }

    /// Something that may hurt later; foreign text in it is cleaned.
    pub(crate) fn warn(&self, text: &str) {
        self.say(Paint::Warning, "warning", text);
    }

    fn say(&self, paint: Paint, word: &str, text: &str) {
        if self.quiet {
            return;
        }
        let word = self.stderr.paint(paint, word);
        let line = format!("{word}: {}\n", self.stderr.fit(&clean::clean(text)));
        // There is nowhere to say that stderr is gone.
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }
}

/// Whether the process was started without a standard output: `closed_stdout.c` makes a folder of it.
fn is_closed() -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::FileType;
        let found = rustix::fs::fstat(rustix::stdio::stdout());
        found.is_ok_and(|found| FileType::from_raw_mode(found.st_mode) == FileType::Directory)
    }
    #[cfg(not(unix))]
    false
}
