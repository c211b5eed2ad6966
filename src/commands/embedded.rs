//! `--embedded`: the real authority inside this process, on a loopback port, and a client of it.

use super::app::{App, block_on};
use super::serve::ServerLog;
use super::source::{self, Opened};
use crate::error::{Error, Result};
use crate::log::Level;
use crate::settings::{Origin, Profile, Settings, Sourced};
use jeton_client::cache::{Cache, CacheKey, Entry, Filter};
use jeton_client::{CredentialError, Credentials, Found, Token, Want};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{AuthMethod, ClientSecret, Issuer, PrivateKey, ResourceUri};
use jeton_server::{Config, DevAccess, MasterKey, Server, StoreLocation, SystemClock};
use std::net::TcpListener;
use std::sync::Arc;
use zeroize::Zeroizing;

const PROFILE: &str = "embedded";

/// A token from an authority that lives as long as this call: nothing needs to be configured.
///
/// # Errors
/// As for a real server; exit 1 where the authority does not start.
pub(crate) fn token(app: &App, settings: &Arc<Settings>, want: &Want) -> Result<(Opened, Token)> {
    with(app, settings, async |profile, credentials| {
        let opened = source::of_profile(app, settings, profile, Some(credentials))?;
        forget_the_dead(opened.source.cache());
        let looked = opened.source.look(want);
        let token = opened.token_after(looked, want).await?;
        Ok((opened, token))
    })
}

/// Anything else with such an authority: it is there while `work` runs.
///
/// # Errors
/// As `work`; exit 1 where the authority does not start.
#[inline(never)]
pub(crate) fn with<T>(
    app: &App,
    settings: &Settings,
    work: impl AsyncFnOnce(Profile, Box<dyn Credentials>) -> Result<T>,
) -> Result<T> {
    block_on(async {
        let (server, access) = start(app).await?;
        let issuer = server.admin().issuer().clone();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        let profile = profile(settings, &issuer, &access)?;
        let done = work(profile, Box::new(Registered(access.private_key_pem))).await;
        drop(stop);
        let _ = running.await;
        done
    })?
}

async fn start(app: &App) -> Result<(Server, DevAccess)> {
    let failed =
        |error: anyhow::Error| Error::bug(&error.context("the embedded authority does not start"));
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| failed(error.into()))?;
    let address = listener
        .local_addr()
        .map_err(|error| failed(error.into()))?;
    let issuer =
        Issuer::parse(&format!("http://{address}")).map_err(|error| failed(error.into()))?;
    let master_key = MasterKey::generate().map_err(|error| failed(error.into()))?;
    let config = Config::new(issuer, StoreLocation::Memory, master_key);
    let log = Arc::new(ServerLog::new(Arc::clone(&app.log), Level::Debug));
    let server = Server::new(config, listener, Arc::new(SystemClock::new()), log)
        .await
        .map_err(|error| failed(error.into()))?;
    let access = DevAccess::create(&server.admin())
        .await
        .map_err(|error| failed(error.into()))?;
    Ok((server, access))
}

/// Removes what earlier authorities of this kind left in the cache: nobody answers for it any more.
fn forget_the_dead(cache: &Cache) {
    let ours = |entry: &Entry| entry.profile == PROFILE;
    for entry in cache
        .list()
        .into_iter()
        .flatten()
        .filter_map(|listed| listed.entry.ok())
    {
        if let Some(issuer) = entry.issuer.as_ref().filter(|_| ours(&entry)) {
            cache.remove_document(&CacheKey::of_document("metadata", issuer));
        }
    }
    let _ = cache.clear(&Filter::Matching(&ours));
}

/// The profile that the throw-away client would have in a file, with what was asked for on the command line.
fn profile(settings: &Settings, issuer: &Issuer, access: &DevAccess) -> Result<Profile> {
    let mut profile = settings.own_profile(PROFILE)?;
    profile.issuer = Some(embedded(issuer.clone()));
    profile.client_id = Some(embedded(access.key_client_id.clone()));
    profile.auth_method = embedded(crate::settings::MethodChoice::One(
        AuthMethod::PrivateKeyJwt,
    ));
    if profile.scopes.value.is_empty() {
        profile.scopes = embedded(access.scopes.clone());
    }
    if profile.resource.value.is_empty() && profile.audience.value.is_empty() {
        let resource = ResourceUri::parse(&access.resource).map_err(anyhow::Error::from)?;
        profile.resource = embedded(vec![resource]);
    }
    Ok(profile)
}

const fn embedded<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Origin::Flag("--embedded"))
}

/// The key that was registered with the authority a moment ago.
struct Registered(Zeroizing<String>);

impl Credentials for Registered {
    fn has_private_key(&self) -> bool {
        true
    }

    fn has_secret(&self) -> bool {
        false
    }

    fn secret(&self) -> std::result::Result<Found<ClientSecret>, CredentialError> {
        Err("the embedded client has a key, not a secret".into())
    }

    fn private_key(&self) -> std::result::Result<Found<PrivateKey>, CredentialError> {
        Ok(Found {
            value: PrivateKey::from_text(&self.0)?,
            source: "config",
        })
    }

    fn certificate(&self) -> std::result::Result<Found<ClientCertificate>, CredentialError> {
        Err("the embedded client has no certificate".into())
    }
}
