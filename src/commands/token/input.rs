//! Reads a token from an argument, a file or stdin, and removes what is often pasted with it.

use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::Console;
use jeton_files::FileError;
use std::io::{IsTerminal, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// No token is longer: headers that carry one end at a few kilobytes.
const LONGEST: usize = 1024 * 1024;

/// The token that was typed, or comes from stdin or a file; `verb` is the command's, for its hints.
///
/// # Errors
///
/// When there is nothing to read, it cannot be read, is too long, or cannot be one token.
pub(in crate::commands) fn token(
    argument: Option<&str>,
    verb: &str,
    console: &Console,
) -> Result<Zeroizing<String>> {
    let stdin = std::io::stdin();
    let token = read(argument, verb, stdin.lock(), stdin.is_terminal())?;
    if argument.is_some_and(|typed| typed != "-" && !typed.starts_with('@')) {
        console.note("a token on the command line is visible to other processes and stays in the shell history: use stdin or @FILE");
    }
    Ok(token)
}

/// Whether something is piped in: a pipe, a file or a socket, even an empty one. A terminal and `/dev/null` are neither.
pub(super) fn is_piped() -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::FileType;
        let found = rustix::fs::fstat(rustix::stdio::stdin());
        found.is_ok_and(|found| FileType::from_raw_mode(found.st_mode) != FileType::CharacterDevice)
    }
    #[cfg(not(unix))]
    !std::io::stdin().is_terminal()
}

/// No token is given, and no profile is meant whose token could be: the failure to find one is a detail.
pub(super) fn missing(verb: &str, error: Error) -> Error {
    if error.exit != Exit::Config {
        return error;
    }
    Error::usage(format!("no token to {verb}"))
        .detail(error.message)
        .hint(format!(
            "pipe one in, as in `jeton token get -o raw | jeton token {verb}`, give a file as @FILE, or select a profile with -p"
        ))
}

/// Reads the token from the argument, `@FILE`, or stdin (`-`, or nothing said and something piped in).
fn read(
    argument: Option<&str>,
    verb: &str,
    stdin: impl Read,
    stdin_is_terminal: bool,
) -> Result<Zeroizing<String>> {
    let text = match argument {
        Some("-") => bounded(stdin, "standard input")?,
        Some(typed) => match typed.strip_prefix('@') {
            Some(path) => from_file(Path::new(path))?,
            None => Zeroizing::new(typed.to_owned()),
        },
        None if stdin_is_terminal => {
            return Err(Error::usage(format!("no token to {verb}"))
                .hint(format!("pipe one in, as in `jeton token get -o raw | jeton token {verb}`, or give a file as @FILE")));
        }
        None => bounded(stdin, "standard input")?,
    };
    trimmed(&text)
}

fn from_file(path: &Path) -> Result<Zeroizing<String>> {
    let content = jeton_files::read(path, LONGEST).map(|content| content.bytes);
    text(content, &path.display().to_string())
}

fn bounded(from: impl Read, name: &str) -> Result<Zeroizing<String>> {
    text(jeton_files::read_stream(from, LONGEST), name)
}

fn text(bytes: Result<Zeroizing<Vec<u8>>, FileError>, name: &str) -> Result<Zeroizing<String>> {
    let bytes = bytes.map_err(|failure| match failure {
        FileError::TooLong { .. } => Error::usage(format!("{name} is larger than 1 MiB"))
            .hint("a token has a few kilobytes: check what the input is"),
        other => Error::usage(format!("cannot read {name}")).detail(other.to_string()),
    })?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Error::usage(format!("{name} is not text"))),
    }
}

/// The token without white space, `Authorization:` and `Bearer` around it.
fn trimmed(text: &str) -> Result<Zeroizing<String>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let text = after(text, "authorization:").unwrap_or(text).trim_start();
    let token = ["bearer ", "dpop "]
        .into_iter()
        .find_map(|scheme| after(text, scheme))
        .unwrap_or(text)
        .trim_start();
    if token.is_empty() {
        return Err(Error::usage("the input is empty")
            .hint("give one token, or an `Authorization: Bearer …` line; -p NAME takes the cached token of a profile"));
    }
    if token.starts_with(['{', '[', '"']) {
        return Err(Error::usage("the input is JSON, not a token")
            .hint("extract the token first, as in `jq -r .access_token`"));
    }
    if is_mask(token) {
        return Err(Error::usage("the token is masked: most of it is missing")
            .hint("`jeton token get -o raw` prints the whole token; `--reveal` shows it in the panel and in JSON"));
    }
    if token.contains(char::is_whitespace) {
        return Err(
            Error::usage("the input contains white space, so it is not one token")
                .hint("give one token, or an `Authorization: Bearer …` line"),
        );
    }
    Ok(Zeroizing::new(token.to_owned()))
}

/// Whether it is a token as panels and JSON show it: six characters, an ellipsis, four characters. Some programs replace
/// the ellipsis by dots.
fn is_mask(token: &str) -> bool {
    token.contains('…') || (token.len() <= 16 && token.contains("......"))
}

fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{LONGEST, read};
    use std::io::{self, Read};

    fn from_stdin(text: &str) -> Result<String, String> {
        read(None, "decode", text.as_bytes(), false)
            .map(|token| token.to_string())
            .map_err(|error| error.message)
    }

    #[test]
    fn what_people_paste() {
        for text in [
            "abc",
            "  abc\r\n",
            "\u{feff}abc",
            "Bearer abc",
            "Authorization: Bearer abc\n",
            "authorization:bearer   abc",
            "DPoP abc",
        ] {
            assert_eq!(from_stdin(text).unwrap(), "abc", "{text:?}");
        }
    }

    #[test]
    fn what_is_no_token() {
        for (text, message) in [
            ("", "the input is empty"),
            (" \n", "the input is empty"),
            ("a b", "not one token"),
            ("a\nb", "not one token"),
            ("{\"access_token\":\"a\"}", "JSON"),
            ("eyJhbG……3D7Q", "masked"),
            ("Bearer eyJhbG......3D7Q", "masked"),
            ("…", "masked"),
        ] {
            assert!(from_stdin(text).unwrap_err().contains(message), "{text:?}");
        }
    }

    #[test]
    fn arguments_files_and_stdin() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "from-file\n").unwrap();
        let at = format!("@{}", path.display());
        let token = |argument, terminal| {
            read(argument, "decode", "from-stdin".as_bytes(), terminal)
                .map(|token| token.to_string())
        };
        assert_eq!(token(Some("typed"), true).unwrap(), "typed");
        assert_eq!(token(Some(&at), true).unwrap(), "from-file");
        assert_eq!(token(Some("-"), true).unwrap(), "from-stdin");
        assert_eq!(token(None, false).unwrap(), "from-stdin");
        assert_eq!(token(None, true).unwrap_err().exit.code(), 2);
        assert_eq!(
            token(Some("@/nonexistent"), true).unwrap_err().exit.code(),
            2
        );
    }

    /// Security, client 9: a token of 10 MB, or one without an end.
    #[test]
    fn endless_input_ends() {
        let endless = || io::repeat(b'x');
        assert!(
            read(None, "decode", endless(), false)
                .unwrap_err()
                .message
                .contains("1 MiB")
        );
        let longest = endless().take(LONGEST as u64);
        assert_eq!(read(None, "decode", longest, false).unwrap().len(), LONGEST);
        let binary: &[u8] = &[0xff; 10];
        assert!(
            read(None, "decode", binary, false)
                .unwrap_err()
                .message
                .contains("not text")
        );
    }
}
