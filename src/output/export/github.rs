//! GitHub Actions: a value is masked in the log of the job before it can appear anywhere, then handed to later steps.

use super::{Variable, render};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::Console;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use zeroize::Zeroizing;

/// Masks every value on stdout, then appends the variables to each of `files` (`$GITHUB_ENV`, `$GITHUB_OUTPUT`).
///
/// # Errors
///
/// When a file cannot be appended to; the values are masked by then.
pub(crate) fn deliver(
    console: &Console,
    variables: &[Variable<'_>],
    files: &[&Path],
) -> Result<()> {
    console.print(&masks(variables))?;
    for path in files {
        let block = render(super::ExportFormat::Github, variables)?;
        let failed = |failure: &std::io::Error| {
            Error::new(Exit::Config, format!("cannot append to {}", path.display()))
                .detail(failure.to_string())
                .hint("the runner provides the files of GITHUB_ENV and GITHUB_OUTPUT: run this in a step of a job")
        };
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(path)
            .map_err(|failure| failed(&failure))?;
        file.write_all(block.as_bytes())
            .map_err(|failure| failed(&failure))?;
    }
    Ok(())
}

/// `::add-mask::` for each value, and for each line of one that has several: the log is searched line by line.
fn masks(variables: &[Variable<'_>]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::new());
    for variable in variables {
        let value = variable.value.as_str();
        let whole = value.contains('\n').then_some(value);
        // A mask of nothing would be refused, and one of white space would blank the log.
        let lines = value
            .lines()
            .chain(whole)
            .filter(|text| !text.trim().is_empty());
        for text in lines {
            let _ = writeln!(out, "::add-mask::{}", *escaped(text));
        }
    }
    out
}

/// Data of a workflow command: percent, CR and LF are escaped, which the runner undoes.
fn escaped(text: &str) -> Zeroizing<String> {
    Zeroizing::new(
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A"),
    )
}

/// `NAME<<delimiter`, the value, the delimiter: a value cannot end it early, since the delimiter is random and
/// does not occur in it.
pub(super) fn block(name: &str, value: &str) -> Result<Zeroizing<String>> {
    let mut delimiter = random_delimiter()?;
    while value.contains(&delimiter) {
        delimiter = random_delimiter()?;
    }
    let room = name.len() + value.len() + 2 * delimiter.len() + 6;
    let mut out = Zeroizing::new(String::with_capacity(room));
    let _ = write!(out, "{name}<<{delimiter}\n{value}\n{delimiter}\n");
    Ok(out)
}

fn random_delimiter() -> Result<String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes)
        .map_err(|_| anyhow::anyhow!("the system has no randomness"))?;
    let mut text = String::from("jeton_");
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{block, masks};
    use crate::output::export::{EnvName, Variable};

    #[test]
    fn every_line_of_a_value_is_masked() {
        let name = EnvName::parse("A").unwrap();
        let text = |value: &str| masks(&[Variable::new(&name, value)]).to_string();
        assert_eq!(text("100%\rsure"), "::add-mask::100%25%0Dsure\n");
        assert_eq!(
            text("one\n\ntwo"),
            "::add-mask::one\n::add-mask::two\n::add-mask::one%0A%0Atwo\n"
        );
        assert_eq!(text(" "), "");
    }

    #[test]
    fn a_value_cannot_end_its_block() {
        let text = block("A", "x\nEOF\nPATH=/evil").unwrap();
        let lines: Vec<_> = text.lines().collect();
        let delimiter = lines[0].strip_prefix("A<<").unwrap();
        assert_eq!(delimiter.len(), "jeton_".len() + 32);
        assert_eq!(lines[1..], ["x", "EOF", "PATH=/evil", delimiter]);
        let other = block("A", "x").unwrap();
        assert!(!other.contains(delimiter));
    }
}
