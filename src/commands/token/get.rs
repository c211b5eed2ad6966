//! `jeton token get`: gets a token, from the cache if it is fresh enough, else from the server.

use crate::cli::token::GetArgs;
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::TokenFormat;
use crate::output::clipboard;
use crate::output::token::{Shown, TokenView};
use jeton_client::{Origin, Token, Want};
use jeton_inspect::token;
use jeton_profile::duration;

/// Gets the token, checks what was demanded of it, and prints it.
///
/// # Errors
/// Exit 3 to 7 where there is no token; exit 8 where it is not what was demanded.
pub(crate) fn run(args: &GetArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    app.want(&args.wanted);
    app.connect(&args.network);
    let min_ttl = args.acquire.min_ttl.map(duration::format);
    app.inputs.overrides.set("--min-ttl", min_ttl);
    let settings = app.settings()?;
    let want = Want {
        fresh: args.acquire.fresh,
    };
    let opened = source::open(&app, &settings)?;
    let token = opened.token(&want)?;
    let expires_at = token.entry.expires_at;
    source::require_min_ttl(args.acquire.min_ttl, expires_at, app.console.now())?;
    require(&args.require_scope, &args.require_aud, &token)?;
    if args.copy {
        clipboard::copy(token.entry.access_token.expose())?;
        app.console
            .note("the token is on the clipboard of the terminal");
    }
    print(args, &app, &opened, &token)?;
    Ok(Exit::Done)
}

/// What the command line demands of the token.
///
/// # Errors
/// Exit 8, with everything that is missing.
fn require(scopes: &[String], audiences: &[String], token: &Token) -> Result<()> {
    let granted = token.entry.scope.as_deref().unwrap_or_default();
    let mut missing = Vec::new();
    for scope in scopes.iter().flat_map(|list| list.split_whitespace()) {
        if !granted.split(' ').any(|own| own == scope) {
            missing.push(format!("scope {scope} (it has \"{granted}\")"));
        }
    }
    for audience in audiences {
        if !token.entry.audience.contains(audience) {
            let has = match token.entry.audience.as_slice() {
                [] => "it names none, or is opaque".to_owned(),
                own => format!("it is for {}", own.join(" ")),
            };
            missing.push(format!("audience {audience} ({has})"));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let error = Error::new(Exit::Check, "the token is not what was demanded");
    Err(missing
        .into_iter()
        .fold(error, |error, what| {
            error.detail(format!("missing: {what}"))
        })
        .hint(
            "ask for it with --scope, --resource or --audience, or have it granted to the client",
        ))
}

fn print(args: &GetArgs, app: &App, opened: &Opened, token: &Token) -> Result<()> {
    let format = if app.json {
        TokenFormat::Json
    } else {
        args.output.unwrap_or(TokenFormat::Panel)
    };
    let shown = if args.reveal {
        Shown::Revealed
    } else {
        Shown::Masked
    };
    let view = view(opened, token, shown, app.console.now());
    let text = match format {
        TokenFormat::Panel => view.panel(app.console.stdout, app.console.zone),
        TokenFormat::Json => view.json()?,
        TokenFormat::Raw => view.raw()?,
        TokenFormat::Header => view.header()?,
        TokenFormat::ExecCredential => view.exec_credential()?,
        TokenFormat::Credential => view.credential()?,
    };
    app.console.print(&text)?;
    if args.output.is_none() && !app.json && !args.reveal && !app.console.stdout.terminal {
        app.console.note("the token is masked: `-o raw` prints it alone, `-o header` as a header, `--reveal` in the panel");
    }
    Ok(())
}

/// What is printed about a token.
fn view<'a>(opened: &'a Opened, token: &'a Token, shown: Shown, now: i64) -> TokenView<'a> {
    let profile = &opened.profile;
    let text = |value: &'a Option<jeton_profile::Sourced<String>>| {
        value.as_ref().map(|found| found.value.as_str())
    };
    let entry = &token.entry;
    let (source, source_detail) = match token.origin {
        Origin::Cache => ("cache", None),
        Origin::Server(took) => ("server", Some(format!("{} ms", took.as_millis()))),
    };
    TokenView {
        token: &entry.access_token,
        shown,
        token_type: &entry.token_type,
        kind: token::kind(entry.access_token.expose()),
        profile: &profile.name,
        issuer: profile
            .issuer
            .as_ref()
            .map(|issuer| issuer.value.as_str())
            .or_else(|| {
                profile
                    .token_endpoint
                    .as_ref()
                    .map(|url| url.value.as_str())
            }),
        environment: text(&profile.environment),
        region: text(&profile.region),
        scope: entry.scope.as_deref(),
        audience: &entry.audience,
        expires_at: entry.expires_at,
        lifetime: entry
            .expires_at
            .and_then(|end| u64::try_from(end - entry.obtained_at).ok()),
        now,
        source,
        source_detail,
        warnings: &token.warnings,
    }
}
