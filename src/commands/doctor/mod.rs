//! `jeton doctor`: from the settings to a decoded token, one step after the other; the first broken one is explained.
//!
//! The steps use what every other command uses, on the same way: [`walk`] says in which order, [`jeton_inspect::diagnosis`] what
//! it means.

mod bundle;
mod cache;
mod certificates;
mod client_certificate;
mod credential;
mod evidence;
mod proxied;
mod report;
mod request;
mod server;
mod settings;
mod show;
mod step;
mod token;
mod walk;
mod way;
mod witness;

use crate::cli::doctor::DoctorArgs;
use crate::commands::app::{App, block_on};
use crate::commands::source::unless_interrupted;
use crate::commands::token::input;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::ShowFormat;
use jeton_oauth::AccessToken;
use report::Report;
use std::sync::Arc;
use walk::{Ready, Walk};

/// Walks, and tells.
///
/// # Errors
/// Exit 2 where the command line makes no sense; a broken step is no error: it is the result (exit 8).
pub(crate) fn run(args: &DoctorArgs, mut app: App) -> Result<Exit> {
    app.want(&args.wanted);
    app.connect(&args.network);
    let given = match args.token.as_deref() {
        Some(typed) => {
            let token = input::token(Some(typed), "look at", &app.console)?;
            Some(AccessToken::new(token.as_str()))
        }
        None => None,
    };
    let folder = args.bundle.as_deref().map(bundle::claim).transpose()?;
    if folder.is_some() {
        app.log = Arc::new(app.log.copying());
    }
    app.choose_client(&args.client)?;
    let mut walk = Walk::new(&app, args);
    let ready = walk.settings(given)?;
    if let Some(ready) = &ready {
        go(&mut walk, ready)?;
    }
    let steps = walk.finish();
    let report = Report::new(
        ready
            .as_ref()
            .map(|ready| ready.opened.profile.name.clone()),
        ready
            .as_ref()
            .map(|ready| ready.context.target.value.clone()),
        walk.would,
        steps,
    );
    if let Some(folder) = folder {
        bundle::write(&folder, &report, &walk, ready.as_ref())?;
        app.console.note(&format!(
            "the report is in {}: read it before you hand it on",
            folder.display()
        ));
    }
    match app.show_format(args.output) {
        ShowFormat::Panel => app
            .console
            .print(&show::panel(&report, app.console.stdout))?,
        ShowFormat::Json => app.print_json(&report)?,
    }
    Ok(report.exit())
}

#[inline(never)]
fn go(walk: &mut Walk<'_>, ready: &Ready) -> Result<()> {
    block_on(unless_interrupted(async {
        walk.go(ready).await;
        Ok(())
    }))?
}
