//! `jeton serve`: the authority, until it is told to stop.

use super::app::App;
use crate::cli::serve::ServeArgs;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::{Field, Level, Log, Module, field};
use jeton_oauth::Issuer;
use jeton_server::{
    AdminAccess, Config, DataDir, DevAccess, MasterKey, Record, Server, StoreLocation, SystemClock,
};
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Serves until SIGINT or SIGTERM; then finishes what runs, and exits 0.
///
/// # Errors
/// Exit 2 for an issuer that is none; exit 3 where the folder or the address cannot be used.
#[inline(never)]
pub(crate) fn run(args: &ServeArgs, app: &App) -> Result<Exit> {
    // What was typed is judged before anything is taken hold of.
    let issuer = args.issuer.as_deref().map(issuer).transpose()?;
    let listener = TcpListener::bind(args.listen).map_err(|error| {
        Error::config(format!("{} cannot be listened on: {error}", args.listen))
            .hint("choose another address with --listen; port 0 takes a free one")
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)?;
    match (&args.data, issuer) {
        (Some(data), Some(issuer)) => {
            runtime.block_on(serve_folder(args, data, issuer, listener, app))
        }
        _ => runtime.block_on(serve_dev(listener, app)),
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
        .map_err(|error| Error::config(format!("{} cannot be written: {error}", file.display())))?;
    if folder.first_start {
        app.console.note(&format!(
            "made {}: keep master.key apart from backups of the database",
            folder.path().display()
        ));
    }
    app.console.note(&format!(
        "the profile of its administrator: jeton --config {} token get",
        file.display()
    ));
    server.run(told_to_stop()).await;
    Ok(Exit::Done)
}

/// A profile for whoever administers the authority.
fn admin_toml(access: &AdminAccess) -> String {
    format!(
        "# The administrator of the authority at {issuer}. Written at every start.\n\
         default_profile = \"admin\"\n\n\
         [profiles.admin]\n\
         issuer = {issuer:?}\n\
         client_id = {client:?}\n\
         auth_method = \"private_key_jwt\"\n\
         scopes = [{scopes}]\n\
         resource = [{resource:?}]\n\n\
         [profiles.admin.assertion]\n\
         private_key = {{ file = {key:?} }}\n",
        issuer = access.issuer,
        client = access.client_id,
        scopes = quoted(access.scopes.iter()),
        resource = access.resource,
        key = file_name(&access.private_key_file),
    )
}

async fn serve_dev(listener: TcpListener, app: &App) -> Result<Exit> {
    let address = listener.local_addr().map_err(anyhow::Error::from)?;
    let issuer = Issuer::parse(&format!("http://{address}")).map_err(|_| {
        Error::usage(format!(
            "--dev listens on loopback alone, and {address} is not"
        ))
    })?;
    let master_key = MasterKey::generate().map_err(anyhow::Error::from)?;
    let config = Config::new(issuer.clone(), StoreLocation::Memory, master_key);
    let server = start(config, listener, app).await?;
    let access = DevAccess::create(&server.admin())
        .await
        .map_err(anyhow::Error::from)?;
    let folder = DevFolder::make(&issuer, &access)?;
    app.console.print(&told(&issuer, &access, &folder))?;
    server.run(told_to_stop()).await;
    Ok(Exit::Done)
}

/// What a person needs to try the authority: the profile, and the same for a script.
fn told(issuer: &Issuer, access: &DevAccess, folder: &DevFolder) -> String {
    let config = folder.config.display();
    let mut text = format!("{}\n", folder.toml);
    let _ = writeln!(
        text,
        "# {config} holds this profile for as long as the server runs:"
    );
    let _ = writeln!(text, "#   jeton --config {config} token get");
    let _ = writeln!(text, "# A client with a secret, for scripts:");
    let _ = writeln!(
        text,
        "#   OIDC_ISSUER={issuer} CC_CLIENT_ID={} CC_CLIENT_SECRET={} jeton token get",
        access.secret_client_id,
        access.secret.expose()
    );
    text
}

/// The key of the throw-away client and a configuration that names it, for the user alone, gone with the server.
struct DevFolder {
    path: PathBuf,
    config: PathBuf,
    toml: String,
}

impl DevFolder {
    fn make(issuer: &Issuer, access: &DevAccess) -> Result<Self> {
        let unwritable = |path: &Path, error: &std::io::Error| {
            Error::config(format!("{} cannot be written: {error}", path.display()))
        };
        // A name that nobody can have made before: the folder for temporary files is everybody's.
        let mut name = [0; 8];
        aws_lc_rs::rand::fill(&mut name).map_err(|_| anyhow::anyhow!("no randomness"))?;
        let name = format!("jeton-dev-{:016x}", u64::from_be_bytes(name));
        let path = std::env::temp_dir().join(name);
        jeton_files::folder::create_new(&path).map_err(|error| unwritable(&path, &error))?;
        let toml = format!(
            "[profiles.dev]\n\
             environment = \"dev\"\n\
             issuer = \"{issuer}\"\n\
             client_id = {client:?}\n\
             auth_method = \"private_key_jwt\"\n\
             scopes = [{scopes}]\n\
             resource = [{resource:?}]\n\n\
             [profiles.dev.assertion]\n\
             private_key = {{ file = {key:?} }}\n",
            client = access.key_client_id,
            scopes = quoted(access.scopes.iter()),
            resource = access.resource,
            key = path.join("dev-key.pem").display().to_string(),
        );
        let (key, config) = (path.join("dev-key.pem"), path.join("config.toml"));
        for (file, content) in [
            (&key, access.private_key_pem.as_str()),
            (&config, toml.as_str()),
        ] {
            jeton_files::replace(file, content.as_bytes())
                .map_err(|error| unwritable(file, &error))?;
        }
        Ok(Self { path, config, toml })
    }
}

impl Drop for DevFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

fn quoted<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values
        .map(|value| format!("{value:?}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

async fn start(config: Config, listener: TcpListener, app: &App) -> Result<Server> {
    let log = Arc::new(ServerLog::new(Arc::clone(&app.log), Level::Info));
    Server::new(config, listener, Arc::new(SystemClock::new()), log)
        .await
        .map_err(|error| Error::config(format!("the authority does not start: {error}")))
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

/// The records of the authority as lines of the log.
pub(crate) struct ServerLog {
    log: Arc<Log>,
    /// The level of ordinary records.
    ordinary: Level,
}

impl ServerLog {
    pub(crate) const fn new(log: Arc<Log>, ordinary: Level) -> Self {
        Self { log, ordinary }
    }
}

impl jeton_server::Log for ServerLog {
    fn record(&self, record: &Record<'_>) {
        let level = match record.level {
            jeton_server::Level::Error => Level::Error,
            jeton_server::Level::Warn => Level::Warn,
            jeton_server::Level::Info => self.ordinary,
            jeton_server::Level::Debug => Level::Trace,
        };
        let fields: Vec<Field<'_>> = record
            .fields
            .iter()
            .map(|(name, value)| field(name, value))
            .collect();
        self.log
            .write(level, Module::Server, &record.message, &fields);
    }
}
