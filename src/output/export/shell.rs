//! Quoting for shells. Single quotes everywhere: nothing is expanded inside of them.

use std::borrow::Cow;
use zeroize::Zeroizing;

/// sh, bash, zsh, ksh. For a single quote the string is ended, the quote escaped, and a new string begun.
pub(super) fn sh(name: &str, value: &str) -> Zeroizing<String> {
    line(
        "export ",
        name,
        "=",
        value,
        |out, character| match character {
            '\'' => out.push_str("'\\''"),
            _ => out.push(character),
        },
    )
}

/// fish: inside single quotes the quote and the backslash are escaped.
pub(super) fn fish(name: &str, value: &str) -> Zeroizing<String> {
    line("set -gx ", name, " ", value, |out, character| {
        if matches!(character, '\'' | '\\') {
            out.push('\\');
        }
        out.push(character);
    })
}

/// PowerShell: a quote is doubled, and it takes the typographic ones (U+2018 to U+201B) for quotes too.
pub(super) fn powershell(name: &str, value: &str) -> Zeroizing<String> {
    line("$env:", name, " = ", value, |out, character| {
        if matches!(character, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(character);
        }
        out.push(character);
    })
}

/// One word of a command line for sh: as it is where no character of it has a meaning there, else quoted.
pub(crate) fn word(text: &str) -> Cow<'_, str> {
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-:@%+,".contains(character);
    if !text.is_empty() && text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
}

fn line(
    before: &str,
    name: &str,
    between: &str,
    value: &str,
    put: impl Fn(&mut String, char),
) -> Zeroizing<String> {
    // Room for the worst case, so that no copy of the secret is left behind by growing.
    let room = before.len() + name.len() + between.len() + value.len() * 4 + 3;
    let mut out = Zeroizing::new(String::with_capacity(room));
    out.push_str(before);
    out.push_str(name);
    out.push_str(between);
    out.push('\'');
    for character in value.chars() {
        put(&mut out, character);
    }
    out.push_str("'\n");
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{fish, powershell, sh, word};
    use std::io::Write;
    use std::process::{Command, Stdio};

    const HOSTILE: [&str; 12] = [
        "plain",
        "",
        "it's",
        "''",
        "a\\'b\\",
        "$HOME ${PATH} $(id) `id`",
        "two\nlines\n",
        "\"double\" !history !! \\n \\t",
        " leading and trailing ",
        "# no comment ; & | > < * ? ~ [a] {b,c}",
        "‘typographic’ ‚quotes‛",
        "-n\r\t\u{7f}é世",
    ];

    /// The variable as `shell` reads it from the script, printed from its own environment. `None` where it is not installed.
    fn evaluated(shell: &[&str], script: &str) -> Option<Vec<u8>> {
        let mut child = Command::new(shell[0])
            .args(&shell[1..])
            .env("HOME", "/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        // The end mark keeps trailing line breaks visible.
        let script = format!("{script}\nprintenv JETON_TEST; echo end\n");
        child
            .stdin
            .take()
            .unwrap()
            .write_all(script.as_bytes())
            .unwrap();
        Some(child.wait_with_output().unwrap().stdout)
    }

    fn expected(value: &str) -> Vec<u8> {
        format!("{value}\nend\n").into_bytes()
    }

    #[test]
    fn sh_reads_back_what_was_written() {
        let plain = &["bash", "--norc"][..];
        // As an interactive one expands `!`, without taking the terminal of whoever runs the tests.
        let with_history = &["bash", "--norc", "-o", "history", "-o", "histexpand"];
        for shell in [plain, with_history, &["sh"]] {
            for value in HOSTILE {
                let Some(read) = evaluated(shell, &sh("JETON_TEST", value)) else {
                    continue;
                };
                assert_eq!(
                    String::from_utf8_lossy(&read),
                    String::from_utf8_lossy(&expected(value)),
                    "{shell:?}"
                );
            }
        }
    }

    #[test]
    fn a_word_of_sh_stays_one_word() {
        let path = "/tmp/jeton-dev-0a/config.toml";
        assert_eq!(word(path), path);
        for value in HOSTILE {
            let script = format!("export JETON_TEST={}", word(value));
            let Some(read) = evaluated(&["sh"], &script) else {
                return;
            };
            assert_eq!(
                String::from_utf8_lossy(&read),
                String::from_utf8_lossy(&expected(value))
            );
        }
    }

    #[test]
    fn fish_reads_back_what_was_written() {
        for value in HOSTILE {
            let Some(read) = evaluated(&["fish", "--no-config"], &fish("JETON_TEST", value)) else {
                return;
            };
            assert_eq!(
                String::from_utf8_lossy(&read),
                String::from_utf8_lossy(&expected(value))
            );
        }
    }

    #[test]
    fn powershell_doubles_every_kind_of_quote() {
        assert_eq!(
            *powershell("A", "it's ‘x’ $y `z`"),
            "$env:A = 'it''s ‘‘x’’ $y `z`'\n"
        );
        for value in HOSTILE {
            let script = format!(
                "{}[Console]::Out.Write($env:JETON_TEST)",
                *powershell("JETON_TEST", value)
            );
            let Ok(ran) = Command::new("pwsh")
                .args(["-NoProfile", "-Command", &script])
                .output()
            else {
                return;
            };
            assert_eq!(String::from_utf8_lossy(&ran.stdout), value);
        }
    }
}
