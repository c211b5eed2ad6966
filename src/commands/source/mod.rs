//! A profile as a token source: the one place where settings, log and client meet.

mod bound;
mod context;
mod diagnosed;
mod events;
mod failure;
mod min_ttl;
mod network;
mod verifier;

pub(crate) use bound::within;
pub(crate) use context::{certificate_place, credential_place, known, profile_context};
pub(crate) use diagnosed::{diagnosed, diagnosed_verifier};
pub(crate) use failure::{evidence, explain, explain_request, explain_token, explained};
pub(crate) use min_ttl::require as require_min_ttl;
pub(crate) use network::{Uncached, transport};
pub(crate) use verifier::verifier;

use super::app::{App, block_on};
use super::embedded::remove_stopped;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::{Log, Module};
use crate::output::spinner;
use jeton_client::cache::{Cache, CacheKey, DiskCache, Entry, Filter, MemoryCache};
use jeton_client::{Looked, Parts, System, Token, TokenSource, TokioTimer, Want};
use jeton_inspect::finding::Severity;
use jeton_profile::{
    CacheStore, Profile, ProfileCredentials, SealKeys, Settings, stop_secret_commands,
};
use std::pin::pin;
use std::sync::{Arc, Once};
use std::time::Duration;
use tokio::time::timeout;

/// A profile and the source of its tokens.
pub(crate) struct Opened {
    pub(crate) profile: Profile,
    pub(crate) source: TokenSource,
    pub(crate) credentials: ProfileCredentials,
    log: Arc<Log>,
}

/// Opens the profile that is meant. Nothing but the configuration is read, and the client certificate where there is one.
///
/// # Errors
/// Exit 3: no such profile, it is disabled, or something is missing in it. Exit 4: its client certificate cannot be read.
pub(crate) fn open(app: &App, settings: &Arc<Settings>) -> Result<Opened> {
    of_profile(app, settings, settings.select()?)
}

/// Opens a profile.
///
/// # Errors
/// Exit 3 where something is missing in it; exit 4 where its client certificate cannot be read.
pub(crate) fn of_profile(app: &App, settings: &Arc<Settings>, profile: Profile) -> Result<Opened> {
    let certificate = profile.certificate()?;
    let config = profile.client_config(certificate.as_ref())?;
    // What makes the file unusable is told by the connection that needs it.
    if let Some(finding) = profile.ca_file_finding()
        && finding.severity == Severity::Warn
    {
        let remedy = finding.remedy.join("; ");
        app.console.warn(&format!("{} ({remedy})", finding.what));
    }
    let credentials = ProfileCredentials::new(
        Arc::clone(settings),
        profile.clone(),
        certificate,
        events::notices_to_log(Arc::clone(&app.log)),
    );
    let cache = cache(app, settings)?;
    if let Some(client) = settings.embedded() {
        remove_stopped(&cache, &client.issuer);
    }
    let source = TokenSource::new(Parts {
        config,
        cache,
        transport: Box::new(transport(&settings.tool, &profile)),
        timer: Box::new(TokioTimer),
        credentials: Box::new(credentials.clone()),
        clock: Box::new(System),
        random: Box::new(System),
        observer: events::to_log(Arc::clone(&app.log)),
    });
    let log = Arc::clone(&app.log);
    Ok(Opened {
        profile,
        source,
        credentials,
        log,
    })
}

impl Opened {
    /// A token, from the cache without a runtime where it has one.
    ///
    /// # Errors
    /// As `jeton token get`: exit 3 to 7, and 130 when interrupted.
    pub(crate) fn token(&self, want: &Want) -> Result<Token> {
        match self.source.look(want) {
            Looked::Use(token) => Ok(self.source.hit(token)),
            looked => self.fetched(looked, want),
        }
    }

    #[inline(never)]
    fn fetched(&self, looked: Looked, want: &Want) -> Result<Token> {
        block_on(self.token_after(looked, want))?
    }

    /// The same inside a runtime.
    ///
    /// # Errors
    /// As [`Self::token`].
    pub(crate) async fn token_after(&self, looked: Looked, want: &Want) -> Result<Token> {
        let work = spinner::during(
            &self.log,
            "getting a token",
            self.source.get_after(looked, want),
        );
        let work = async { work.await.map_err(|error| explain_token(&error, self)) };
        unless_interrupted(work).await
    }

    /// Awaits what the client library does beside getting tokens, on a runtime of its own.
    ///
    /// # Errors
    /// As `work`; exit 130 when interrupted.
    pub(crate) fn wait<T>(&self, label: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        wait(&self.log, label, work)
    }
}

