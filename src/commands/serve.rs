//! `jeton serve`: runs the authority until a signal stops it.

mod dev;
mod log;
mod panics;
mod profile;

pub(super) use log::ServerLog;

use super::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::Level;
use crate::output::export::shell_word;
use clap::{ArgGroup, Args};
use dev::DevFolder;
use jeton_oauth::Issuer;
use jeton_server::{
    AdminAccess, Config, DataDir, DevAccess, MasterKey, Server, StoreLocation, SystemClock,
};
use profile::ClientProfile;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const EXAMPLES: &str = "Examples:
  jeton serve --dev
      try the authority
  jeton serve --data /srv/authority --issuer https://auth.example.com --listen 127.0.0.1:8080
      behind a proxy that terminates TLS";

/// Run the authority: an authorization server for machines
///
/// `--dev` needs no other option: it keeps everything in memory, and prints a client to try it with. In production, give the
/// data folder and the issuer, the URL by which clients know this server.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
#[command(group(ArgGroup::new("store").required(true).args(["dev", "data"])))]
pub(crate) struct ServeArgs {
    /// Try it: in memory, on a loopback address, with a client that is printed
    #[arg(long)]
    dev: bool,

    /// The folder of the database and the signing keys
    #[arg(long, value_name = "DIR", conflicts_with = "dev", requires = "issuer")]
    data: Option<PathBuf>,

    /// The URL by which clients know this server; the `iss` of its tokens
    #[arg(long, value_name = "URL", conflicts_with = "dev")]
    issuer: Option<String>,

    /// A proxy in front terminates TLS: allow listening on addresses other than loopback
    #[arg(long, requires = "data")]
    behind_proxy: bool,

    /// The address to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Verb for ServeArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Serves until SIGINT or SIGTERM; then finishes what runs, and exits 0.
    ///
    /// # Errors
    /// Exit 2 for an issuer that is none; exit 3 where the folder or the address cannot be used.
    #[inline(never)]
    fn run(&self, app: App) -> Result<Exit> {
        // Arguments are checked before a port or folder is taken.
        let issuer = self.issuer.as_deref().map(issuer).transpose()?;
        let listener = TcpListener::bind(self.listen).map_err(|error| {
            Error::config(format!("cannot listen on {}: {error}", self.listen))
                .hint("choose another address with --listen; port 0 picks a free port")
        })?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(anyhow::Error::from)?;
        panics::log_panics(Arc::clone(&app.log));
        panics::caught(|| match (&self.data, issuer) {
            (Some(data), Some(issuer)) => {
                runtime.block_on(serve_folder(self, data, issuer, listener, &app))
            }
            _ => runtime.block_on(serve_dev(listener, &app)),
        })
    }
}

fn issuer(typed: &str) -> Result<Issuer> {
    Issuer::parse(typed).map_err(|error| Error::usage(format!("--issuer {typed}: {error}")))
}

async fn serve_folder(
    args: &ServeArgs,
    data: &Path,
    issuer: Issuer,
    listener: TcpListener,
    app: &App,
) -> Result<Exit> {
    let folder = DataDir::open(data).map_err(|error| Error::config(error.to_string()))?;
    let mut config = Config::new(issuer, folder.store(), folder.master_key.clone());
    config.behind_proxy = args.behind_proxy;
    let server = start(config, listener, app).await?;
    let access = folder
        .admin_access(&server.admin())
        .await
        .map_err(|error| Error::config(error.to_string()))?;
    let file = folder.path().join("admin.toml");
    jeton_files::replace(&file, admin_toml(&access).as_bytes())
        .map_err(|error| Error::config(format!("cannot write {}: {error}", file.display())))?;
    if folder.first_start {
        app.console.note(&format!(
            "created {}: keep master.key separate from backups of the database",
            folder.path().display()
        ));
    }
    app.console.note(&format!(
        "to administer it: jeton --config {} token get",
        shell_word(&file.to_string_lossy())
    ));
    server.run(told_to_stop()).await;
    Ok(Exit::Done)
}

/// The configuration file of the authority's administrator.
fn admin_toml(access: &AdminAccess) -> String {
    // Relative, so that the folder can be moved.
    let key = access.private_key_file.file_name().unwrap_or_default();
    let profile = ClientProfile {
        name: "admin",
        environment: None,
        issuer: &access.issuer,
        client_id: &access.client_id,
        scopes: &access.scopes,
        resource: &access.resource,
        private_key: &key.to_string_lossy(),
    };
    format!(
        "# The administrator of the authority at {}. Written at every start.\n\
         default_profile = \"admin\"\n\n{}",
        access.issuer,
        profile.to_toml()
    )
}

async fn serve_dev(listener: TcpListener, app: &App) -> Result<Exit> {
    let address = listener.local_addr().map_err(anyhow::Error::from)?;
    let issuer = Issuer::parse(&format!("http://{address}")).map_err(|_| {
        Error::usage(format!(
            "--dev listens on loopback only, and {address} is not a loopback address"
        ))
    })?;
    let master_key = MasterKey::generate().map_err(anyhow::Error::from)?;
    let config = Config::new(issuer.clone(), StoreLocation::Memory, master_key);
    let server = start(config, listener, app).await?;
    let access = DevAccess::create(&server.admin())
        .await
        .map_err(anyhow::Error::from)?;
    let folder = DevFolder::create(&issuer, &access)?;
    app.console.print(&folder.instructions(&issuer, &access))?;
    server.run(told_to_stop()).await;
    Ok(Exit::Done)
}

async fn start(config: Config, listener: TcpListener, app: &App) -> Result<Server> {
    let log = Arc::new(ServerLog::new(Arc::clone(&app.log), Level::Info));
    Server::new(config, listener, Arc::new(SystemClock::new()), log)
        .await
        .map_err(|error| Error::config(format!("cannot start the authority: {error}")))
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}
