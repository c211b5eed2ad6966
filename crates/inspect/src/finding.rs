//! The one vocabulary of findings (severity, code, what, seen, remedy), and what is done with a list of them.
//!
//! The types are those of `jeton_oauth`, since the client library and the settings speak of findings too.

pub use jeton_oauth::finding::{Finding, Severity, Who};

/// The worst severity among findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Severity {
    let severities = findings.iter().map(|finding| finding.severity);
    severities.max().unwrap_or(Severity::Ok)
}

/// The worst first, otherwise in the order in which they were found.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
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
