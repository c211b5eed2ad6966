//! The clipboard of the terminal, through OSC 52: it works over ssh, and no other program is started.

use crate::error::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;
use zeroize::Zeroizing;

/// Terminals ignore longer sequences; xterm takes 100,000 bytes.
const LONGEST: usize = 74_000;

/// Puts `text` on the clipboard of the terminal that this process runs on, whatever stdout and stderr are.
///
/// Whether the terminal obeys cannot be asked.
///
/// # Errors
///
/// When there is no terminal, or the text is longer than terminals take.
pub(crate) fn copy(text: &str) -> Result<()> {
    let sequence = sequence(text)?;
    let mut terminal = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/tty")
        .map_err(|failure| {
            Error::usage("there is no terminal whose clipboard could be used")
                .detail(failure.to_string())
                .hint("use `-o raw` and a clipboard program, such as `jeton token get -o raw | pbcopy`")
        })?;
    terminal.write_all(sequence.as_bytes()).map_err(|failure| {
        Error::usage("the terminal took nothing for its clipboard").detail(failure.to_string())
    })
}

fn sequence(text: &str) -> Result<Zeroizing<String>> {
    if text.len() > LONGEST {
        return Err(Error::usage(format!(
            "too long for the clipboard of a terminal: {} bytes, at most {LONGEST}",
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
