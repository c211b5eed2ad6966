//! The root of the command tree. The doc comments are the help, and each verb has its own; nothing here reads a file, a
//! variable or the clock.
//!
//! Subcommands are deferred: clap builds only the one that was asked for, which is what keeps a warm
//! `token get` fast. Variables and exit codes are added to the help only when it is to be shown.

pub(crate) mod global;
pub(crate) mod manual;
pub(crate) mod selection;

use crate::commands::auth::AuthCommand;
use crate::commands::cache::CacheCommand;
use crate::commands::completions::CompletionsArgs;
use crate::commands::config::ConfigCommand;
use crate::commands::doctor::DoctorArgs;
use crate::commands::export::ExportCommand;
use crate::commands::jwks::JwksCommand;
use crate::commands::key::KeyCommand;
use crate::commands::man::ManArgs;
use crate::commands::mtls::MtlsCommand;
use crate::commands::profile::ProfileCommand;
use crate::commands::serve::ServeArgs;
use crate::commands::token::TokenCommand;
use crate::commands::verb::Verb;
use crate::output::clean::clean;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use global::GlobalArgs;
use std::ffi::OsString;

const EXAMPLES: &str = r#"Examples:
  jeton token get --embedded
      try it with nothing configured
  jeton token get
      the token of the default profile, masked
  VARS=$(jeton export env) && eval "$VARS"
      put it into the environment of this shell"#;

// The doc comment of this type is the head of `jeton --help`.
/// Access tokens for machines: fetch, cache, inspect and inject them, or issue them yourself.
///
/// jeton implements both ends of the OAuth 2.1 client credentials grant. Results go to stdout, messages to stderr. A token
/// is printed in full only when the command line asks for it.
#[derive(Debug, Parser)]
#[command(
    name = "jeton",
    version,
    disable_help_subcommand = true,
    after_help = EXAMPLES
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    #[command(subcommand)]
    Token(TokenCommand),
    #[command(subcommand)]
    Auth(AuthCommand),
    #[command(subcommand)]
    Jwks(JwksCommand),
    #[command(subcommand)]
    Mtls(MtlsCommand),
    #[command(subcommand)]
    Key(KeyCommand),
    #[command(subcommand)]
    Export(ExportCommand),
    #[command(subcommand)]
    Profile(ProfileCommand),
    #[command(subcommand)]
    Config(ConfigCommand),
    #[command(subcommand)]
    Cache(CacheCommand),
    Doctor(Box<DoctorArgs>),
    Serve(ServeArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

impl Command {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Token(command) => command.verb(),
            Self::Auth(command) => command.verb(),
            Self::Jwks(command) => command.verb(),
            Self::Mtls(command) => command.verb(),
            Self::Key(command) => command.verb(),
            Self::Export(command) => command.verb(),
            Self::Profile(command) => command.verb(),
            Self::Config(command) => command.verb(),
            Self::Cache(command) => command.verb(),
            Self::Doctor(args) => &**args,
            Self::Serve(args) => args,
            Self::Completions(args) => args,
            Self::Man(args) => args,
        }
    }
}

/// Parses the command line (the program's name first).
///
/// # Errors
///
/// clap's output, for wrong usage as well as `--help` and `--version`: the caller prints it.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let asked = asked_for_help(arguments);
    let arguments = asked.as_deref().unwrap_or(arguments);
    let parsed = match without_tree(arguments) {
        Some(cli) => Ok(cli),
        None => Cli::try_parse_from(arguments),
    };
    let parsed = parsed.and_then(|cli| {
        // `--json` may come before the command, where clap does not check conflicts.
        if cli.global.json && cli.command.verb().shared().names_another_form() {
            let message = "--json cannot be used with another output format";
            return Err(Cli::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(cli)
    });
    parsed.map_err(|stop| match stop.kind() {
        // Rare, and not worth optimising: parse again with the full tree, which has the tables.
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            manual::documented()
                .try_get_matches_from(arguments)
                .err()
                .unwrap_or(stop)
        }
        _ => harmless(stop, arguments),
    })
}

/// clap repeats what was typed, which may have come from elsewhere: the error for the cleaned command line.
fn harmless(stop: clap::Error, arguments: &[OsString]) -> clap::Error {
    let clean = |word: &OsString| OsString::from(clean(&word.to_string_lossy()).into_owned());
    let cleaned: Vec<OsString> = arguments.iter().map(clean).collect();
    if cleaned == arguments {
        return stop;
    }
    match Cli::try_parse_from(cleaned) {
        Err(error) if error.use_stderr() => error,
        // What was wrong was only what cannot be shown.
        _ => Cli::command().error(stop.kind(), "an argument contains control characters"),
    }
}

/// `jeton help token get`, and `jeton token help get`, as `jeton token get --help`.
fn asked_for_help(arguments: &[OsString]) -> Option<Vec<OsString>> {
    const GROUPS: [&str; 9] = [
        "auth", "cache", "config", "export", "jwks", "key", "mtls", "profile", "token",
    ];
    let is_group = |word: &OsString| word.to_str().is_some_and(|word| GROUPS.contains(&word));
    let at = arguments.iter().position(|word| word == "help")?;
    if at == 0 || !arguments[1..at].iter().all(is_group) {
        return None;
    }
    let (before, after) = (&arguments[..at], &arguments[at + 1..]);
    let mut words = [before, after].concat();
    words.push("--help".into());
    Some(words)
}

