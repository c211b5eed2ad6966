//! `jeton jwks test`: a key set, how it is delivered, and what is wrong with its keys.

mod report;
mod show;
mod target;
mod watch;

use crate::cli::jwks::TestArgs;
use crate::commands::app::{App, block_on};
use crate::commands::source::unless_interrupted;
use crate::commands::token::input;
use crate::commands::verdict;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{Console, ShowFormat, spinner};
use jeton_inspect::key_set::candidates::{self, Matched};
use jeton_inspect::key_set::{Validation, algorithms, rotation, validate};
use report::{Diff, Report};
use target::{Loaded, Target};
use zeroize::Zeroizing;

/// Judges a set, once or again and again.
///
/// # Errors
/// Exit 2, 3: what was typed or configured names no set. Exit 6, 7: it could not be fetched, or is no set. Exit 8: a
/// file is no set.
#[inline(never)]
pub(crate) fn run(args: &TestArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    app.connect(&args.network);
    let token = read_token(args, &app.console)?;
    let target = Target::of(args, &app)?;
    if args.watch && !target.is_remote() {
        return Err(Error::usage("only a set that is fetched can be watched")
            .hint("name its URL or its issuer; a file can be compared with --diff"));
    }
    let work = async {
        let fetching = target.load(&app);
        let loaded = spinner::during(&app.log, "fetching the key set", fetching).await?;
        let report = report(args, &app, &loaded, token.as_deref().map(String::as_str))?;
        if args.watch {
            return watch::run(args, &app, &target, &loaded, &report).await;
        }
        match app.show_format(args.output) {
            ShowFormat::Panel => app.console.print(&show::panel(&report, &app.console))?,
            ShowFormat::Json => app.print_json(&report)?,
        }
        Ok(verdict::exit(report.verdict, args.strict))
    };
    block_on(unless_interrupted(work))?
}

/// The token that is meant, where one is.
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

/// Everything that there is to say about what was loaded.
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
        Error::usage(format!("the token cannot be matched with a key: {error}"))
            .hint("only a signed JWT has a key; `jeton token decode` says what this is")
    })
}
