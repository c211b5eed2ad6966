//! `jeton profile add`: a profile without an editor.

use crate::commands::app::App;
use crate::commands::auth::login::input::{self, CredentialInput, LoginSource, Terminal};
use crate::commands::auth::login::{LoginReport, keep};
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use jeton_client::method::CredentialKind;
use jeton_profile::edit::{self, NewProfile};
use jeton_profile::keyring::{Keyring, SystemKeyring};
use jeton_profile::{Profile, Settings};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const EXAMPLES: &str = "Examples:
  jeton profile add billing --issuer https://auth.example.com --client-id billing-batch
      asks for the secret and stores it in the keyring
  vault kv get -field=secret kv/billing | jeton profile add billing --issuer … --client-id …
      the secret from a pipe
  jeton profile add deploy --issuer … --client-id deploy --private-key deploy.pem
      a client that signs";

/// Add a profile to the configuration file
///
/// On a terminal, jeton asks for what is missing. A secret is prompted for without echo, or read from a pipe, and stored in the OS
/// keyring. Comments and order of the file stay as they are.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// The name of the profile
    #[arg(value_name = "NAME")]
    name: String,

    /// The issuer of the authorization server, as its metadata states it
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,

    /// The token endpoint, if the server publishes no metadata
    #[arg(long, value_name = "URL")]
    token_endpoint: Option<String>,

    /// The client identifier
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,

    /// The authentication method [default: auto]
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,

    /// What the environment is called; a profile of prod is disabled until `enabled = true` is set in the file
    #[arg(long, value_name = "NAME")]
    environment: Option<String>,

    /// A scope to request; repeat the option for several
    #[arg(long, value_name = "SCOPE")]
    scope: Vec<String>,

    /// A resource to request a token for (RFC 8707); repeat the option for several
    #[arg(long, value_name = "URI")]
    resource: Vec<String>,

    /// An audience parameter; repeat the option for several
    #[arg(long, value_name = "AUDIENCE")]
    audience: Vec<String>,

    /// A URL that the profile is for; repeat the option for several
    #[arg(long = "match", value_name = "URL")]
    matches: Vec<String>,

    /// Read the client secret from this file instead of the keyring
    #[arg(long, value_name = "PATH", conflicts_with = "private_key")]
    secret_file: Option<PathBuf>,

    /// Sign with the private key in this file
    #[arg(long, value_name = "PATH")]
    private_key: Option<PathBuf>,

    /// Make it the default profile
    #[arg(long)]
    default: bool,
}

impl Verb for AddArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Adds a profile. A credential is stored first, so that nothing is added where that fails.
    ///
    /// # Errors
    /// Exit 2: something is missing and cannot be asked for, or is not valid. Exit 3: there is a profile of this name, or the
    /// file cannot be written. Exit 4: the credential cannot be stored.
    fn run(&self, mut app: App) -> Result<Exit> {
        app.inputs.config_may_be_missing = true;
        let settings = app.settings()?;
        let no_input = settings.tool.no_input.value;
        let from = LoginSource::detect();
        let asks = from == LoginSource::Prompt && !no_input;
        let new = self.completed(&app, asks)?;
        new.require_free(&settings.profiles)?;
        let profile = edit::preview(&app.inputs, &new)?;
        let credential = match no_input {
            true => None,
            false => credential(&new, &profile, from, &mut Terminal)?,
        };
        let stored = credential
            .map(|text| keep(&text, from, &profile, &SystemKeyring))
            .transpose()
            .map_err(|error| {
                error.hint("or add the profile without a secret: --no-input, or --secret-file PATH")
            })?;
        if let Err(error) = edit::add(&app.inputs, &new, self.default) {
            if let Some(stored) = &stored {
                let _left_behind = SystemKeyring.delete(&stored.service, &stored.user);
            }
            return Err(error.into());
        }
        self.report(&app, &settings, &profile, stored.as_ref())?;
        Ok(Exit::Done)
    }
}

