//! What the two streams can show: width, colour, emoji, characters beyond ASCII.

use colored::Colorize;
use std::ffi::OsString;
use std::io::IsTerminal;

/// Width where there is no terminal to ask.
const WIDTH_WITHOUT_TERMINAL: usize = 100;
/// Narrower than this nothing can be laid out.
const NARROWEST: usize = 20;

/// What is known about the environment and the streams before anything is printed.
pub(crate) struct Surroundings<'a> {
    /// Reads one variable of the environment.
    pub(crate) env: &'a dyn Fn(&str) -> Option<OsString>,
    pub(crate) stdout_is_terminal: bool,
    pub(crate) stderr_is_terminal: bool,
}

impl<'a> Surroundings<'a> {
    /// The streams as they are, the environment as `env` reads it.
    pub(crate) fn of_this_process(env: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Self {
            env,
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
        }
    }

    fn is_set(&self, name: &str) -> bool {
        (self.env)(name).is_some_and(|value| !value.is_empty())
    }

    /// The locale's character set: what decides is the first of the three that is set.
    fn speaks_utf8(&self) -> bool {
        if !cfg!(unix) {
            return true;
        }
        ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .filter_map(|name| (self.env)(name))
            .find(|value| !value.is_empty())
            .and_then(|value| value.into_string().ok())
            .map_or(cfg!(target_os = "macos"), |value| {
                let value = value.to_ascii_lowercase();
                value.contains("utf-8") || value.contains("utf8")
            })
    }

    fn is_dumb(&self) -> bool {
        (self.env)("TERM").is_some_and(|term| term == "dumb")
    }

    fn wants_colour(&self, terminal: bool) -> bool {
        if self.is_set("NO_COLOR") {
            return false;
        }
        let forced =
            self.is_set("CLICOLOR_FORCE") && (self.env)("CLICOLOR_FORCE").is_some_and(|v| v != "0");
        forced || (terminal && !self.is_dumb())
    }
}

/// How one stream is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether a person reads it.
    pub(crate) terminal: bool,
    pub(crate) colour: bool,
    pub(crate) emoji: bool,
    /// Whether `…`, `·` and `▰` can be shown; else ASCII replaces them.
    pub(crate) unicode: bool,
    /// Whether the cursor can be moved.
    pub(crate) cursor: bool,
    /// Columns.
    pub(crate) width: usize,
}

impl Look {
    /// How the two streams look, stdout first.
    pub(crate) fn detect(around: &Surroundings<'_>, no_emoji: bool) -> (Self, Self) {
        let unicode = around.speaks_utf8();
        let width = width(around);
        let look = |terminal| Self {
            terminal,
            colour: around.wants_colour(terminal),
            // A part of a line's form: only a terminal that cannot show it goes without.
            emoji: !no_emoji
                && !around.is_set("NO_COLOR")
                && !(terminal && (!unicode || around.is_dumb())),
            unicode,
            cursor: terminal && !around.is_dumb(),
            width,
        };
        let looks = (
            look(around.stdout_is_terminal),
            look(around.stderr_is_terminal),
        );
        if looks.0.colour || looks.1.colour {
            // `paint` decides per stream, the library per process: the library must always colour.
            colored::control::set_override(true);
        }
        looks
    }

    /// Neither colour nor emoji, 100 columns: for files.
    pub(crate) const FILE: Self = Self {
        terminal: false,
        colour: false,
        emoji: false,
        unicode: true,
        cursor: false,
        width: WIDTH_WITHOUT_TERMINAL,
    };

    /// The same, as tests call it.
    #[cfg(test)]
    pub(crate) const fn plain() -> Self {
        Self::FILE
    }

    /// `text` in a colour, where the stream has colours.
    pub(crate) fn paint(self, paint: Paint, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        match paint {
            Paint::Label => text.dimmed(),
            Paint::Good => text.green(),
            Paint::Warning => text.yellow(),
            Paint::Bad => text.red().bold(),
            Paint::Strong => text.bold(),
            Paint::Hint => text.cyan(),
        }
        .to_string()
    }

