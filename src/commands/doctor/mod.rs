//! `jeton doctor`: from the settings to a verified token, one step after the other; the first broken one is explained.
//!
//! The steps use what every other command uses, on the same path: [`steps`] is the list, [`jeton_inspect::diagnosis`] says
//! what a failure means.

mod audience;
mod bundle;
mod cache;
mod certificates;
mod client_certificate;
mod clock;
mod convert;
mod credential;
mod decode;
mod discovery;
mod issuer;
mod methods;
mod path;
mod proxy;
mod received;
mod recorder;
mod report;
mod request;
mod scope;
mod settings;
mod show;
mod step;
mod steps;
mod subject;
mod tls;
mod verify;

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
use steps::Evidence;
use subject::{Session, Subject};

/// Checks every step, and reports.
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
    let session = Session::new(&app, args);
    let mut evidence = Evidence::default();
    let (settings, subject) = settings::check(&session, given)?;
    evidence.add(settings);
    if let Some(subject) = &subject {
        check(subject, &mut evidence)?;
    }
    let would_exit = evidence.would_exit();
    let chain = std::mem::take(&mut evidence.chain);
    let subject = subject.as_ref();
    let report = Report::new(
        subject.map(|subject| subject.profile().name.clone()),
        subject.map(|subject| subject.context.target.value.clone()),
        would_exit,
        evidence.into_steps(args.no_request),
    );
    if let Some(folder) = folder {
        bundle::write(&folder, &report, &session, subject, &chain)?;
        app.console.note(&format!(
            "the report is in {}: read it before you share it",
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
fn check(subject: &Subject<'_>, evidence: &mut Evidence) -> Result<()> {
    block_on(unless_interrupted(async {
        steps::run(subject, evidence).await;
        Ok(())
    }))?
}
