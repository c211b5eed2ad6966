//! The terminal's clipboard, through OSC 52: works over ssh, and starts no other program.

use crate::error::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;
use zeroize::Zeroizing;

/// Terminals ignore longer sequences; xterm takes 100,000 bytes.
const LONGEST: usize = 74_000;

/// Copies `text` to the clipboard of the controlling terminal, whatever stdout and stderr are.
///
/// The terminal does not report whether it supports this.
///
/// # Errors
///
/// When there is no terminal, or the text is longer than terminals accept.
pub(crate) fn copy(text: &str) -> Result<()> {
    let sequence = sequence(text)?;
    let mut terminal = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/tty")
        .map_err(|failure| {
            Error::usage("no terminal, so no clipboard")
                .detail(failure.to_string())
                .hint("use `-o raw` and a clipboard program, such as `jeton token get -o raw | pbcopy`")
        })?;
    terminal.write_all(sequence.as_bytes()).map_err(|failure| {
        Error::usage("cannot write to the terminal's clipboard").detail(failure.to_string())
    })
}

fn sequence(text: &str) -> Result<Zeroizing<String>> {
    if text.len() > LONGEST {
        return Err(Error::usage(format!(
            "too long for a terminal's clipboard: {} bytes, at most {LONGEST}",
            text.len()
        ))
        .hint("use `-o raw` and a clipboard program"));
    }
    let encoded = Zeroizing::new(STANDARD.encode(text));
    Ok(Zeroizing::new(format!("\u{1b}]52;c;{}\u{7}", *encoded)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{LONGEST, sequence};

    #[test]
    fn one_bounded_sequence() {
        assert_eq!(*sequence("token").unwrap(), "\u{1b}]52;c;dG9rZW4=\u{7}");
        assert!(sequence(&"x".repeat(LONGEST)).is_ok());
        assert_eq!(
            sequence(&"x".repeat(LONGEST + 1)).unwrap_err().exit.code(),
            2
        );
    }
}