    /// `text` in what the stream can show: ASCII where its characters do not come through.
    pub(crate) fn fit(self, text: &str) -> String {
        if self.unicode || text.is_ascii() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '…' => out.push_str("..."),
                '·' => out.push('-'),
                // Not `#`, which foreign text could make a command for a CI runner of.
                '▰' => out.push('='),
                '▱' => out.push('.'),
                '├' | '│' => out.push('|'),
                '└' => out.push('`'),
                '─' => out.push('-'),
                character if character.is_ascii() => out.push(character),
                _ => out.push('?'),
            }
        }
        out
    }
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    Label,
    Good,
    Warning,
    Bad,
    Strong,
    Hint,
}

/// `COLUMNS` where it is a number, else what the terminal says.
fn width(around: &Surroundings<'_>) -> usize {
    let fixed = (around.env)("COLUMNS")
        .and_then(|value| value.into_string().ok())
        .and_then(|value| value.parse::<usize>().ok())
        .filter(|columns| *columns > 0);
    fixed
        .or_else(|| asked(around))
        .unwrap_or(WIDTH_WITHOUT_TERMINAL)
        .max(NARROWEST)
}

#[cfg(unix)]
fn asked(around: &Surroundings<'_>) -> Option<usize> {
    let size = if around.stdout_is_terminal {
        rustix::termios::tcgetwinsize(rustix::stdio::stdout())
    } else if around.stderr_is_terminal {
        rustix::termios::tcgetwinsize(rustix::stdio::stderr())
    } else {
        return None;
    };
    size.ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
fn asked(_: &Surroundings<'_>) -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::{Look, Surroundings};
    use std::ffi::OsString;

    fn looks(terminal: bool, vars: &[(&str, &str)], no_emoji: bool) -> Look {
        let env = |name: &str| {
            vars.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        };
        let around = Surroundings {
            env: &env,
            stdout_is_terminal: false,
            stderr_is_terminal: terminal,
        };
        Look::detect(&around, no_emoji).1
    }

    #[test]
    fn colour_follows_terminal_and_the_two_variables() {
        assert!(looks(true, &[], false).colour);
        assert!(!looks(false, &[], false).colour);
        assert!(!looks(true, &[("NO_COLOR", "1")], false).colour);
        assert!(looks(true, &[("NO_COLOR", "")], false).colour);
        assert!(looks(false, &[("CLICOLOR_FORCE", "1")], false).colour);
        assert!(!looks(false, &[("CLICOLOR_FORCE", "0")], false).colour);
        assert!(!looks(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false).colour);
        assert!(!looks(true, &[("TERM", "dumb")], false).colour);
    }

    /// Product, section 3: in files, pipes and containers it stays, whatever the locale.
    #[test]
    fn emoji_stay_where_there_is_no_terminal() {
        for vars in [&[][..], &[("LC_ALL", "C")], &[("TERM", "dumb")]] {
            assert!(looks(false, vars, false).emoji, "{vars:?}");
            assert!(!looks(false, vars, true).emoji, "{vars:?}");
        }
        assert!(!looks(false, &[("NO_COLOR", "1")], false).emoji);
    }

    #[test]
    fn emoji_need_a_terminal_that_has_them() {
        assert!(looks(true, &[("LANG", "C.UTF-8")], false).emoji);
        assert!(looks(true, &[("LANG", "de_DE.utf8")], false).emoji);
        assert!(!looks(true, &[("LANG", "C.UTF-8")], true).emoji);
        assert!(!looks(true, &[("LANG", "C.UTF-8"), ("TERM", "dumb")], false).emoji);
        assert!(!looks(true, &[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], false).emoji);
        assert!(
            looks(
                true,
                &[("LANG", "C"), ("LC_CTYPE", "C.UTF-8"), ("LC_ALL", "")],
                false
            )
            .emoji
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn no_locale_is_the_c_locale() {
        assert!(!looks(true, &[], false).unicode);
    }

    #[test]
    fn fixed_columns_win() {
        assert_eq!(looks(false, &[("COLUMNS", "42")], false).width, 42);
        assert_eq!(looks(false, &[("COLUMNS", "1")], false).width, 20);
        assert_eq!(looks(false, &[("COLUMNS", "wide")], false).width, 100);
    }

    #[test]
    fn ascii_stands_in() {
        let look = Look {
            unicode: false,
            ..Look::plain()
        };
        assert_eq!(look.fit("eyJhbG……3D7Q · ▰▱ é"), "eyJhbG......3D7Q - =. ?");
    }
}
