//! `jeton token get`: gets a token, from the cache if it is fresh enough, else from the server.

mod kubeconfig;

use crate::cli::selection::{AcquireArgs, ClientArgs, NetworkArgs, WantedArgs};
use crate::commands::app::App;
use crate::commands::source::{self, Opened};
use crate::commands::verb::{Form, Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::clipboard;
use crate::output::token::{Shown, TokenView};
use crate::output::{ApiVersion, Field, TokenFormat};
use clap::Args;
use jeton_client::{Origin, Token, Want};
use jeton_inspect::token;
use jeton_profile::env::KUBERNETES_EXEC_INFO;
use std::ffi::{OsStr, OsString};

const EXAMPLES: &str = r#"Examples:
  jeton token get -p billing
      the panel, with the token masked
  AUTH=$(jeton token get -q -o header) && curl -H "$AUTH" https://api.example.com/
      a header for curl, which does not run if there is no token
  TOKEN=$(jeton token get -q -o raw) || exit
      in a script: first into a variable, so that a failure ends the script
  jeton token get --for https://api.example.com/v1/ -o raw
      the token of the profile for this URL
  jeton token get --fresh --scope 'api.read api.write'
      a new token with other scopes
  jeton token get --min-ttl 10m --require-scope api.read --field expires_at
      for a script that needs ten minutes
  jeton token get -p billing -o kubeconfig-user
      for a kubeconfig"#;

/// Get a token: from the cache if it is fresh enough, else from the server
///
/// The token is masked; `-o raw`, `-o header`, `-o exec-credential`, `-o credential` and `--reveal` print it in full. In a
/// script, put the result into a variable first: in `curl -H "$(jeton …)"` the shell ignores a failure.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct GetArgs {
    #[command(flatten)]
    client: ClientArgs,
    #[command(flatten)]
    wanted: WantedArgs,
    #[command(flatten)]
    acquire: AcquireArgs,
    #[command(flatten)]
    network: NetworkArgs,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<TokenFormat>,

    /// Print only this field of the JSON document, without quotes; the token is masked without --reveal
    #[arg(long, value_name = "NAME", conflicts_with = "output")]
    field: Option<Field>,

    /// Print the full token in the panel, in JSON and with --field
    #[arg(long)]
    reveal: bool,

    /// Copy the token to the terminal's clipboard (OSC 52)
    #[arg(long)]
    copy: bool,

    /// Fail (exit 8) unless the token has this scope; repeat the option, or separate scopes with spaces
    #[arg(long, value_name = "SCOPE")]
    require_scope: Vec<String>,

    /// Fail (exit 8) unless the token is for this audience; may be repeated
    #[arg(long, value_name = "AUDIENCE")]
    require_aud: Vec<String>,
}

impl Verb for GetArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .wanted(&self.wanted)
            .acquire(&self.acquire)
            .network(&self.network)
            .form(self.form())
    }

    /// Gets the token, checks the requirements, and prints it.
    ///
    /// # Errors
    /// Exit 3 to 7 where there is no token; exit 8 where it does not meet the requirements.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        if self.output == Some(TokenFormat::KubeconfigUser) {
            let profile = settings.select()?;
            let entry = kubeconfig::user(self, &app.inputs, &profile.name)?;
            app.console.print(&entry)?;
            return Ok(Exit::Done);
        }
        let format = Printed::of(self, &app)?;
        let want = Want {
            fresh: self.acquire.fresh,
        };
        let opened = source::open(&app, &settings)?;
        let token = opened.token(&want)?;
        let expires_at = token.entry.expires_at;
        source::require_min_ttl(self.acquire.min_ttl, expires_at, app.console.now())?;
        require(&self.require_scope, &self.require_aud, &token)?;
        if self.copy {
            clipboard::copy(token.entry.access_token.expose())?;
            app.console
                .note("copied the token to the terminal's clipboard");
        }
        print(self, format, &app, &opened, &token)?;
        Ok(Exit::Done)
    }
}

impl GetArgs {
    /// A field is never the JSON document.
    fn form(&self) -> Option<Form> {
        let field = self.field.map(|_| Form::Other);
        field.or(self.output.map(Form::from))
    }
}

/// What is printed, decided before a token is requested.
#[derive(Clone, Copy)]
enum Printed {
    Panel,
    Json,
    Field(Field),
    Raw,
    Header,
    ExecCredential(ApiVersion),
    Credential,
}

impl Printed {
    /// # Errors
    /// Exit 3 where kubectl asks for a version that is not supported.
    fn of(args: &GetArgs, app: &App) -> Result<Self> {
        if let Some(field) = args.field {
            return Ok(Self::Field(field));
        }
        let format = match app.json {
            true => TokenFormat::Json,
            false => args.output.unwrap_or(TokenFormat::Panel),
        };
        Ok(match format {
            TokenFormat::Panel | TokenFormat::KubeconfigUser => Self::Panel,
            TokenFormat::Json => Self::Json,
            TokenFormat::Raw => Self::Raw,
            TokenFormat::Header => Self::Header,
            TokenFormat::Credential => Self::Credential,
            TokenFormat::ExecCredential => {
                let info = app.inputs.env.get(OsStr::new(KUBERNETES_EXEC_INFO));
                Self::ExecCredential(ApiVersion::requested(info.map(OsString::as_os_str))?)
            }
        })
    }

    /// How to get the token where this masks it.
    const fn note(self) -> Option<&'static str> {
        match self {
            Self::Panel => Some(
                "the token is masked: `-o raw` prints only the token, `-o header` a header, `--reveal` the panel with the token",
            ),
            Self::Json => Some(
                "access_token is masked: `-o raw` prints only the token, `--reveal` the JSON with the token",
            ),
            Self::Field(Field::AccessToken) => {
                Some("the token is masked: `-o raw` prints the token, and so does `--reveal` here")
            }
            Self::Field(_)
            | Self::Raw
            | Self::Header
            | Self::ExecCredential(_)
            | Self::Credential => None,
        }
    }
}

/// Checks what the command line requires of the token.
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
                [] => "it has none, or is opaque".to_owned(),
                own => format!("it is for {}", own.join(" ")),
            };
            missing.push(format!("audience {audience} ({has})"));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let error = Error::new(Exit::Check, "the token does not meet the requirements");
    Err(missing
        .into_iter()
        .fold(error, |error, what| {
            error.detail(format!("missing: {what}"))
        })
        .hint(
            "request it with --scope, --resource or --audience, or have it granted to the client",
        ))
}

fn print(args: &GetArgs, format: Printed, app: &App, opened: &Opened, token: &Token) -> Result<()> {
    let shown = if args.reveal {
        Shown::Revealed
    } else {
        Shown::Masked
    };
    let view = view(opened, token, shown, app.console.now());
    let text = match format {
        Printed::Panel => view.panel(app.console.stdout, app.console.zone),
        Printed::Json => view.json()?,
        Printed::Field(field) => view.field(field)?,
        Printed::Raw => view.raw()?,
        Printed::Header => view.header()?,
        Printed::ExecCredential(version) => view.exec_credential(version)?,
        Printed::Credential => view.credential()?,
    };
    app.console.print(&text)?;
    if let Some(note) = format.note()
        && !args.reveal
        && !app.console.stdout.terminal
    {
        app.console.note(note);
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
