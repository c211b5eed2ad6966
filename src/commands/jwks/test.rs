//! `jeton jwks test`: checks a key set, how it is delivered, and its keys.

mod report;
mod show;
mod target;
mod watch;

use crate::cli::selection::{ClientArgs, NetworkArgs};
use crate::commands::app::{App, block_on};
use crate::commands::source::unless_interrupted;
use crate::commands::token::input;
use crate::commands::verb::{Shared, Verb};
use crate::commands::verdict;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::Level;
use crate::output::{Console, ShowFormat, spinner};
use clap::Args;
use jeton_inspect::key_set::candidates::{self, Matched};
use jeton_inspect::key_set::{Validation, algorithms, rotation, validate};
use jeton_profile::duration;
use report::{Diff, Report};
use std::path::PathBuf;
use std::time::Duration;
use target::{Loaded, Target};
use zeroize::Zeroizing;

const EXAMPLES: &str = "Examples:
  jeton jwks test -p billing
      the key set of the profile's issuer, and what its metadata announces
  jeton jwks test --issuer https://auth.example.com --strict
      before a rollout: warnings are failures
  jeton token get -q -o raw | jeton jwks test --token -
      which key verifies this token, and why the others do not
  jeton jwks test ./jwks.json -o json
      a file before it is published, for a script
  jeton jwks test -p billing --diff ./last-week.json
      what was added, removed and changed
  jeton jwks test -p billing --watch --interval 10s --token @token.txt
      report rotations live, and which tokens they would have broken
  jeton jwks test --embedded
      try it with nothing configured";

/// Fetch a key set and check every key
///
/// Reports how the set is delivered (status, redirects, content type, how long clients may cache it) and what is wrong
/// with its keys: conflicting, missing or repeated members, published private keys, weak or invalid key material,
/// certificates that belong to other keys. If the metadata of the issuer is known, the algorithms that it announces are
/// compared with the keys.
///
/// Each finding is a note, a warning or a failure; only a failure causes exit 8. By default the key set is the one that
/// the profile's issuer names in its metadata.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TestArgs {
    /// The key set: its URL, a file, or `-` for stdin
    #[arg(value_name = "URL|FILE|-", conflicts_with_all = ["issuer", "profile", "for_url", "embedded"])]
    target: Option<String>,

    /// Check the key set of this issuer, without a profile
    #[arg(long, value_name = "URL", conflicts_with_all = ["profile", "for_url", "embedded"])]
    issuer: Option<String>,

    #[command(flatten)]
    client: ClientArgs,

    /// Report which key verifies this token, and why the others do not; fail (exit 8) if none does
    #[arg(long, value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    token: Option<String>,

    /// Report what changed since this saved key set
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    diff: Option<PathBuf>,

    /// Treat warnings as failures
    #[arg(long)]
    strict: bool,

    /// Fetch the set again and again until Ctrl-C, and report every key that is added, removed or replaced
    ///
    /// A change that would have broken clients is a failure: a key replaced under its kid, or removed before every client
    /// could know its successor. `--token @FILE` is read again each time.
    #[arg(long)]
    watch: bool,

    /// With --watch: how often to fetch, at least 1s
    #[arg(long, value_name = "DURATION", value_parser = interval, default_value = "30s", requires = "watch")]
    interval: Duration,

    /// With --watch: stop after this time
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, requires = "watch")]
    duration: Option<Duration>,

    #[command(flatten)]
    network: NetworkArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

fn interval(text: &str) -> Result<Duration, String> {
    let interval = duration::parse(text)?;
    if interval < Duration::from_secs(1) {
        return Err("an interval is at least 1s, to spare the server".to_owned());
    }
    Ok(interval)
}

impl Verb for TestArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .network(&self.network)
            .form(self.output)
    }

    /// Checks a set, once or repeatedly.
    ///
    /// # Errors
    /// Exit 2, 3: no key set is given or configured. Exit 6, 7: it could not be fetched, or is not a key set. Exit 8: a file
    /// is not a key set.
    #[inline(never)]
    fn run(&self, mut app: App) -> Result<Exit> {
        let token = read_token(self, &app.console)?;
        let target = Target::of(self, &mut app)?;
        if self.watch && !target.is_remote() {
            return Err(
                Error::usage("--watch needs a key set that is fetched from a URL")
                    .hint("give a URL or an issuer; to compare files, use --diff"),
            );
        }
        let work = async {
            let fetching = target.load(&app, Level::Info);
            let loaded = spinner::during(&app.log, "fetching the key set", fetching).await?;
            let report = report(self, &app, &loaded, token.as_deref().map(String::as_str))?;
            if self.watch {
                return watch::run(self, &app, &target, &loaded, &report).await;
            }
            match app.show_format(self.output) {
                ShowFormat::Panel => app.console.print(&show::panel(&report, &app.console))?,
                ShowFormat::Json => app.print_json(&report)?,
            }
            Ok(verdict::exit(report.verdict, self.strict))
        };
        block_on(unless_interrupted(work))?
    }
}

/// The token of `--token`.
fn read_token(args: &TestArgs, console: &Console) -> Result<Option<Zeroizing<String>>> {
    let Some(typed) = args.token.as_deref() else {
        return Ok(None);
    };
    if typed == "-" && args.target.as_deref() == Some("-") {
        return Err(Error::usage(
            "the token and the key set cannot both come from standard input",
        ));
    }
    input::token(Some(typed), "decode", console).map(Some)
}

/// All findings about what was loaded.
fn report(args: &TestArgs, app: &App, loaded: &Loaded, token: Option<&str>) -> Result<Report> {
    let validation = validated(app, loaded)?;
    let matched = token.map(|token| matched(token, &validation)).transpose()?;
    let diff = match &args.diff {
        Some(path) => {
            let before = target::read_file(path)?;
            let before = validated(app, &before)?;
            let changes = rotation::compare(&rotation::seen(&before), &rotation::seen(&validation));
            Some(Diff::new(path, changes))
        }
        None => None,
    };
    let (announced, findings) = loaded
        .metadata
        .as_ref()
        .map(|metadata| algorithms::compare(metadata, &validation))
        .unwrap_or_default();
    Ok(Report::new(
        loaded,
        &validation,
        announced,
        findings,
        matched,
        diff,
    ))
}

fn validated(app: &App, loaded: &Loaded) -> Result<Validation> {
    validate(&loaded.document, app.console.now()).ok_or_else(|| loaded.no_set())
}

fn matched(token: &str, validation: &Validation) -> Result<Matched> {
    candidates::of_token(token, validation).map_err(|error| {
        Error::usage(format!("cannot match the token with a key: {error}"))
            .hint("only a signed JWT can be matched; `jeton token decode` shows what this token is")
    })
}
