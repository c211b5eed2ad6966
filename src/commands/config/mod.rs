//! `jeton config …`

pub(super) mod check;
mod init;
mod path;
pub(super) mod show;

use super::app::App;
use crate::cli::config::{InitArgs, ShowArgs};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::ShowFormat;
use crate::output::table::{Cell, Table};
use init::InitOptions;
use jeton_profile::{Located, Row};

/// Writes a commented file.
///
/// # Errors
/// See [`init::run`].
pub(crate) fn run_init(args: &InitArgs, app: &App) -> Result<Exit> {
    let path = init::run(&InitOptions { force: args.force }, &app.inputs)?;
    if app.json {
        app.print_json(&serde_json::json!({ "path": path }))?;
    } else {
        app.console.print(&format!("{}\n", path.display()))?;
        app.console
            .note("every key is explained in it; `jeton config check` judges what you make of it");
    }
    Ok(Exit::Done)
}

/// Shows every value with its origin.
///
/// # Errors
/// See [`show::run`].
pub(crate) fn run_show(args: &ShowArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    let settings = app.settings()?;
    let report = show::run(&settings)?;
    if app.show_format(args.output) == ShowFormat::Json {
        app.print_json(&report)?;
        return Ok(Exit::Done);
    }
    let mut text = rows("SETTING", &report.tool, &app);
    for profile in &report.profiles {
        text.push('\n');
        text.push_str(&rows(
            &format!("PROFILE {}", profile.name),
            &profile.values,
            &app,
        ));
    }
    app.console.print(&text)?;
    Ok(Exit::Done)
}

fn rows(title: &str, rows: &[Row], app: &App) -> String {
    let mut table = Table::new([title, "VALUE", "ORIGIN"]);
    for row in rows {
        table.push(vec![
            Cell::new(&row.key),
            Cell::new(&row.value),
            Cell::new(&row.origin),
        ]);
    }
    table.render(app.console.stdout)
}

/// Judges the configuration: exit 3, with everything that is wrong, where it cannot be used.
///
/// # Errors
/// See [`check::run`].
pub(crate) fn run_check(app: &App) -> Result<Exit> {
    let report = check::run(&app.inputs)?;
    if !report.holds() {
        let error = Error::config(format!("{} cannot be used", report.path.display()));
        return Err(report
            .findings
            .iter()
            .map(Located::with_remedy)
            .fold(error, Error::detail));
    }
    if app.json {
        app.print_json(&report)?;
        return Ok(Exit::Done);
    }
    for finding in &report.findings {
        app.console.warn(&finding.with_remedy());
    }
    let profiles = match report.profiles {
        1 => "1 profile".to_owned(),
        many => format!("{many} profiles"),
    };
    let text = format!("{} can be used ({profiles})\n", report.path.display());
    app.console.print(&text)?;
    Ok(Exit::Done)
}

/// Prints where the file is.
///
/// # Errors
/// Exit 3 where the place cannot be told.
pub(crate) fn run_path(app: &App) -> Result<Exit> {
    let report = path::run(&app.inputs)?;
    if app.json {
        app.print_json(&report)?;
    } else {
        app.console.print(&format!("{}\n", report.path.display()))?;
        if !report.exists {
            app.console
                .note("there is no such file yet: `jeton config init` writes one");
        }
    }
    Ok(Exit::Done)
}
