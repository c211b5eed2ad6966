//! What a run left: exit code, both streams, and the report that a failed assertion prints.

use super::canary::{Canaries, Kind};
use predicates::Predicate as _;
use predicates::str::contains;
use serde_json::Value;
use std::fmt;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Output;

/// The documented codes that a test may meet: 1 is a bug, and a signal or 101 a worse one.
const DOCUMENTED: [i32; 9] = [0, 2, 3, 4, 5, 6, 7, 8, 130];

/// A finished run.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    report: String,
}

impl Run {
    /// Takes both streams, which are UTF-8 or the run is wrong already.
    #[track_caller]
    pub(crate) fn new(output: &Output, report: String) -> Self {
        let text = |bytes: &[u8], stream: &str| match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => panic!("{stream} is no UTF-8: {error}\n{report}"),
        };
        Self {
            code: output
                .status
                .code()
                .unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
            stdout: text(&output.stdout, "stdout"),
            stderr: text(&output.stderr, "stderr"),
            report,
        }
    }

    /// The exit code, or the whole report.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\n{self}");
        self
    }

    /// Exit code 0.
    #[track_caller]
    pub(crate) fn success(self) -> Self {
        self.expect(0)
    }

    /// stderr says this.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            contains(words).eval(&self.stderr),
            "stderr lacks {words:?}\n{self}"
        );
        self
    }

    /// stderr does not say this.
    #[track_caller]
    pub(crate) fn says_nothing_of(self, words: &str) -> Self {
        assert!(
            !contains(words).eval(&self.stderr),
            "stderr has {words:?}\n{self}"
        );
        self
    }

    /// stdout shows this.
    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        assert!(
            contains(words).eval(&self.stdout),
            "stdout lacks {words:?}\n{self}"
        );
        self
    }

    /// stdout does not show this.
    #[track_caller]
    pub(crate) fn hides(self, words: &str) -> Self {
        assert!(
            !contains(words).eval(&self.stdout),
            "stdout has {words:?}\n{self}"
        );
        self
    }

    /// stdout as one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("stdout is no JSON: {error}\n{self}"),
        }
    }

    /// The object that `--json` leaves on stderr when a run fails: its last line that is JSON.
    #[track_caller]
    pub(crate) fn json_error(&self) -> Value {
        let start = self
            .stderr
            .match_indices('{')
            .find_map(|(at, _)| serde_json::from_str::<Value>(&self.stderr[at..]).ok());
        match start {
            Some(value) => value,
            None => panic!("stderr does not end with a JSON object\n{self}"),
        }
    }

    /// stdout as the one line that `-o raw` and its like print.
    #[track_caller]
    pub(crate) fn line(&self) -> &str {
        match self.stdout.strip_suffix('\n') {
            Some(line) if !line.is_empty() && !line.contains('\n') => line,
            _ => panic!("stdout is not exactly one line\n{self}"),
        }
    }

    /// What holds for every run.
    #[track_caller]
    pub(crate) fn assert_rules(&self, escapes: bool, judges: bool) {
        assert!(
            DOCUMENTED.contains(&self.code),
            "exit code {} is not one that a user may meet\n{self}",
            self.code
        );
        assert!(
            self.code == 0 || (judges && self.code == 8) || self.stdout.is_empty(),
            "a failed run printed a result\n{self}"
        );
        assert!(!self.stderr.contains("panicked at"), "a panic\n{self}");
        self.assert_no_command();
        for (stream, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let foreign = text
                .chars()
                .find(|&c| is_dangerous(c) && !(escapes && c == '\u{1b}'));
            assert!(
                foreign.is_none(),
                "{stream} holds the control character {foreign:?}\n{self}"
            );
        }
    }

    /// Security, client 14: nothing that a CI runner executes, but the masks of `export env --format github`.
    #[track_caller]
    fn assert_no_command(&self) {
        for (stream, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let command = text.lines().find(|line| {
                let starts =
                    line.trim_start().starts_with("::") && !line.starts_with("::add-mask::");
                starts || ["##[", "##vso["].iter().any(|start| line.contains(start))
            });
            assert!(
                command.is_none(),
                "{stream} has a CI command: {command:?}\n{self}"
            );
        }
    }

    /// No secret on either stream; the token on stdout alone, and there only where `on_stdout` allows it.
    #[track_caller]
    pub(crate) fn assert_no_leak(&self, canaries: &Canaries, on_stdout: &[Kind]) {
        let everything = [Kind::Secret, Kind::Token];
        for (stream, text, kinds) in [
            ("stdout", &self.stdout, on_stdout),
            ("stderr", &self.stderr, &everything[..]),
        ] {
            if let Some(found) = canaries.find(text.as_bytes(), kinds) {
                panic!("{stream} holds the {}\n{self}", found.what);
            }
        }
    }
}

/// Control characters other than line feed and tab, and the marks that turn the direction of writing.
fn is_dangerous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "──── exit {} ────", self.code)?;
        writeln!(f, "──── stdout ────\n{}", self.stdout)?;
        writeln!(f, "──── stderr ────\n{}", self.stderr)?;
        writeln!(f, "──── machine ────\n{}", self.report)
    }
}
