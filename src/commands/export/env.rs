//! `jeton export env`: prints the token as an environment variable.

use crate::cli::selection::{AcquireArgs, ClientArgs, NetworkArgs, WantedArgs};
use crate::commands::app::App;
use crate::commands::source;
use crate::commands::verb::{Form, Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::export::{EnvName, ExportFormat, Variable, file, github, render};
use crate::output::refuse_command;
use clap::Args;
use jeton_client::Want;
use jeton_profile::Settings;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = r#"Examples:
  VARS=$(jeton export env) && eval "$VARS"
      sh, bash, zsh; in a script `VARS=$(jeton export env) || exit`, then `eval "$VARS"`
  set vars (jeton export env --format fish); and eval $vars
      fish
  jeton export env --name API_TOKEN --file .env
      into a .env file
  jeton export env --format github
      for the later steps of a GitHub job, masked in the job log"#;

/// Print the token as an environment variable
///
/// In a pipe or a file the token is written in full; on a terminal it is masked, unless `--reveal` is given. Put the result
/// into a variable before it is evaluated: in `eval "$(jeton …)"` the shell ignores a failure.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EnvArgs {
    #[command(flatten)]
    client: ClientArgs,
    #[command(flatten)]
    wanted: WantedArgs,
    #[command(flatten)]
    acquire: AcquireArgs,
    #[command(flatten)]
    network: NetworkArgs,

    /// Output format [default: sh; dotenv with --file]
    #[arg(long, value_name = "FORMAT")]
    format: Option<ExportFormat>,

    /// Name of the variable
    #[arg(long, value_name = "NAME", default_value = "ACCESS_TOKEN", value_parser = EnvName::parse)]
    name: EnvName,

    /// Write to this file (mode 0600) and keep its other lines; for sh, dotenv and gitlab
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,

    /// Print the full token on a terminal, too
    #[arg(long)]
    reveal: bool,
}

impl Verb for EnvArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
            .client(&self.client)
            .wanted(&self.wanted)
            .acquire(&self.acquire)
            .network(&self.network)
            .form(self.form())
    }

    /// Gets the token and prints it in the requested format.
    ///
    /// # Errors
    /// As `jeton token get`, and where a file cannot be written.
    fn run(&self, mut app: App) -> Result<Exit> {
        let settings = app.settings()?;
        let format = format(self, app.json);
        if self.file.is_some() {
            file::check_format(format)?;
        }
        let github = (format == ExportFormat::Github)
            .then(|| github_files(&settings))
            .transpose()?;
        let want = Want {
            fresh: self.acquire.fresh,
        };
        let token = source::open(&app, &settings)?.token(&want)?;
        let expires_at = token.entry.expires_at;
        source::require_min_ttl(self.acquire.min_ttl, expires_at, app.console.now())?;
        refuse_command(token.entry.access_token.expose())?;
        let variable = Variable::new(&self.name, token.entry.access_token.expose());
        if let Some(path) = &self.file {
            let written =
                file::write_file(path, format, &[variable], &settings.secret_variables())?;
            for warning in &written.warnings {
                app.console.warn(warning);
            }
            app.console.note(&format!(
                "wrote {} to {}",
                self.name.as_str(),
                path.display()
            ));
            return Ok(Exit::Done);
        }
        if let Some(files) = github {
            github::deliver(&app.console, &[variable], &files)?;
            return Ok(Exit::Done);
        }
        if app.console.stdout.terminal && !self.reveal {
            app.console.print(&render(format, &[variable.masked()])?)?;
            let how = match format {
                ExportFormat::Fish => "set vars (jeton export env --format fish); and eval $vars",
                ExportFormat::Powershell => {
                    "$vars = jeton export env --format powershell; if ($?) { Invoke-Expression \"$vars\" }"
                }
                _ => "VARS=$(jeton export env) && eval \"$VARS\"",
            };
            app.console.note(&format!(
                "masked on a terminal: use `{how}`, a pipe, --file, or --reveal"
            ));
            return Ok(Exit::Done);
        }
        app.console.print(&render(format, &[variable])?)?;
        Ok(Exit::Done)
    }
}

impl EnvArgs {
    /// With --file the result is never JSON.
    fn form(&self) -> Option<Form> {
        let file = self.file.as_ref().map(|_| Form::Other);
        file.or(self.format.map(Form::from))
    }
}

fn format(args: &EnvArgs, json: bool) -> ExportFormat {
    if json {
        return ExportFormat::Json;
    }
    args.format.unwrap_or(if args.file.is_some() {
        ExportFormat::Dotenv
    } else {
        ExportFormat::Sh
    })
}

/// The files of the job, found before a token is requested.
fn github_files(settings: &Settings) -> Result<Vec<&Path>> {
    let github = &settings.tool.github;
    let files: Vec<&Path> = [&github.env_file, &github.output_file]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    if files.is_empty() {
        return Err(Error::config("neither GITHUB_ENV nor GITHUB_OUTPUT is set")
            .hint("--format github works in a step of a GitHub Actions job; use another format elsewhere"));
    }
    Ok(files)
}
