//! `jeton mtls probe`: the handshake with a server, told.

mod certificate;
mod facts;
mod report;
mod show;
mod target;

use crate::cli::mtls::ProbeArgs;
use crate::commands::app::{App, block_on};
use crate::commands::source::{explain, unless_interrupted};
use crate::commands::verdict;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::{Module, field};
use crate::output::{ShowFormat, spinner};
use certificate::Own;
use jeton_client::System;
use jeton_probe::mtls::{self, Plan, ProbeError, TlsFailure};
use report::Report;
use target::Asked;

/// Looks at a server.
///
/// # Errors
/// Exit 2, 3: what was typed or configured names no server. Exit 4: the certificate cannot be read. Exit 6: there is no
/// connection, or no TLS on it.
#[inline(never)]
pub(crate) fn run(args: &ProbeArgs, mut app: App) -> Result<Exit> {
    app.choose(&args.profile);
    app.connect(&args.network);
    let asked = Asked::of(args, &app)?;
    let own = Own::read(args, &asked)?;
    if let Some(warning) = own.as_ref().and_then(|own| own.warning.as_ref()) {
        app.console.warn(warning);
    }
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
        Ok(verdict::exit(report.verdict, args.strict))
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
        .map_err(|error| no_probe(error, asked))?;
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

fn no_probe(error: ProbeError, asked: &Asked) -> Error {
    let told = error.to_string();
    let trouble = match error {
        ProbeError::Client(error) => return explain(error, &asked.profile),
        ProbeError::NoTls { failure, .. } => failure,
    };
    let failure = Error::new(Exit::Network, told).fact("network", trouble.code());
    match trouble {
        TlsFailure::PlainHttp(_) => failure.hint("this port speaks HTTP without TLS: name the port for https"),
        TlsFailure::OtherProtocol(_) => failure.hint("another service listens on this port: name the port for https"),
        TlsFailure::Timeout => failure.hint(
            "the connection is there, and nothing comes on it: something else may listen on this port, or a filter stand in between",
        ),
        TlsFailure::Closed | TlsFailure::Broken(_) => failure.hint(
            "the server ends the connection when it should answer: a filter of addresses or of server names, or a proxy without a server behind it",
        ),
        TlsFailure::Alert(_)
        | TlsFailure::NotHttp
        | TlsFailure::Untrusted(_)
        | TlsFailure::Tls(_)
        | TlsFailure::NoTime => failure,
    }
}
