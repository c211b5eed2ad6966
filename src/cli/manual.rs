//! The parts of help and manual beside options and examples: every variable, and the exit codes.

use super::{Cli, EXAMPLES};
use crate::exit::Exit;
use clap::{Command, CommandFactory};
use jeton_profile::env::{Kind, Variable};
use jeton_profile::variables;
use std::fmt::Write;

/// The whole command tree, complete.
pub(crate) fn tree() -> Command {
    let mut root = Cli::command();
    // Building resolves what is deferred.
    root.build();
    root
}

/// The whole command tree with variables and exit codes: for `--help` and the completions.
pub(crate) fn documented() -> Command {
    let epilogue = format!("{EXAMPLES}\n\n{}\n\n{}", environment(), exit_codes());
    tree().after_long_help(epilogue)
}

/// Every variable that is read, under a title for each kind.
pub(crate) fn variables_by_kind() -> Vec<(&'static str, Vec<Variable>)> {
    let kinds = [
        (Kind::Profile, "of the selected profile"),
        (Kind::Secret, "secrets"),
        (Kind::Tool, "of jeton"),
        (Kind::Honoured, "common conventions"),
    ];
    let variables = variables();
    let of = |kind| {
        variables
            .iter()
            .filter(move |variable| variable.kind == kind)
    };
    kinds
        .into_iter()
        .map(|(kind, title)| (title, of(kind).copied().collect()))
        .collect()
}

/// Every variable that is read, as `--help` shows it.
fn environment() -> String {
    let mut text = String::from("Environment:");
    for (title, variables) in variables_by_kind() {
        let _ = write!(text, "\n  {title}:");
        for variable in variables {
            let _ = write!(text, "\n    {}\n        {}", variable.name, variable.doc);
        }
    }
    text
}

/// The table of exit codes, as `--help` shows it.
pub(crate) fn exit_codes() -> String {
    let mut text = String::from("Exit codes:");
    for exit in Exit::ALL {
        let _ = write!(text, "\n  {:>3}  {}", exit.code(), exit.meaning());
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::documented;
    use crate::cli::parse;
    use clap::Command;
    use std::ffi::OsString;

    /// Every command, as `jeton token get`, with the lines that its examples say to type.
    fn examples(command: &Command, path: &str, all: &mut Vec<(String, Vec<String>)>) {
        let help = command.get_after_help().map(ToString::to_string);
        let lines = help.unwrap_or_default();
        let (title, lines) = lines.split_once('\n').unwrap_or_default();
        assert_eq!(title, "Examples:", "{path}");
        let typed = lines.lines().filter(|line| !line.starts_with("      "));
        let typed = typed.map(|line| line.trim_start().to_owned()).collect();
        all.push((path.to_owned(), typed));
        for child in command.get_subcommands() {
            examples(child, &format!("{path} {}", child.get_name()), all);
        }
    }

    /// The words of the jeton commands in a line of shell, quotes undone as far as the examples use them.
    fn jeton_words(line: &str) -> Vec<Vec<String>> {
        line.split("jeton ")
            .skip(1)
            .filter(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()))
            .map(|rest| {
                let end = rest.find([')', '|', '>']).unwrap_or(rest.len());
                let mut words = vec!["jeton".to_owned()];
                for (index, part) in rest[..end].split('\'').enumerate() {
                    if index % 2 == 1 {
                        words.push(part.to_owned());
                    } else {
                        words.extend(part.split_whitespace().map(str::to_owned));
                    }
                }
                words
            })
            .collect()
    }

    #[test]
    fn every_command_has_examples_and_every_example_parses() {
        let mut all = Vec::new();
        examples(&documented(), "jeton", &mut all);
        for (path, lines) in all {
            assert!(!lines.is_empty(), "{path}");
            for line in lines {
                let commands = jeton_words(&line);
                let shown = commands
                    .iter()
                    .any(|words| words.join(" ").starts_with(&path));
                assert!(shown, "{path}: {line}");
                for words in commands {
                    let words: Vec<_> = words.iter().map(OsString::from).collect();
                    parse(&words)
                        .map_err(|error| format!("{line}: {error}"))
                        .unwrap();
                }
            }
        }
    }

    #[test]
    fn the_manual_pins_the_exit_codes() {
        insta::assert_snapshot!(super::exit_codes(), @r"
        Exit codes:
            0  done
            1  a bug in jeton
            2  wrong usage
            3  configuration missing or wrong
            4  credential not available (no secret, locked keyring, unreadable key)
            5  refused by the authorization server (an OAuth error)
            6  network or TLS failure
            7  the authorization server failed (5xx, still limited after retries, an invalid response)
            8  a check failed
          130  interrupted
        ");
    }
}
