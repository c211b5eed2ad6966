//! `jeton token verify`: checks a token against all rules.

mod keys;
mod rules;

use super::input;
use super::subject::SubjectArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::finding::findings;
use crate::output::time::{self, rfc3339};
use crate::output::{Paint, Panel, Row, ShowFormat};
use clap::Args;
use jeton_client::verify::{MAX_LEEWAY, Verified};
use jeton_inspect::finding::{Finding, Severity};
use jeton_profile::duration;
use jeton_profile::{Profile, Settings};
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const EXAMPLES: &str = "Examples:
  jeton token verify -p billing @token.txt
      with the keys of the profile's issuer, for the profile's resource
  jeton token verify --iss https://auth.example.com --aud https://api.example.com @token.txt
      with the keys of an issuer that is not configured
  jeton token verify --jwks keys.json --signature-only @token.txt
      the signature only, without a network
  jeton token verify --key issuer.pem --at 2026-11-21T00:30:00Z @token.txt
      whether it was valid at that time
  jeton token verify --embedded --aud https://other.example.com
      try it without configuration, and see a rule fail";

/// Verify a signed token: its signature and its claims
///
/// The keys are those of the issuer, which is the profile's or --iss, unless --jwks or --key names others. Issuer and
/// audience are checked against --iss and --aud, else against the issuer, resource and audience of the profile; anything
/// unspecified is reported as not checked. If a rule fails, the exit code is 8 and all findings are on stderr.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    subject: SubjectArgs,

    /// Use the keys of this JWK Set (RFC 7517) instead of the issuer's
    #[arg(long, value_name = "URL|FILE", conflicts_with_all = ["key", "embedded"])]
    jwks: Option<String>,

    /// Use this public key (PEM, PEM certificate or JWK), whatever `kid` the token names
    #[arg(long, value_name = "FILE", conflicts_with = "embedded")]
    key: Option<PathBuf>,

    /// Require exactly this issuer; its metadata says where the keys are
    #[arg(long, value_name = "URL", conflicts_with = "embedded")]
    iss: Option<String>,

    /// Require this audience; if repeated, one of them
    #[arg(long, value_name = "AUDIENCE")]
    aud: Vec<String>,

    /// Accept a token without an audience, such as an access token of Amazon Cognito
    #[arg(long)]
    allow_no_aud: bool,

    /// Accept a token without an expiry time (exp)
    #[arg(long)]
    allow_no_exp: bool,

    /// Require this scope; repeat the option, or separate scopes with spaces
    #[arg(long, value_name = "SCOPE")]
    scope: Vec<String>,

    /// Require what RFC 9068 requires of an access token, typ at+jwt and seven claims, instead of noting what is missing
    #[arg(long)]
    profile_strict: bool,

    /// Allowed clock difference, such as 5s; at most 5m [default: 30s]
    #[arg(long, value_name = "DURATION", value_parser = leeway)]
    leeway: Option<Duration>,

    /// Verify as of this time: seconds since 1970, or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse, allow_negative_numbers = true)]
    at: Option<i64>,

    /// Verify the signature only, of any signed text (JWS), and say so; times, issuer and audience are not checked
    #[arg(long, conflicts_with_all = ["aud", "allow_no_aud", "allow_no_exp", "scope", "profile_strict", "leeway", "at"])]
    signature_only: bool,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

/// `-o json`, version 1, for a verified token. If verification fails, that is an error with the same findings.
#[derive(Serialize)]
struct Json<'a> {
    holds: bool,
    /// False with `--signature-only`.
    claims_judged: bool,
    /// RFC 3339, UTC.
    judged_at: Option<String>,
    /// Where the keys come from.
    keys: &'a str,
    header: &'a Map<String, Value>,
    /// Null where the payload is not a JSON object, which only `--signature-only` accepts.
    claims: Option<&'a Map<String, Value>>,
    #[serde(serialize_with = "crate::output::finding::as_rules")]
    findings: &'a [Finding],
}

impl Verb for VerifyArgs {
    fn shared(&self) -> Shared<'_> {
        self.subject.shared().form(self.output)
    }

    /// Verifies the token, with the keys that are given or those of the issuer.
    ///
    /// # Errors
    /// Exit 8 where verification fails; exit 2 and 3 where the keys are unknown; exit 6 and 7 where they cannot be fetched.
    fn run(&self, mut app: App) -> Result<Exit> {
        let context = Context::find(self, &mut app)?;
        let given = self.subject.given("verify", &app.console)?;
        let token = match given {
            Some(token) => token,
            None => {
                let settings = match &context.settings {
                    Some(settings) => Arc::clone(settings),
                    None => app.settings()?,
                };
                let opened = source::open(&app, &settings);
                let opened = opened.map_err(|error| input::missing("verify", error))?;
                self.subject.of_profile(&opened)?
            }
        };
        let now = self.at.unwrap_or_else(|| app.console.now());
        let rules = rules::rules(self, context.named());
        let (verdict, keys) = keys::validate(self, &app, &context, rules, token.expose(), now)?;
        let found: Vec<Finding> = verdict.findings().iter().map(Finding::from).collect();
        let failures = verdict.failures();
        match verdict.into_verified() {
            Ok(token) => print(self, &app, &token, &found, &keys, now),
            Err(_) => Err(refusal(failures, found)),
        }
    }
}

fn leeway(text: &str) -> Result<Duration, String> {
    let leeway = duration::parse(text)?;
    if leeway > MAX_LEEWAY {
        return Err("it is more than 5m, which would hide a clock that is wrong".to_owned());
    }
    Ok(leeway)
}

/// The configuration. It is not read if the command line says everything.
struct Context {
    settings: Option<Arc<Settings>>,
    profile: Option<Profile>,
}

impl Context {
    fn find(args: &VerifyArgs, app: &mut App) -> Result<Self> {
        let named = args.subject.client.is_named();
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
                Error::from(error).hint("or give the issuer or the keys: --iss, --jwks, --key")
            })?
        } else {
            settings.own_profile("verify")?
        };
        Ok(Self {
            settings: Some(settings),
            profile: Some(profile),
        })
    }

    /// The profile whose issuer and audience are required, if there is one.
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
        "token verification failed: {failures} {word} failed ({})",
        rules.join(", ")
    );
    let error = Error::new(Exit::Check, message);
    let error = if rules.contains(&"form") {
        error.hint("`jeton token introspect` asks the server about an opaque token")
    } else {
        error.hint("`jeton token decode` shows its claims")
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
            claims: token.has_claims().then(|| token.claims()),
            findings: found,
        })?;
        return Ok(Exit::Done);
    }
    let verdict = match (args.signature_only, token.has_claims()) {
        (true, true) => "signature verified; claims not checked",
        (true, false) => "signature verified; the payload is not JSON, so it has no claims",
        (false, _) => "verified",
    };
    let mut panel = Panel::new();
    panel.push(Row::new("Token", verdict).paint(Paint::Good));
    panel.push(Row::new("Keys", keys));
    panel.push(Row::new("As of", &app.console.zone.stamp_with_offset(now)));
    let look = app.console.stdout;
    let text = format!("{}\n{}", panel.render(look), findings(found).render(look));
    app.console.print(&text)?;
    Ok(Exit::Done)
}
