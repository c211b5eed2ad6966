//! `jeton token introspect`: asks the authorization server about a token.

use super::decode;
use super::subject::SubjectArgs;
use crate::commands::app::App;
use crate::commands::source::{Opened, explain_request};
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::finding::findings;
use crate::output::{Paint, Panel, Row, ShowFormat};
use clap::Args;
use jeton_client::{ClientConfig, Introspection, IntrospectionError};
use jeton_inspect::finding::Finding;
use serde::Serialize;
use serde_json::{Map, Value};

const EXAMPLES: &str = "Examples:
  jeton token introspect -p billing
      what the server knows about the cached token
  jeton token introspect -p billing --jwt @token.txt
      with a signed response, verified
  jeton token introspect -p billing --check @token.txt
      by exit code, for scripts";

/// Ask the authorization server about a token (RFC 7662)
///
/// The server answers the profile's client: a token that this client may not ask about is reported as not active. That is
/// a result, not an error, unless --check is given.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IntrospectArgs {
    #[command(flatten)]
    subject: SubjectArgs,

    /// Require a signed response (RFC 9701) and verify it
    #[arg(long)]
    jwt: bool,

    /// Fail (exit 8) unless the token is active
    #[arg(long)]
    check: bool,

    /// Output format [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<ShowFormat>,
}

/// `-o json`, version 1.
#[derive(Serialize)]
struct Json<'a> {
    profile: &'a str,
    active: bool,
    /// Whether the response was signed, and the signature verified.
    signed: bool,
    /// The other members of the response; empty where the token is not active.
    token: &'a Map<String, Value>,
}

impl Verb for IntrospectArgs {
    fn shared(&self) -> Shared<'_> {
        self.subject.shared().form(self.output)
    }

    /// Asks the server of the profile, as its client.
    ///
    /// # Errors
    /// Exit 3 to 7 where there is no response; exit 8 where verification of a signed response fails, and with `--check` where
    /// the token is not active.
    #[inline(never)]
    fn run(&self, mut app: App) -> Result<Exit> {
        let (token, opened) = self.subject.with_profile("introspect", &mut app)?;
        let answer = opened.wait("introspecting the token", async {
            let answer = opened.source.introspect(&token, self.jwt).await;
            answer.map_err(|error| failed(error, &opened))
        })?;
        if let Some(text) = bound_elsewhere(opened.source.config(), &answer) {
            app.console.warn(&text);
        }
        if self.check && !answer.active {
            return Err(Error::new(Exit::Check, "the token is not active")
                .hint("it has expired, was revoked, or this client may not ask about it"));
        }
        print(self, &app, &opened, &answer)?;
        Ok(Exit::Done)
    }
}

fn failed(error: IntrospectionError, opened: &Opened) -> Error {
    match error {
        IntrospectionError::Client(error) => explain_request(&error, opened),
        IntrospectionError::Distrusted(list) => Error::new(
            Exit::Check,
            "verification of the signed introspection response failed",
        )
        .findings(list.iter().map(Finding::from)),
    }
}

/// For an opaque token, introspection is the only way to see this (RFC 8705 section 3.2).
fn bound_elsewhere(config: &ClientConfig, answer: &Introspection) -> Option<String> {
    let ours = config.certificate.as_deref()?;
    let bound = answer.members.get("cnf")?.get("x5t#S256")?.as_str()?;
    (bound != ours).then(|| {
        format!("the token is bound to a different certificate than the profile's: cnf.x5t#S256 is {bound}, the certificate has {ours}")
    })
}

fn print(args: &IntrospectArgs, app: &App, opened: &Opened, answer: &Introspection) -> Result<()> {
    let signed = !answer.findings.is_empty();
    let profile = &opened.profile;
    if app.show_format(args.output) == ShowFormat::Json {
        return app.print_json(&Json {
            profile: &profile.name,
            active: answer.active,
            signed,
            token: &answer.members,
        });
    }
    let (verdict, paint) = if answer.active {
        ("active", Paint::Good)
    } else {
        (
            "not active: expired, revoked, or not visible to this client",
            Paint::Bad,
        )
    };
    let mut panel = Panel::new();
    panel.push(Row::new("Token", verdict).paint(paint));
    let issuer = profile
        .issuer
        .as_ref()
        .map_or("", |issuer| issuer.value.as_str());
    panel.push(Row::new("Server", &format!("{} · {issuer}", profile.name)));
    let look = app.console.stdout;
    let mut text = panel.render(look);
    if !answer.members.is_empty() {
        let json = serde_json::to_string(&answer.members).map_err(anyhow::Error::from)?;
        text.push('\n');
        text.push_str(&decode::table("Response", &json, &app.console).render(look));
    }
    if signed {
        let list: Vec<_> = answer.findings.iter().map(Finding::from).collect();
        text.push('\n');
        text.push_str(&findings(&list).render(look));
    }
    app.console.print(&text)
}
