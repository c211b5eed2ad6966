//! A profile as a token source: the one place where settings, log and client meet.

mod certificate;
mod context;
mod credentials;
mod diagnosed;
mod events;
mod failure;
mod min_ttl;
mod seal;
mod verifier;

pub(crate) use certificate::CertificateFile;
pub(crate) use context::{certificate_place, credential_place, known, profile_context};
pub(crate) use diagnosed::{diagnosed, diagnosed_verifier};
pub(crate) use failure::{evidence, explain, explain_token, explained};
pub(crate) use min_ttl::require as require_min_ttl;
pub(crate) use verifier::verifier;

use super::app::{App, block_on};
use super::embedded::forget_the_dead;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::Log;
use crate::output::spinner;
use crate::settings::{
    AssertionAudience, BasicEncoding, CacheStore, MethodChoice, Profile, Settings, Tool,
};
use jeton_client::cache::{Cache, CacheKey, DiskCache, Entry, Filter, MemoryCache};
use jeton_client::policy::Thresholds;
use jeton_client::{
    AssertionConfig, ClientConfig, Http, HttpConfig, Labels, Looked, Parts, Proxies, System, Token,
    TokenSource, Want,
};
use jeton_oauth::ClientCredentialsRequest;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// What the client library tells, into the log.
pub(crate) fn observer(log: &Arc<Log>) -> Box<jeton_client::event::Observer> {
    events::to_log(Arc::clone(log))
}

/// A profile and the source of its tokens.
pub(crate) struct Opened {
    pub(crate) profile: Profile,
    pub(crate) source: TokenSource,
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
    let certificate = CertificateFile::of(&profile)?;
    let config = client_config(&profile, certificate.as_ref())?;
    let credentials = credentials::OfProfile::new(
        Arc::clone(settings),
        profile.clone(),
        certificate,
        Arc::clone(&app.log),
    );
    let cache = cache(app, settings)?;
    if let Some(client) = settings.embedded() {
        forget_the_dead(&cache, &client.issuer);
    }
    let source = TokenSource::new(Parts {
        config,
        cache,
        http: Http::new(http_config(&settings.tool, &profile)),
        credentials: Box::new(credentials),
        clock: Box::new(System),
        random: Box::new(System),
        observer: events::to_log(Arc::clone(&app.log)),
    });
    let log = Arc::clone(&app.log);
    Ok(Opened {
        profile,
        source,
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
        let work = async {
            work.await
                .map_err(|error| explain_token(error, &self.profile))
        };
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
/// While a program is asked for a credential nothing else is looked at, and Ctrl-C stops that program first. So a
/// failure is looked at once more: it may be no more than how the program ended.
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
    Error::new(Exit::Interrupted, "interrupted")
}

/// The cache of the settings. Nothing is opened.
///
/// # Errors
/// Exit 3 or 4 where the environment should hold its key and does not.
pub(crate) fn cache(app: &App, settings: &Arc<Settings>) -> Result<Cache> {
    Ok(match settings.tool.cache_store.value {
        CacheStore::Disk => {
            let keys = seal::Keys::new(Arc::clone(settings), Arc::clone(&app.log))?;
            Cache::Disk(DiskCache::new(
                &settings.tool.cache_dir.value,
                Box::new(keys),
            ))
        }
        CacheStore::Memory => Cache::Memory(MemoryCache::new()),
        CacheStore::None => Cache::None,
    })
}

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
        let certificate = CertificateFile::of(&profile)?;
        client_config(&profile, certificate.as_ref())
    });
    if let Some(Ok(config)) = config {
        let key = CacheKey::of(&config.identity());
        removed += usize::from(cache.remove(&key).map_err(anyhow::Error::from)?);
    }
    Ok(removed)
}

/// How a profile connects.
pub(crate) fn http_config(tool: &Tool, profile: &Profile) -> HttpConfig {
    let proxies = &tool.proxies;
    let url = |proxy: &Option<crate::settings::Sourced<crate::settings::ProxyUrl>>| {
        let proxy = proxy.as_ref().or(proxies.all.as_ref())?;
        Some(proxy.value.expose().to_string())
    };
    HttpConfig {
        ca_file: profile.ca_file.as_ref().map(|file| file.value.clone()),
        proxies: Proxies {
            https: url(&proxies.https),
            http: url(&proxies.http),
            no_proxy: proxies.no_proxy.as_ref().map(|list| list.value.clone()),
        },
    }
}

/// What the client library needs of a profile.
///
/// # Errors
/// Exit 3 where client or server are missing.
fn client_config(profile: &Profile, certificate: Option<&CertificateFile>) -> Result<ClientConfig> {
    profile.require_server()?;
    let client_id = profile.require_client_id()?.to_owned();
    let text = |value: &Option<crate::settings::Sourced<String>>| {
        value.as_ref().map(|found| found.value.clone())
    };
    let assertion = &profile.assertion;
    let pairs = |extras: &crate::settings::Extras| {
        extras
            .iter()
            .map(|(name, value)| (name.clone(), value.value.as_str().to_owned()))
            .collect::<Vec<_>>()
    };
    Ok(ClientConfig {
        issuer: profile.issuer.as_ref().map(|found| found.value.clone()),
        token_endpoint: profile
            .token_endpoint
            .as_ref()
            .map(|found| found.value.clone()),
        client_id,
        method: match profile.auth_method.value {
            MethodChoice::Auto => jeton_client::MethodChoice::Auto,
            MethodChoice::One(method) => jeton_client::MethodChoice::One(method),
        },
        request: ClientCredentialsRequest {
            scopes: profile.scopes.value.clone(),
            audience: profile.audience.value.clone(),
            resources: profile.resource.value.clone(),
            params: pairs(&profile.params),
        },
        assertion: AssertionConfig {
            alg: assertion.alg.as_ref().map(|found| found.value),
            kid: text(&assertion.kid),
            lifetime: assertion.lifetime.value,
            audience: match &assertion.audience.value {
                AssertionAudience::Issuer => jeton_client::AssertionAudience::Issuer,
                AssertionAudience::TokenEndpoint => jeton_client::AssertionAudience::TokenEndpoint,
                AssertionAudience::Own(own) => jeton_client::AssertionAudience::Own(own.clone()),
            },
            typ: assertion.typ.value.header().unwrap_or_default().to_owned(),
            send_client_id: profile.send_client_id.value,
        },
        certificate: certificate.map(|found| found.thumbprint.clone()),
        basic_encoding: match profile.basic_encoding.value {
            BasicEncoding::Form => jeton_client::BasicEncoding::Form,
            BasicEncoding::Raw => jeton_client::BasicEncoding::Raw,
        },
        headers: pairs(&profile.headers),
        timeout: profile.timeout.value,
        thresholds: Thresholds {
            refresh_before: profile.refresh_before.value,
            min_ttl: profile.min_ttl.value,
        },
        labels: Labels {
            profile: profile.name.clone(),
            environment: text(&profile.environment),
            environment_id: text(&profile.environment_id),
            region: text(&profile.region),
        },
    })
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
