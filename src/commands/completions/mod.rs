//! `jeton completions SHELL`: prints the scripts that are committed under completions/.

mod candidates;
mod script;

use super::app::App;
use super::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use candidates::Candidates;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;

const EXAMPLES: &str = "Examples:
  jeton completions bash > ~/.local/share/bash-completion/completions/jeton
      bash
  jeton completions fish > ~/.config/fish/completions/jeton.fish
      fish";

/// Print the completion script for a shell
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Wanted,

    /// For candidates: the line being typed, without `jeton`
    #[arg(hide = true, last = true, value_name = "WORD")]
    line: Vec<OsString>,
}

/// What is printed.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// The script of a shell
    Script(Shell),
    /// What the scripts ask for while a line is being typed; not in the help
    Candidates(Candidates),
}

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Script(Shell::Bash),
            Self::Script(Shell::Elvish),
            Self::Script(Shell::Fish),
            Self::Script(Shell::PowerShell),
            Self::Script(Shell::Zsh),
            Self::Candidates(Candidates::Profiles),
            Self::Candidates(Candidates::Urls),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Script(shell) => shell.to_possible_value(),
            Self::Candidates(kind) => Some(PossibleValue::new(kind.name()).hide(true)),
        }
    }
}

impl Verb for CompletionsArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints the completion script of a shell, or what such a script asks for.
    ///
    /// # Errors
    ///
    /// When stdout takes nothing.
    fn run(&self, app: App) -> Result<Exit> {
        let text = match self.shell {
            Wanted::Script(shell) => script::of(shell),
            Wanted::Candidates(kind) => kind.of(&self.line, app.inputs),
        };
        app.console.print(&text)?;
        Ok(Exit::Done)
    }
}
