//! `jeton mtls probe`: the handshake with a server, told.

mod certificate;
mod facts;
mod report;
mod show;
mod target;

use crate::cli::selection::{NetworkArgs, ProfileArgs};
use crate::commands::app::{App, block_on};
use crate::commands::source::{explain, unless_interrupted};
use crate::commands::verb::{Shared, Verb};
use crate::commands::verdict;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::{Module, field};
use crate::output::{ShowFormat, spinner};
use certificate::Own;
use clap::Args;
use jeton_client::System;
use jeton_probe::mtls::{self, Plan, ProbeError, TlsFailure};
use report::Report;
use std::path::PathBuf;
use target::Asked;

const EXAMPLES: &str = "Examples:
  jeton mtls probe -p billing
      the token endpoint of a profile
  jeton mtls probe https://mtls.example.com/token --cert client.pem --key client.key
      what the server makes of this certificate
  jeton mtls probe 127.0.0.1:8443 --ca-file ca.pem --strict
      a server of one's own; warnings fail too
  jeton mtls probe api.example.com -o json
      for a script";

/// Shake hands with a server, and tell what it takes, shows and asks for
///
/// Tells the TLS versions and cipher suites that the server takes, its certificates and whether they are trusted, whether
/// and of which CAs it asks for a client certificate, what it answers with and without ours, and whether sessions are
/// resumed. Of ours: whether key and certificate belong together, what will hurt soon, the thumbprint that tokens are
/// bound to, and what to register.
///
/// A few dozen short connections are made, with at most a GET without credentials on them; a server whose certificate is
/// not trusted is shown nothing and sent nothing. Each finding is a note, a warning or a failure; only a failure ends
/// with exit 8. Without an argument the token endpoint of the profile is looked at.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ProbeArgs {
    /// The server: an https URL, or a host with or without a port
    #[arg(value_name = "URL|HOST[:PORT]")]
    target: Option<String>,

    #[command(flatten)]
    profile: ProfileArgs,

    /// Show this client certificate instead of the profile's (PEM: its own first, then intermediates; the key may stand in it too)
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,

    /// The private key of --cert (PEM, not encrypted)
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,

    /// Let warnings fail too
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

impl Verb for ProbeArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .profile(&self.profile)
            .network(&self.network)
            .form(self.output)
    }

    /// Looks at a server.
    ///
    /// # Errors
    /// Exit 2, 3: what was typed or configured names no server. Exit 4: the certificate cannot be read. Exit 6: there is no
    /// connection, or no TLS on it.
    #[inline(never)]
    fn run(&self, mut app: App) -> Result<Exit> {
        let asked = Asked::of(self, &mut app)?;
        let own = Own::read(self, &asked)?;
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
            match app.show_format(self.output) {
                ShowFormat::Panel => app.console.print(&show::panel(&report, &app.console))?,
                ShowFormat::Json => app.print_json(&report)?,
            }
            Ok(verdict::exit(report.verdict, self.strict))
        };
        block_on(unless_interrupted(work))?
    }
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
