//! `jeton token verify`: a token judged by every rule at once.

mod demands;
mod keys;

use super::subject;
use crate::cli::token::VerifyArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::finding::findings;
use crate::output::time::rfc3339;
use crate::output::{Paint, Panel, Row, ShowFormat};
use jeton_client::verify::Verified;
use jeton_inspect::finding::{Finding, Severity};
use jeton_profile::{Profile, Settings};
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// `-o json`, version 1: of a token that holds. One that does not is an error, with the same findings.
#[derive(Serialize)]
struct Json<'a> {
    holds: bool,
    /// False with `--signature-only`.
    claims_judged: bool,
    /// RFC 3339, UTC.
    judged_at: Option<String>,
    /// Where the keys came from.
    keys: &'a str,
    header: &'a Map<String, Value>,
    claims: &'a Map<String, Value>,
    #[serde(serialize_with = "crate::output::finding::as_rules")]
    findings: &'a [Finding],
}

/// Judges the token, with the keys that are named or those of the issuer.
///
/// # Errors
/// Exit 8 where the token does not hold; exit 2 and 3 where it is not said with which keys; exit 6 and 7 where they
/// cannot be had.
pub(crate) fn run(args: &VerifyArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    app.connect(&args.network);
    let context = Context::find(args, &app)?;
    let token = subject::token(
        args.token.as_deref(),
        &args.client,
        "verify",
        &app.console,
        || match &context.settings {
            Some(settings) => source::open(&app, settings),
            None => Err(Error::usage("there is no token to verify")),
        },
    )?;
    let now = args.at.unwrap_or_else(|| app.console.now());
    let rules = demands::rules(args, context.named());
    let (judgement, keys) = keys::judge(args, &app, &context, rules, token.expose(), now)?;
    let found: Vec<Finding> = judgement.findings().iter().map(Finding::from).collect();
    let failures = judgement.failures();
    match judgement.into_verified() {
        Ok(token) => print(args, &app, &token, &found, &keys, now),
        Err(_) => Err(refusal(failures, found)),
    }
}

/// What the configuration has to say. It is not read where the command line says everything.
struct Context {
    settings: Option<Arc<Settings>>,
    profile: Option<Profile>,
}

impl Context {
    fn find(args: &VerifyArgs, app: &App) -> Result<Self> {
        let named = args.client.is_named();
        let has_keys = args.key.is_some() || args.jwks.is_some();
        let needs_network = !has_keys || args.jwks.as_deref().is_some_and(keys::is_url);
        if !named && !needs_network {
            return Ok(Self {
                settings: None,
                profile: None,
            });
        }
        let settings = app.settings()?;
        let profile = if named || (!has_keys && args.iss.is_none()) {
            settings.select().map_err(|error| {
                Error::from(error).hint("or name the issuer, or the keys: --iss, --jwks, --key")
            })?
        } else {
            settings.own_profile("verify")?
        };
        Ok(Self {
            settings: Some(settings),
            profile: Some(profile),
        })
    }

    /// The profile that was meant, or nothing: what it says of issuer and audience counts.
    fn named(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }
}

fn refusal(failures: usize, found: Vec<Finding>) -> Error {
    let failed = |found: &&Finding| found.severity == Severity::Fail;
    let mut rules: Vec<_> = found
        .iter()
        .filter(failed)
        .map(|found| found.code)
        .collect();
    rules.dedup();
    let word = if failures == 1 { "rule" } else { "rules" };
    let message = format!(
        "the token does not hold: {failures} {word} failed ({})",
        rules.join(", ")
    );
    let error = Error::new(Exit::Check, message);
    let error = if rules.contains(&"form") {
        error.hint("`jeton token introspect` asks the server about tokens that cannot be read")
    } else {
        error.hint("`jeton token decode` shows what it says")
    };
    error.findings(found)
}

fn print(
    args: &VerifyArgs,
    app: &App,
    token: &Verified,
    found: &[Finding],
    keys: &str,
    now: i64,
) -> Result<Exit> {
    if app.show_format(args.output) == ShowFormat::Json {
        app.print_json(&Json {
            holds: true,
            claims_judged: !args.signature_only,
            judged_at: rfc3339(now),
            keys,
            header: &token.header().raw,
            claims: token.claims(),
            findings: found,
        })?;
        return Ok(Exit::Done);
    }
    let verdict = if args.signature_only {
        "the signature holds; the claims were not judged"
    } else {
        "holds"
    };
    let mut panel = Panel::new();
    panel.push(Row::new("Token", verdict).paint(Paint::Good));
    panel.push(Row::new("Keys", keys));
    panel.push(Row::new("As of", &app.console.zone.stamp(now)));
    let look = app.console.stdout;
    let text = format!("{}\n{}", panel.render(look), findings(found).render(look));
    app.console.print(&text)?;
    Ok(Exit::Done)
}
