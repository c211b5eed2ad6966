//! A profile opened for a look: the real way to a token, with every answer shown, and without a trace in the cache.

use super::{Opened, events, transport};
use crate::commands::app::App;
use crate::error::Result;
use jeton_client::cache::Cache;
use jeton_client::verify::{KeySetLocation, Rules, Verifier, VerifierParts};
use jeton_client::{Parts, ReqwestTransport, System, TokenSource, TokioTimer, Watched, Watcher};
use jeton_profile::{Profile, ProfileCredentials, Settings};
use std::sync::Arc;

/// A source that asks the server each time and keeps nothing; a credential is fetched once.
///
/// # Errors
/// Exit 3 where client or server are missing in the profile.
pub(crate) fn diagnosed(
    app: &App,
    settings: &Arc<Settings>,
    profile: &Profile,
    watcher: &Arc<Watcher>,
) -> Result<Opened> {
    let certificate = profile.certificate()?;
    let config = profile.client_config(certificate.as_ref())?;
    let credentials = ProfileCredentials::remembering(
        Arc::clone(settings),
        profile.clone(),
        certificate,
        events::notices_to_log(Arc::clone(&app.log)),
    );
    let source = TokenSource::new(Parts {
        config,
        cache: Cache::None,
        transport: Box::new(watched(settings, profile, watcher)),
        timer: Box::new(TokioTimer),
        credentials: Box::new(credentials.clone()),
        clock: Box::new(System),
        random: Box::new(System),
        observer: events::to_log(Arc::clone(&app.log)),
    });
    Ok(Opened {
        profile: profile.clone(),
        source,
        credentials,
        log: Arc::clone(&app.log),
    })
}

/// A verifier of the same kind: it takes the keys of now.
pub(crate) fn diagnosed_verifier(
    app: &App,
    settings: &Settings,
    profile: &Profile,
    rules: Rules,
    keys: KeySetLocation,
    watcher: &Arc<Watcher>,
) -> Verifier {
    Verifier::new(VerifierParts {
        rules,
        keys,
        cache: Cache::None,
        transport: Box::new(watched(settings, profile, watcher)),
        timer: Box::new(TokioTimer),
        clock: Box::new(System),
        observer: events::to_log(Arc::clone(&app.log)),
        timeout: profile.timeout.value,
    })
}

fn watched(
    settings: &Settings,
    profile: &Profile,
    watcher: &Arc<Watcher>,
) -> Watched<ReqwestTransport> {
    Watched::new(transport(&settings.tool, profile), Arc::clone(watcher))
}
