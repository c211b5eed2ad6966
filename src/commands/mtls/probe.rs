//! `jeton mtls probe`: the handshake with a server, told.

mod certificate;
mod facts;
mod report;
mod show;
mod target;

use crate::cli::mtls::ProbeArgs;
use crate::commands::app::{App, block_on};
use crate::commands::source::{explain, unless_interrupted};
use crate::error::Result;
use crate::exit::Exit;
use crate::log::{Module, field};
use crate::output::{ShowFormat, spinner};
use certificate::Own;
use jeton_client::System;
use jeton_client::probe::mtls::{self, Plan};
use jeton_oauth::finding::Level;
use report::Report;
use target::Asked;

/// Looks at a server.
///
/// # Errors
/// Exit 2, 3: what was typed or configured names no server. Exit 4: the certificate cannot be read. Exit 6: there is no
/// connection, or no TLS on it.
pub(crate) fn run(args: &ProbeArgs, mut app: App) -> Result<Exit> {
    app.choose(&args.profile);
    app.connect(&args.network);
    let asked = Asked::of(args, &app)?;
    let own = Own::read(args)?;
    let work = async {
        let report = spinner::during(
            &app.log,
            "probing the server",
            look(&app, &asked, own.as_ref()),
        );
        let report = report.await?;
        match app.show_format(args.output) {
            ShowFormat::Panel => app.console.print(&show::panel(&report, &app.console))?,
            ShowFormat::Json => app.print_json(&report)?,
        }
        Ok(match report.verdict {
            Level::Fail => Exit::Check,
            Level::Warn if args.strict => Exit::Check,
            Level::Ok | Level::Note | Level::Warn => Exit::Done,
        })
    };
    block_on(unless_interrupted(work))?
}

async fn look(app: &App, asked: &Asked, own: Option<&Own>) -> Result<Report> {
    let place = asked.place(app).await?;
    let (host, port) = (&place.target.host, place.target.port);
    app.log.info(
        Module::Mtls,
        "probing the server",
        &[field("host", host), field("port", &port)],
    );
    let plan = Plan {
        target: &place.target,
        http: &asked.http,
        certificate: own.map(|own| &own.certificate),
        clock: &System,
    };
    let probed = mtls::probe(plan)
        .await
        .map_err(|error| explain(error, &asked.profile))?;
    let report = Report::new(&place, &probed, own, app.console.now());
    app.log.info(
        Module::Mtls,
        "server probed",
        &[
            field("trust", &report.server.trust.unwrap_or("none")),
            field("client_certificate", &report.client_certificate_word()),
            field("verdict", &report.verdict.as_str()),
        ],
    );
    Ok(report)
}
