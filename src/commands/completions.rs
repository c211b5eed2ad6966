//! `jeton completions SHELL`: prints the scripts that are committed under completions/.

use super::app::App;
use super::verb::{Shared, Verb};
use crate::cli::manual;
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use clap_complete::Shell;

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
    shell: Shell,
}

impl Verb for CompletionsArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints the completion script of a shell.
    ///
    /// # Errors
    ///
    /// When stdout takes nothing.
    fn run(&self, app: App) -> Result<Exit> {
        app.console.print(&script(self.shell))?;
        Ok(Exit::Done)
    }
}

fn script(shell: Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut manual::documented(), "jeton", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::script;
    use clap::ValueEnum;
    use clap_complete::{Generator, Shell};
    use std::path::Path;

    #[test]
    fn the_committed_scripts_are_fresh() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
        for shell in Shell::value_variants() {
            let path = folder.join(shell.file_name("jeton"));
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == script(*shell),
                "{} is stale: write it anew with `jeton completions {shell}`",
                path.display()
            );
        }
        let count = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(count, Shell::value_variants().len());
    }
}
