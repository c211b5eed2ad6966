//! `jeton man`: prints the manual pages that are committed under man/.

mod page;
mod roff;

use super::app::App;
use super::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
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
        let pages = page::all().map_err(anyhow::Error::from)?;
        let Some(dir) = &self.dir else {
            for root in pages.iter().take(1) {
                app.console.print(&root.text)?;
            }
            return Ok(Exit::Done);
        };
        let failed = |failure: &std::io::Error, path: &Path| {
            Error::usage(format!("cannot write {}", path.display()))
                .detail(failure.to_string())
                .hint("give a folder that you can write to")
        };
        std::fs::create_dir_all(dir).map_err(|failure| failed(&failure, dir))?;
        for page in pages {
            let path = dir.join(page.file_name());
            std::fs::write(&path, page.text).map_err(|failure| failed(&failure, &path))?;
        }
        Ok(Exit::Done)
    }
}
