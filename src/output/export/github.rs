//! GitHub Actions: a value is masked in the log of the job before it can appear anywhere, then handed to later steps.

use super::file::PATIENCE;
use super::{Variable, render};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::Console;
use jeton_files::Lock;
use std::fmt::Write as _;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
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
        append(path, &block).map_err(|failure| failed(&failure))?;
    }
    Ok(())
}

/// Appends lines as one piece, on a line of their own, while no other process of ours does.
fn append(path: &Path, block: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .read(true)
        .append(true)
        .open(path)?;
    let _held = Lock::wait(file.try_clone()?, PATIENCE)?;
    let mut text = Zeroizing::new(String::with_capacity(block.len() + 1));
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last != [b'\n'] {
        text.push('\n');
    }
    text.push_str(block);
    file.write_all(text.as_bytes())
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

    use super::{append, block, masks};
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
    fn a_block_begins_on_a_line_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("env");
        for (before, after) in [("", "B\n"), ("A=1", "A=1\nB\n"), ("A=1\n", "A=1\nB\n")] {
            std::fs::write(&path, before).unwrap();
            append(&path, "B\n").unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), after);
        }
        // A device has no end to look at.
        append(std::path::Path::new("/dev/null"), "B\n").unwrap();
        assert!(append(&folder.path().join("none"), "B\n").is_err());
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
