//! `jeton man`: prints the manual pages that are committed under man/.

use super::app::App;
use super::verb::{Shared, Verb};
use crate::cli::manual;
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use clap_mangen::Man;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  jeton man | man -l -
      read it now
  jeton man --dir /usr/local/share/man/man1
      install every page";

/// Print the manual page of jeton, or write one page per command
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManArgs {
    /// Write one page per command to this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Verb for ManArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints jeton(1), or writes every page into a folder, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// When stdout or the folder takes nothing.
    fn run(&self, app: App) -> Result<Exit> {
        let Some(dir) = &self.dir else {
            let root = page(manual::documented())?;
            app.console.print(&root.text)?;
            return Ok(Exit::Done);
        };
        let failed = |failure: &std::io::Error, path: &Path| {
            Error::usage(format!("cannot write {}", path.display()))
                .detail(failure.to_string())
                .hint("give a folder that you can write to")
        };
        std::fs::create_dir_all(dir).map_err(|failure| failed(&failure, dir))?;
        for page in pages()? {
            let path = dir.join(&page.name);
            std::fs::write(&path, page.text).map_err(|failure| failed(&failure, &path))?;
        }
        Ok(Exit::Done)
    }
}

struct Page {
    name: String,
    text: String,
}

/// A page for each command, the root first.
fn pages() -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    let mut waiting = vec![manual::documented()];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().cloned());
        pages.push(page(command)?);
    }
    Ok(pages)
}

fn page(command: clap::Command) -> Result<Page> {
    // `jeton-token-get`, set when the tree was built: the name of the page and of the command.
    let title = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned();
    let man = Man::new(command)
        .title(title.to_uppercase())
        .source(concat!("jeton ", env!("CARGO_PKG_VERSION")))
        .manual("jeton");
    let mut text = Vec::new();
    man.render(&mut text).map_err(anyhow::Error::from)?;
    // The text after the options gets the usual headings of manual pages.
    let text = String::from_utf8_lossy(&text)
        .replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n")
        .replace("\n\nExit codes:\n", "\n.SH \"EXIT STATUS\"\n");
    Ok(Page {
        name: format!("{title}.1"),
        text,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::pages;
    use std::path::Path;

    #[test]
    fn the_committed_pages_are_fresh() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
        let pages = pages().unwrap();
        for page in &pages {
            let path = folder.join(&page.name);
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == page.text,
                "{} is stale: write it anew with `jeton man --dir man`",
                path.display()
            );
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), pages.len());
    }

    #[test]
    fn the_root_page_has_the_exit_codes() {
        let pages = pages().unwrap();
        assert_eq!(pages[0].name, "jeton.1");
        assert!(pages[0].text.contains(".SH \"EXIT STATUS\"\n    0  done\n"));
        assert!(pages[0].text.contains("  130  interrupted\n"));
        for page in &pages {
            assert!(page.text.contains(".SH EXAMPLES\n"), "{}", page.name);
        }
        assert!(pages.iter().any(|page| page.name == "jeton-token-get.1"));
    }
}
