//! What `jwks test` and `mtls probe` have in common: findings on the screen, their counts, the verdict.

use crate::exit::Exit;
use crate::output::finding::{paint, word};
use crate::output::{Paint, Panel, Row};
use jeton_inspect::finding::{Finding, Severity};
use serde::Serialize;

/// How many findings there are of each severity.
#[derive(Serialize)]
pub(super) struct Counts {
    fail: usize,
    warn: usize,
    note: usize,
}

impl Counts {
    pub(super) fn of(severities: impl Iterator<Item = Severity>) -> Self {
        let mut counts = Self {
            fail: 0,
            warn: 0,
            note: 0,
        };
        for severity in severities {
            match severity {
                Severity::Fail => counts.fail += 1,
                Severity::Warn => counts.warn += 1,
                Severity::Note => counts.note += 1,
                Severity::Ok => {}
            }
        }
        counts
    }

    /// `1 failure, 2 notes`
    fn told(&self) -> String {
        let counted = |count: usize, word: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            more => Some(format!("{more} {word}s")),
        };
        let parts: Vec<String> = [
            counted(self.fail, "failure"),
            counted(self.warn, "warning"),
            counted(self.note, "note"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match parts.as_slice() {
            [] => "nothing is wrong".to_owned(),
            parts => parts.join(", "),
        }
    }
}

/// The exit code; a warning counts with `--strict` alone.
pub(super) const fn exit(worst: Severity, strict: bool) -> Exit {
    match worst {
        Severity::Fail => Exit::Check,
        Severity::Warn if strict => Exit::Check,
        Severity::Ok | Severity::Note | Severity::Warn => Exit::Done,
    }
}

/// A row for each finding.
pub(super) fn say<'a>(panel: &mut Panel, findings: impl IntoIterator<Item = &'a Finding>) {
    for finding in findings {
        let row = Row::new(word(finding.severity), &finding.what);
        panel.push(row.paint(paint(finding.severity)));
    }
}

/// The last panel of all: the verdict, and what was not looked at.
pub(super) fn panel<T: AsRef<str>>(worst: Severity, counts: &Counts, unchecked: &[T]) -> Panel {
    let mut panel = Panel::titled("Verdict");
    panel.push(Row::new(word(worst), &counts.told()).paint(match worst {
        Severity::Note => Paint::Good,
        other => paint(other),
    }));
    for text in unchecked {
        panel.push(Row::new("Not checked", text.as_ref()));
    }
    panel
}

#[cfg(test)]
mod tests {
    use super::{Counts, exit};
    use crate::exit::Exit;
    use jeton_inspect::finding::Severity::{Fail, Note, Ok, Warn};

    #[test]
    fn counts_in_words() {
        for (levels, words) in [
            (&[][..], "nothing is wrong"),
            (&[Ok, Ok], "nothing is wrong"),
            (&[Note, Fail, Note], "1 failure, 2 notes"),
            (&[Warn, Warn, Fail, Fail], "2 failures, 2 warnings"),
        ] {
            assert_eq!(Counts::of(levels.iter().copied()).told(), words);
        }
    }

    #[test]
    fn what_a_verdict_ends_with() {
        assert_eq!(
            (exit(Fail, false), exit(Fail, true)),
            (Exit::Check, Exit::Check)
        );
        assert_eq!(
            (exit(Warn, false), exit(Warn, true)),
            (Exit::Done, Exit::Check)
        );
        assert_eq!((exit(Note, true), exit(Ok, true)), (Exit::Done, Exit::Done));
    }
}
