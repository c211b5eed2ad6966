//! `jeton mtls probe`: reports TLS handshakes with a server.

mod certificate;
mod facts;
mod report;
mod show;
mod target;

use crate::cli::selection::{NetworkArgs, ProfileArgs};
use crate::commands::app::{App, block_on};
use crate::commands::source::{explain, unless_interrupted, within};
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
use target::ProbeContext;

const EXAMPLES: &str = "Examples:
  jeton mtls probe -p billing
      the token endpoint of a profile
  jeton mtls probe https://mtls.example.com/token --cert client.pem --key client.key
      how the server responds to this certificate
  jeton mtls probe 127.0.0.1:8443 --ca-file ca.pem --strict
      your own server; warnings are failures
  jeton mtls probe api.example.com -o json
      for a script";

/// Test TLS handshakes with a server and report what it accepts, presents and asks for
///
/// Reports the TLS versions and cipher suites that the server accepts, its certificates and whether they are trusted,
/// whether it asks for a client certificate and from which CAs, how it responds with and without yours, and whether it
/// resumes sessions. About your certificate: whether it belongs to the key, when it expires, the thumbprint that tokens
/// are bound to, and what to register.
///
/// Makes a few dozen short connections, each with at most one GET without credentials. A server whose certificate is not
/// trusted is fully reported, but receives no request and no certificate. Each finding is a note, a warning or a failure;
/// only a failure causes exit 8. The default is the token endpoint of the profile.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ProbeArgs {
    /// The server: an https URL, or a host with or without a port
    #[arg(value_name = "URL|HOST[:PORT]")]
    target: Option<String>,

    #[command(flatten)]
    profile: ProfileArgs,

    /// Present this client certificate instead of the profile's (PEM: the certificate, then intermediates; the key may be in the file too)
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,

    /// The private key of --cert (PEM, not encrypted)
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,

    /// Treat warnings as failures
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    network: NetworkArgs,

    /// Output format [default: panel]
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

    /// Probes a server.
    ///
    /// # Errors
    /// Exit 2, 3: no server is given or configured. Exit 4: the certificate cannot be read. Exit 6: there is no connection, or
    /// no TLS on it.
    #[inline(never)]
    fn run(&self, mut app: App) -> Result<Exit> {
        let context = ProbeContext::of(self, &mut app)?;
        let own = Own::read(self, &context)?;
        if let Some(warning) = own.as_ref().and_then(|own| own.warning.as_ref()) {
            app.console.warn(warning);
        }
        let work = async {
            let report = spinner::during(
                &app.log,
                "probing the server",
                within(&context.profile, look(&app, &context, own.as_ref())),
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

async fn look(app: &App, context: &ProbeContext, own: Option<&Own>) -> Result<Report> {
    let server = context.server(app).await?;
    let (host, port) = (&server.target.host, server.target.port);
    app.log.info(
        Module::Mtls,
        "probing the server",
        &[field("host", host), field("port", &port)],
    );
    let plan = Plan {
        target: &server.target,
        http: &context.http,
        certificate: own.map(|own| &own.certificate),
        clock: &System,
    };
    let probed = mtls::probe(plan)
        .await
        .map_err(|error| no_probe(error, context))?;
    let report = Report::new(&server, &probed, own, app.console.now());
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

fn no_probe(error: ProbeError, context: &ProbeContext) -> Error {
    let told = error.to_string();
    let trouble = match error {
        ProbeError::Client(error) => return explain(error, &context.profile),
        ProbeError::NoTls { failure, .. } => failure,
    };
    let failure = Error::new(Exit::Network, told).fact("network", trouble.code());
    match trouble {
        TlsFailure::PlainHttp(_) => failure.hint("this port serves HTTP without TLS: use the port for https"),
        TlsFailure::OtherProtocol(_) => failure.hint("another service listens on this port: use the port for https"),
        TlsFailure::Timeout => failure.hint(
            "the server accepts the connection but sends nothing: another service may listen on this port, or a firewall may be in between",
        ),
        TlsFailure::Closed | TlsFailure::Broken(_) => failure.hint(
            "the server closes the connection instead of responding: a filter of addresses or server names, or a proxy without a server behind it, may cause this",
        ),
        TlsFailure::Alert(_)
        | TlsFailure::NotHttp
        | TlsFailure::Untrusted(_)
        | TlsFailure::Tls(_)
        | TlsFailure::NoTime => failure,
    }
}
