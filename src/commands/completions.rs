//! `jeton completions SHELL`: what is committed under completions/.

use crate::cli::manual;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::Console;
use clap_complete::Shell;

/// Prints the completion script of a shell.
///
/// # Errors
///
/// When stdout takes nothing.
pub(crate) fn run(shell: Shell, console: &Console) -> Result<Exit> {
    console.print(&script(shell))?;
    Ok(Exit::Done)
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
