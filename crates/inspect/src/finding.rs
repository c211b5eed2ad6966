//! The one vocabulary of findings: how bad, which code, what.

pub use jeton_oauth::finding::{Finding, Level};

/// The worst level among findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Level {
    let levels = findings.iter().map(|finding| finding.level);
    levels.max().unwrap_or(Level::Ok)
}

/// The worst first, otherwise in the order in which they were found.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
}

/// A foreign name in a text: quoted, and not longer than anyone reads.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return format!("\"{text}\"");
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("\"{cut}…\"")
}
