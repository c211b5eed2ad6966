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

use crate::cli::selection::{ClientArgs, NetworkArgs, WantedArgs};
use crate::commands::app::{App, block_on};
use crate::commands::source::unless_interrupted;
use crate::commands::token::input;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::ShowFormat;
use clap::Args;
use jeton_oauth::AccessToken;
use report::Report;
use std::path::PathBuf;
use std::sync::Arc;
use steps::Evidence;
use subject::{Session, Subject};

const EXAMPLES: &str = "Examples:
  jeton doctor
      why the default profile has no token
  jeton doctor -p billing --no-request
      everything up to the request: no credential is sent
  jeton doctor --token @token.txt
      what is wrong with a token that is refused
  jeton doctor -p billing --bundle report
      a report to share, without secrets
  jeton doctor --json | jq -r .diagnosis.code
      the reason as a code, for scripts
  jeton doctor --embedded
      try it with nothing configured";

/// Find out why there is no token, or why it is refused
///
/// Retraces each step of `token get`: settings, DNS, TLS, the server's metadata, the request, the token. Prints one line
/// per step, and explains the first that fails and what to do. The request is real; its token is neither stored nor shown.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    wanted: WantedArgs,

    #[command(flatten)]
    network: NetworkArgs,

    /// Request no token: check everything up to the request, and send no credential
    #[arg(long)]
    no_request: bool,

    /// Check this token instead of requesting one: `-` for stdin, or `@FILE`
    #[arg(long, value_name = "TOKEN|-|@FILE", conflicts_with_all = ["no_request", "embedded"])]
    token: Option<String>,

    /// Write a report to share, without secrets and tokens, to a new folder
    #[arg(long, value_name = "DIR")]
    bundle: Option<PathBuf>,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

impl Verb for DoctorArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .wanted(&self.wanted)
            .network(&self.network)
            .form(self.output)
    }

    /// Checks every step, and reports.
    ///
    /// # Errors
    /// Exit 2 where the command line makes no sense; a broken step is no error: it is the result (exit 8).
    fn run(&self, mut app: App) -> Result<Exit> {
        let given = match self.token.as_deref() {
            Some(typed) => {
                let token = input::token(Some(typed), "look at", &app.console)?;
                Some(AccessToken::new(token.as_str()))
            }
            None => None,
        };
        let folder = self.bundle.as_deref().map(bundle::claim).transpose()?;
        if folder.is_some() {
            app.log = Arc::new(app.log.copying());
        }
        app.start_embedded()?;
        let session = Session::new(&app, self);
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
            evidence.into_steps(self.no_request),
        );
        if let Some(folder) = folder {
            bundle::write(&folder, &report, &session, subject, &chain)?;
            app.console.note(&format!(
                "the report is in {}: read it before you share it",
                folder.display()
            ));
        }
        match app.show_format(self.output) {
            ShowFormat::Panel => app
                .console
                .print(&show::panel(&report, app.console.stdout))?,
            ShowFormat::Json => app.print_json(&report)?,
        }
        Ok(report.exit())
    }
}

#[inline(never)]
fn check(subject: &Subject<'_>, evidence: &mut Evidence) -> Result<()> {
    block_on(unless_interrupted(async {
        steps::run(subject, evidence).await;
        Ok(())
    }))?
}