/// Awaits work of the client library on a runtime of its own, with a sign of life on a terminal.
///
/// # Errors
/// As `work`; exit 130 when interrupted.
pub(crate) fn wait<T>(log: &Log, label: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    block_on(unless_interrupted(spinner::during(log, label, work)))?
}

/// Awaits `work`, or Ctrl-C.
///
/// A program that is asked for a credential gets the Ctrl-C of a terminal too. So a failure is looked at once more: it may be no
/// more than how the program ended. A program that goes on all the same is stopped.
///
/// # Errors
/// What `work` says, or exit 130.
pub(crate) async fn unless_interrupted<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut ctrl_c = pin!(tokio::signal::ctrl_c());
    let result = tokio::select! {
        biased;
        _ = ctrl_c.as_mut() => return Err(interrupted()),
        result = work => result,
    };
    match result {
        Err(_) if timeout(SIGNAL_DELIVERY, ctrl_c).await.is_ok() => Err(interrupted()),
        result => result,
    }
}

/// The runtime hears of a signal when it next looks at its events, which it does at once.
const SIGNAL_DELIVERY: Duration = Duration::from_millis(5);

fn interrupted() -> Error {
    stop_secret_commands();
    Error::new(Exit::Interrupted, "interrupted")
}

/// The cache of the settings. Nothing is opened. Without a folder for it there is none, which is said once.
///
/// # Errors
/// Exit 3 or 4 where the environment should hold its key and does not.
pub(crate) fn cache(app: &App, settings: &Arc<Settings>) -> Result<Cache> {
    Ok(
        match (settings.tool.cache_store.value, &settings.tool.cache_dir) {
            (CacheStore::Disk, Some(folder)) => {
                let observer = events::notices_to_log(Arc::clone(&app.log));
                let keys = SealKeys::new(Arc::clone(settings), observer)?;
                Cache::Disk(DiskCache::new(&folder.value, Box::new(keys)))
            }
            (CacheStore::Disk, None) => {
                static SAID: Once = Once::new();
                SAID.call_once(|| app.log.warn(Module::Cache, HOMELESS, &[]));
                Cache::None
            }
            (CacheStore::Memory, _) => Cache::Memory(MemoryCache::new()),
            (CacheStore::None, _) => Cache::None,
        },
    )
}

/// Why there is no cache on the disk.
pub(crate) const HOMELESS: &str =
    "the user has no home folder, so tokens are not cached: set HOME or JETON_CACHE_DIR";

/// Removes the cached tokens of a profile, whoever fetched them: profiles of one client share theirs.
///
/// # Errors
/// Exit 1 where one cannot be removed.
pub(crate) fn forget(app: &App, settings: &Arc<Settings>, name: &str) -> Result<usize> {
    let of_profile = |entry: &Entry| entry.profile == name;
    let cache = cache(app, settings)?;
    let mut removed = cache
        .clear(&Filter::Matching(&of_profile))
        .map_err(anyhow::Error::from)?;
    let profile = settings
        .all()?
        .into_iter()
        .find(|profile| profile.name == name);
    // One that names no server or client never had a token.
    let config = profile.map(|profile| {
        let certificate = profile.certificate()?;
        profile.client_config(certificate.as_ref())
    });
    if let Some(Ok(config)) = config {
        let key = CacheKey::of(&config.identity());
        removed += usize::from(cache.remove(&key).map_err(anyhow::Error::from)?);
    }
    Ok(removed)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::unless_interrupted;
    use crate::commands::app::block_on;
    use crate::error::Error;
    use crate::exit::Exit;
    use rustix::process::{Signal, getpid, kill_process};

    /// As it goes when a program that was asked for a credential gets the Ctrl-C too. One test, as a signal is for the
    /// whole process.
    #[test]
    fn ctrl_c_while_nobody_looks_is_an_interrupt_and_no_failure() {
        let work = async { Err::<(), _>(Error::credential("none")) };
        let error = block_on(unless_interrupted(work)).unwrap().unwrap_err();
        assert_eq!(error.exit, Exit::Credential);

        let work = async {
            kill_process(getpid(), Signal::INT).unwrap();
            Err::<(), _>(Error::credential("the secret command was stopped"))
        };
        let error = block_on(unless_interrupted(work)).unwrap().unwrap_err();
        assert_eq!(error.exit, Exit::Interrupted);
    }
}