impl AddArgs {
    /// What was typed, and what is asked for.
    fn completed(&self, app: &App, asks: bool) -> Result<NewProfile> {
        let require =
            |given: &Option<String>, flag: &str, question: &str| match given {
                Some(given) => Ok(given.clone()),
                None if asks => answered(app, question),
                None => Err(Error::usage(format!("{flag} is missing"))
                    .hint("on a terminal, jeton asks for it")),
            };
        let issuer = match &self.token_endpoint {
            Some(_) => self.issuer.clone(),
            None => Some(require(&self.issuer, "--issuer", "issuer (https://…): ")?),
        };
        Ok(NewProfile {
            name: self.name.clone(),
            issuer,
            token_endpoint: self.token_endpoint.clone(),
            client_id: Some(require(&self.client_id, "--client-id", "client id: ")?),
            auth_method: self.auth_method.clone(),
            environment: self.environment.clone(),
            scopes: self.scope.clone(),
            audience: self.audience.clone(),
            resource: self.resource.clone(),
            matches: self.matches.clone(),
            secret_file: absolute(self.secret_file.as_deref())?,
            private_key: absolute(self.private_key.as_deref())?,
        })
    }

    fn report(
        &self,
        app: &App,
        before: &Settings,
        profile: &Profile,
        stored: Option<&LoginReport>,
    ) -> Result<()> {
        let path = app.inputs.config_path()?.value;
        let entry = stored.map(|stored| format!("{}/{}", stored.service, stored.user));
        if app.json {
            app.print_json(&serde_json::json!({
                "profile": self.name,
                "path": path.display().to_string(),
                "default": self.default,
                "keyring": entry,
            }))?;
        } else {
            let text = format!("added the profile {} to {}\n", self.name, path.display());
            app.console.print(&text)?;
        }
        let console = &app.console;
        if let Some(warning) = stored.and_then(|stored| stored.warning.as_ref()) {
            console.warn(warning);
        }
        match &entry {
            Some(entry) => console.note(&format!("its credential is in the keyring ({entry})")),
            None if in_keyring(profile) => console.note(&format!(
                "it has no credential yet: `jeton auth login -p {}` stores one in the keyring",
                self.name
            )),
            None => {}
        }
        if !profile.enabled.value {
            console.note("it is disabled until `enabled = true` is set in it");
        }
        if !self.default && !before.profiles.is_empty() && before.default_profile.is_none() {
            console.note(&format!(
                "no profile is the default: `jeton profile use {}` makes it this one",
                self.name
            ));
        }
        Ok(())
    }
}

const LATER: &str = " (empty: store it later)";

/// The credential, where the profile keeps it in the keyring and there is one.
fn credential(
    new: &NewProfile,
    profile: &Profile,
    from: LoginSource,
    input: &mut dyn CredentialInput,
) -> Result<Option<Zeroizing<String>>> {
    if new.secret_file.is_some() || !in_keyring(profile) {
        return Ok(None);
    }
    let text = match from {
        LoginSource::Prompt => input::prompt(profile, false, LATER, input)?,
        LoginSource::Stdin => input::piped(input)?,
    };
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// Whether the credential that the profile uses is looked for in the keyring.
fn in_keyring(profile: &Profile) -> bool {
    match profile.configured_credential() {
        CredentialKind::Secret => profile.client_secret.is_none(),
        CredentialKind::PrivateKey => profile.assertion.private_key.is_none(),
        CredentialKind::Certificate => false,
    }
}

fn answered(app: &App, question: &str) -> Result<String> {
    let answer = app.console.ask(question)?;
    if answer.is_empty() {
        return Err(Error::usage("no answer; nothing added"));
    }
    Ok(answer)
}

/// A path of the command line starts at the current folder, one of the file at the file's.
fn absolute(path: Option<&Path>) -> Result<Option<PathBuf>> {
    path.map(std::path::absolute)
        .transpose()
        .map_err(|error| Error::usage(format!("the path of the credential: {error}")))
}