/// Parses what wrappers run a thousand times an hour, `jeton token get …` above all, without building the tree, which is half
/// of the work. Returns nothing if that fails: the full tree then has the message.
fn without_tree(arguments: &[OsString]) -> Option<Cli> {
    use TokenCommand::{Decode, Get, Verify};
    let [program, token, verb, options @ ..] = arguments else {
        return None;
    };
    if token != "token" {
        return None;
    }
    let typed = || std::iter::once(program).chain(options);
    match verb.to_str()? {
        "get" => leaf(typed(), |args| Get(Box::new(args))),
        "decode" => leaf(typed(), Decode),
        "verify" => leaf(typed(), |args| Verify(Box::new(args))),
        _ => None,
    }
}

fn leaf<'a, A: Args>(
    typed: impl Iterator<Item = &'a OsString>,
    wrap: impl FnOnce(A) -> TokenCommand,
) -> Option<Cli> {
    let command = GlobalArgs::augment_args(clap::Command::new("jeton"));
    let mut matches = A::augment_args(command).try_get_matches_from(typed).ok()?;
    let args = A::from_arg_matches_mut(&mut matches).ok()?;
    Some(Cli {
        global: GlobalArgs::from_arg_matches_mut(&mut matches).ok()?,
        command: Command::Token(wrap(args)),
    })
}

/// Whether a command line that cannot be parsed asks for JSON: then even this error is an object.
pub(crate) fn asks_for_json(arguments: &[OsString]) -> bool {
    let words: Vec<_> = arguments
        .iter()
        .skip(1)
        .take_while(|word| *word != "--")
        .filter_map(|word| word.to_str())
        .collect();
    words
        .iter()
        .any(|word| matches!(*word, "--json" | "-ojson" | "-o=json" | "--output=json"))
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["-o" | "--output", "json"]))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Cli, asks_for_json, parse, without_tree};
    use clap::{CommandFactory, Parser};
    use std::ffi::OsString;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn json_and_another_output_exclude_each_other() {
        assert!(parse(&words("jeton token get --json")).unwrap().global.json);
        assert!(parse(&words("jeton token get --json -o json")).is_ok());
        for line in [
            "jeton token get --json -o raw",
            "jeton --json token get -o raw",
            "jeton export env --json --format sh",
            "jeton --json auth status -o panel",
        ] {
            let error = parse(&words(line)).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}: {error}");
        }
    }

    #[test]
    fn read_alike_with_and_without_the_tree() {
        let mut read = 0;
        for line in [
            "jeton token get",
            "jeton token get -p billing -o raw",
            "jeton token get -vv --scope a --scope=b --resource urn:x --audience y --min-ttl 1h30m",
            "jeton token get --for https://api.example.com/ --reveal --copy --json -q",
            "jeton token get --require-scope a --require-aud b --ca-file /x --config=y --env-file z",
            "jeton token get --embedded --fresh --no-emoji --no-input --log-format json -oheader",
            "jeton token get -p a --for b",
            "jeton token get -q -v",
            "jeton token get --embedded -p a",
            "jeton token get --version",
            "jeton token get stray",
            "jeton token get --min-ttl 5",
            "jeton token get --help",
            "jeton --json token get",
            "jeton token decode",
            "jeton token decode @file -o json",
            "jeton token decode x.y.z -p billing",
            "jeton token verify - --aud a --iss b --scope c --at 5 --leeway 5s -q",
            "jeton token verify --key k.pem --jwks j.json",
            "jeton token revoke",
        ] {
            let words = words(line);
            let whole = Cli::try_parse_from(&words)
                .ok()
                .map(|cli| format!("{cli:?}"));
            if let Some(alone) = without_tree(&words) {
                assert_eq!(Some(format!("{alone:?}")), whole, "{line}");
                read += 1;
            }
        }
        assert_eq!(read, 9);
    }

    #[test]
    fn json_is_seen_in_a_line_that_does_not_parse() {
        assert!(asks_for_json(&words("jeton token get --json --nonsense")));
        assert!(asks_for_json(&words("jeton token get -o json --nonsense")));
        assert!(!asks_for_json(&words("jeton token get -o raw --nonsense")));
        assert!(!asks_for_json(&words("jeton nonsense -- --json")));
    }

    #[test]
    fn help_is_a_word_too() {
        for (words_of_help, option) in [
            ("jeton help", "jeton --help"),
            ("jeton help token", "jeton token --help"),
            ("jeton help token get", "jeton token get --help"),
            ("jeton token help get", "jeton token get --help"),
            ("jeton token help", "jeton token --help"),
        ] {
            let shown = parse(&words(words_of_help)).unwrap_err();
            assert_eq!(shown.exit_code(), 0, "{words_of_help}");
            let expected = parse(&words(option)).unwrap_err();
            assert_eq!(shown.to_string(), expected.to_string(), "{words_of_help}");
        }
        assert_eq!(parse(&words("jeton help nope")).unwrap_err().exit_code(), 2);
        // A token may be called so.
        assert!(parse(&words("jeton token decode help")).is_ok());
        let groups = Cli::command();
        let groups = groups
            .get_subcommands()
            .filter(|command| command.has_subcommands());
        for group in groups {
            let line = format!("jeton {} help", group.get_name());
            assert_eq!(parse(&words(&line)).unwrap_err().exit_code(), 0, "{line}");
        }
    }

    #[test]
    fn help_of_every_level_has_its_examples() {
        for line in [
            "jeton --help",
            "jeton -h",
            "jeton token --help",
            "jeton token get --help",
        ] {
            let help = parse(&words(line)).unwrap_err();
            assert_eq!(help.exit_code(), 0);
            assert!(help.to_string().contains("Examples:"), "{line}: {help}");
        }
        let root = parse(&words("jeton --help")).unwrap_err().to_string();
        assert!(root.contains("  130  interrupted"), "{root}");
    }
}
