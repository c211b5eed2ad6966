//! Where a credential is entered: at the terminal, or on standard input.

use crate::error::{Error, Result};
use jeton_files::FileError;
use jeton_profile::Profile;
use std::io::Read;
use zeroize::Zeroizing;

/// The longest credential.
const LIMIT: usize = 64 * 1024;

/// Where the credential is taken from. Never the value of a flag: other users see those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoginSource {
    /// A prompt on the terminal, without echo: a client secret.
    Prompt,
    /// Standard input, up to one newline at its end: a client secret, or a private key as PEM or JWK.
    Stdin,
}

/// What can be asked: the person at the terminal, or whatever is on standard input.
pub(super) trait Asked {
    /// Asks without echo.
    ///
    /// # Errors
    /// There is no terminal, or it was left.
    fn prompt(&mut self, question: &str) -> std::io::Result<String>;
    /// Standard input.
    fn stdin(&mut self) -> Box<dyn Read + '_>;
}

/// The terminal and standard input of this process.
pub(super) struct Terminal;

impl Asked for Terminal {
    fn prompt(&mut self, question: &str) -> std::io::Result<String> {
        rpassword::prompt_password(question)
    }

    fn stdin(&mut self) -> Box<dyn Read + '_> {
        Box::new(std::io::stdin().lock())
    }
}

/// Asks at the terminal.
///
/// # Errors
/// Exit 2: the terminal cannot be asked, or `no_input` forbids it.
pub(super) fn prompt(
    profile: &Profile,
    no_input: bool,
    asked: &mut dyn Asked,
) -> Result<Zeroizing<String>> {
    const REMEDY: &str = "pipe it into standard input";
    if no_input {
        return Err(Error::usage(
            "the secret would have to be asked for, and input is switched off",
        )
        .hint(REMEDY));
    }
    let question = format!("client secret for {}: ", profile.name);
    asked
        .prompt(&question)
        .map(Zeroizing::new)
        .map_err(|error| {
            Error::usage(format!("the secret cannot be asked for: {error}")).hint(REMEDY)
        })
}

/// Reads standard input.
///
/// # Errors
/// Exit 4: it cannot be read, is too long, or is no text.
pub(super) fn piped(asked: &mut dyn Asked) -> Result<Zeroizing<String>> {
    let bytes = read_all(&mut *asked.stdin())?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Error::credential("what was given is not UTF-8 text"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    Ok(Zeroizing::new(
        line.strip_suffix('\r').unwrap_or(line).to_owned(),
    ))
}

fn read_all(stream: &mut dyn Read) -> Result<Zeroizing<Vec<u8>>> {
    jeton_files::read_stream(stream, LIMIT).map_err(|error| match error {
        FileError::TooLong { .. } => Error::credential("standard input is longer than 64 KiB"),
        other => Error::credential(format!("standard input cannot be read: {other}")),
    })
}
