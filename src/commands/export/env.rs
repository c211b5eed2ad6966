//! `jeton export env`: the token as an environment variable.

use crate::cli::export::ExportEnvArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::export::{ExportFormat, Variable, file, github, render};
use jeton_client::Want;
use jeton_profile::Settings;
use jeton_profile::duration;
use std::path::Path;

/// Gets the token and hands it out in the form that was asked for.
///
/// # Errors
/// As `jeton token get`, and where a file cannot be written.
pub(crate) fn run(args: &ExportEnvArgs, mut app: App) -> Result<Exit> {
    app.choose_client(&args.client)?;
    app.want(&args.wanted);
    app.connect(&args.network);
    let min_ttl = args.acquire.min_ttl.map(duration::format);
    app.inputs.overrides.set("--min-ttl", min_ttl);
    let settings = app.settings()?;
    let format = format(args, app.json);
    if args.file.is_some() {
        file::check_format(format)?;
    }
    let github = (format == ExportFormat::Github)
        .then(|| github_files(&settings))
        .transpose()?;
    let want = Want {
        fresh: args.acquire.fresh,
    };
    let token = source::open(&app, &settings)?.token(&want)?;
    let expires_at = token.entry.expires_at;
    source::require_min_ttl(args.acquire.min_ttl, expires_at, app.console.now())?;
    let variable = Variable::new(&args.name, token.entry.access_token.expose());
    if let Some(path) = &args.file {
        let written = file::write_file(path, format, &[variable])?;
        for warning in &written.warnings {
            app.console.warn(warning);
        }
        app.console
            .note(&format!("{} is in {}", args.name.as_str(), path.display()));
        return Ok(Exit::Done);
    }
    if let Some(files) = github {
        github::deliver(&app.console, &[variable], &files)?;
        return Ok(Exit::Done);
    }
    if app.console.stdout.terminal && !args.reveal {
        app.console.print(&render(format, &[variable.masked()])?)?;
        let how = match format {
            ExportFormat::Fish => "jeton export env --format fish | source",
            ExportFormat::Powershell => {
                "jeton export env --format powershell | Out-String | Invoke-Expression"
            }
            _ => "eval \"$(jeton export env)\"",
        };
        app.console.note(&format!(
            "masked, since this is a terminal: use `{how}`, a pipe, --file, or --reveal"
        ));
        return Ok(Exit::Done);
    }
    app.console.print(&render(format, &[variable])?)?;
    Ok(Exit::Done)
}

fn format(args: &ExportEnvArgs, json: bool) -> ExportFormat {
    if json {
        return ExportFormat::Json;
    }
    args.format.unwrap_or(if args.file.is_some() {
        ExportFormat::Dotenv
    } else {
        ExportFormat::Sh
    })
}

/// The files of the job, looked for before a token is asked for.
fn github_files(settings: &Settings) -> Result<Vec<&Path>> {
    let github = &settings.tool.github;
    let files: Vec<&Path> = [&github.env_file, &github.output_file]
        .into_iter()
        .flatten()
        .map(std::path::PathBuf::as_path)
        .collect();
    if files.is_empty() {
        return Err(Error::config("neither GITHUB_ENV nor GITHUB_OUTPUT is set")
            .hint("--format github is for a step of a GitHub Actions job; use another format elsewhere"));
    }
    Ok(files)
}
