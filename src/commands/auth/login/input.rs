//! Where a credential is entered: at the terminal, or on standard input.

use crate::error::{Error, Result};
use jeton_client::method::CredentialKind;
use jeton_files::FileError;
use jeton_profile::Profile;
use std::io::{IsTerminal, Read};
use zeroize::Zeroizing;

/// The longest credential.
const LIMIT: usize = 64 * 1024;

/// Where the credential comes from. Never from a flag: other users can see those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum LoginSource {
    /// A prompt on the terminal, without echo: the credential that the profile uses.
    Prompt,
    /// Standard input, up to one newline at its end: a client secret, or a private key as PEM or JWK.
    Stdin,
}

impl LoginSource {
    /// A prompt where standard input is a terminal, else what is piped.
    pub(in crate::commands) fn detect() -> Self {
        if std::io::stdin().is_terminal() {
            Self::Prompt
        } else {
            Self::Stdin
        }
    }
}

/// Where the credential is entered: at the terminal, or on standard input.
pub(in crate::commands) trait CredentialInput {
    /// Prompts without echo.
    ///
    /// # Errors
    /// There is no terminal, or it was closed.
    fn prompt(&mut self, question: &str) -> std::io::Result<String>;
    /// Standard input.
    fn stdin(&mut self) -> Box<dyn Read + '_>;
}

/// The terminal and standard input of this process.
pub(in crate::commands) struct Terminal;

impl CredentialInput for Terminal {
    fn prompt(&mut self, question: &str) -> std::io::Result<String> {
        rpassword::prompt_password(question)
    }

    fn stdin(&mut self) -> Box<dyn Read + '_> {
        Box::new(std::io::stdin().lock())
    }
}

/// Prompts at the terminal for the credential that the profile uses; `remark` ends the question.
///
/// # Errors
/// Exit 2: there is no terminal, or `no_input` forbids it. Exit 3: the profile uses a client certificate.
pub(in crate::commands) fn prompt(
    profile: &Profile,
    no_input: bool,
    remark: &str,
    input: &mut dyn CredentialInput,
) -> Result<Zeroizing<String>> {
    const REMEDY: &str = "pipe it into standard input";
    let name = &profile.name;
    if no_input {
        return Err(
            Error::usage("the credential must be entered, but input is disabled").hint(REMEDY),
        );
    }
    let mut ask = |question: &str| {
        let entered = input.prompt(question).map(Zeroizing::new);
        entered.map_err(|error| {
            Error::usage(format!("cannot prompt for the credential: {error}")).hint(REMEDY)
        })
    };
    match profile.configured_credential() {
        CredentialKind::Secret => ask(&format!("client secret for {name}{remark}: ")),
        CredentialKind::PrivateKey => {
            let question = format!("private key for {name}, as PEM or JWK{remark}: ");
            private_key(&question, ask)
        }
        CredentialKind::Certificate => Err(Error::config(format!(
            "the profile {name} authenticates with a client certificate, which is not stored in the keyring"
        ))
        .hint("mtls.cert and mtls.key of the profile name its files")),
    }
}

/// A key runs over several lines: to the end of the PEM, or until the JWK is complete. An empty line ends it too.
fn private_key(
    question: &str,
    mut ask: impl FnMut(&str) -> Result<Zeroizing<String>>,
) -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(LIMIT));
    let mut question = question;
    loop {
        let line = ask(question)?;
        question = "";
        if line.trim().is_empty() || text.len() + line.len() >= LIMIT {
            return Ok(text);
        }
        text.push_str(&line);
        text.push('\n');
        let is_complete = line.trim_start().starts_with("-----END")
            || (text.trim_start().starts_with('{') && text.trim_end().ends_with('}'));
        if is_complete {
            return Ok(text);
        }
    }
}

/// Reads standard input.
///
/// # Errors
/// Exit 4: it cannot be read, is too long, or is not text.
pub(in crate::commands) fn piped(input: &mut dyn CredentialInput) -> Result<Zeroizing<String>> {
    let bytes = read_all(&mut *input.stdin())?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Error::credential("the input is not UTF-8 text"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    Ok(Zeroizing::new(
        line.strip_suffix('\r').unwrap_or(line).to_owned(),
    ))
}

fn read_all(stream: &mut dyn Read) -> Result<Zeroizing<Vec<u8>>> {
    jeton_files::read_stream(stream, LIMIT).map_err(|error| match error {
        FileError::TooLong { .. } => Error::credential("standard input is longer than 64 KiB"),
        other => Error::credential(format!("cannot read standard input: {other}")),
    })
}
