//! One file a verb, in folders like the command tree.

mod app;
mod auth;
mod cache;
mod completions;
mod config;
mod doctor;
mod embedded;
mod export;
mod jwks;
mod man;
mod mtls;
mod serve;
mod source;
mod token;
mod verdict;

use crate::cli::auth::AuthCommand;
use crate::cli::cache::CacheCommand;
use crate::cli::config::ConfigCommand;
use crate::cli::export::ExportCommand;
use crate::cli::jwks::JwksCommand;
use crate::cli::mtls::MtlsCommand;
use crate::cli::token::TokenCommand;
use crate::cli::{Cli, Command};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::Console;
use app::App;
use jeton_profile::Inputs;

/// Runs what was typed.
///
/// # Errors
///
/// What failed, for the person; the caller prints it.
pub(crate) fn run(cli: Cli, inputs: Inputs, console: Console) -> Result<Exit> {
    let app = App::new(&cli.global, inputs, console)?;
    match cli.command {
        Command::Token(TokenCommand::Get(args)) => token::get::run(&args, app),
        Command::Token(TokenCommand::Decode(args)) if args.names_a_profile() => {
            token::decode::run_cached(&args, app)
        }
        Command::Token(TokenCommand::Decode(args)) => {
            token::decode::run(&args, app.json, &app.console)
        }
        Command::Token(TokenCommand::Verify(args)) => token::verify::run(&args, app),
        Command::Token(TokenCommand::Introspect(args)) => token::introspect::run(&args, app),
        Command::Token(TokenCommand::Revoke(args)) => token::revoke::run(&args, app),
        Command::Auth(AuthCommand::Status(args)) => auth::status::run(&args, app),
        Command::Auth(AuthCommand::Login(args)) => auth::run_login(&args, app),
        Command::Auth(AuthCommand::Logout(args)) => auth::run_logout(&args, app),
        Command::Jwks(JwksCommand::Test(args)) => jwks::test::run(&args, app),
        Command::Mtls(MtlsCommand::Probe(args)) => mtls::probe::run(&args, app),
        Command::Export(ExportCommand::Env(args)) => export::env::run(&args, app),
        Command::Config(ConfigCommand::Init(args)) => config::run_init(&args, &app),
        Command::Config(ConfigCommand::Show(args)) => config::run_show(&args, app),
        Command::Config(ConfigCommand::Check) => config::run_check(&app),
        Command::Config(ConfigCommand::Path) => config::run_path(&app),
        Command::Cache(CacheCommand::List(args)) => cache::list::run(&args, &app),
        Command::Cache(CacheCommand::Explain(args)) => cache::explain::run(&args, app),
        Command::Cache(CacheCommand::Clear(args)) => cache::clear::run(&args, &app),
        Command::Doctor(args) => doctor::run(&args, app),
        Command::Serve(args) => serve::run(&args, &app),
        Command::Completions(args) => completions::run(args.shell, &app.console),
        Command::Man(args) => man::run(args.dir.as_deref(), &app.console),
    }
}
