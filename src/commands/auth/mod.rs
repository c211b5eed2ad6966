//! `jeton auth …`

mod login;
mod logout;
pub(crate) mod status;

use super::app::App;
use super::source;
use crate::cli::auth::{LoginArgs, LogoutArgs};
use crate::error::Result;
use crate::exit::Exit;
use jeton_profile::keyring::SystemKeyring;
use login::LoginSource;
use std::io::IsTerminal;

/// Puts a credential into the keyring.
///
/// # Errors
/// See [`login::run`].
pub(crate) fn run_login(args: &LoginArgs, mut app: App) -> Result<Exit> {
    app.choose(&args.profile);
    let settings = app.settings()?;
    let profile = settings.chosen()?;
    let from = if std::io::stdin().is_terminal() {
        LoginSource::Prompt
    } else {
        LoginSource::Stdin
    };
    let no_input = settings.tool.no_input.value;
    let report = login::run(
        from,
        &profile,
        no_input,
        &mut login::Terminal,
        &SystemKeyring,
    )?;
    if let Some(warning) = &report.warning {
        app.console.warn(warning);
    }
    if app.json {
        app.print_json(&report)?;
    } else {
        let what = report.credential.in_words();
        let text = format!(
            "the {what} of {} is in the keyring ({}/{})\n",
            profile.name, report.service, report.user
        );
        app.console.print(&text)?;
    }
    Ok(Exit::Done)
}

/// Takes the credentials of a profile out of the keyring, and its tokens out of the cache.
///
/// # Errors
/// See [`logout::run`]; exit 1 where a cached token cannot be removed.
pub(crate) fn run_logout(args: &LogoutArgs, mut app: App) -> Result<Exit> {
    app.choose(&args.profile);
    let settings = app.settings()?;
    let profile = settings.chosen()?;
    let purged = source::forget(&app, &settings, &profile.name)?;
    let report = logout::run(&profile, &SystemKeyring)?;
    if app.json {
        app.print_json(&serde_json::json!({
            "profile": profile.name,
            "removed": report.removed,
            "kept": report.kept,
            "purged_tokens": purged,
        }))?;
        return Ok(Exit::Done);
    }
    let mut text = match report.removed.as_slice() {
        [] => format!("the keyring holds nothing of {}\n", profile.name),
        removed => format!("taken out of the keyring: {}\n", removed.join(", ")),
    };
    text.push_str(&match purged {
        0 => "no cached token\n".to_owned(),
        1 => "1 cached token removed\n".to_owned(),
        many => format!("{many} cached tokens removed\n"),
    });
    app.console.print(&text)?;
    for kept in &report.kept {
        app.console
            .note(&format!("not in the keyring, and left alone: {kept}"));
    }
    Ok(Exit::Done)
}
