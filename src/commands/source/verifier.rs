//! A verifier with the network and the cache of the settings.

use super::{cache, events, transport};
use crate::commands::app::App;
use crate::error::Result;
use jeton_client::verify::{KeySetLocation, Rules, Verifier, VerifierParts};
use jeton_client::{System, TokioTimer};
use jeton_profile::{Profile, Settings};
use std::sync::Arc;

/// A verifier that fetches its keys as this profile makes connections. Nothing is opened yet.
///
/// # Errors
/// Exit 3 where there is no place for the cache.
pub(crate) fn verifier(
    app: &App,
    settings: &Arc<Settings>,
    profile: &Profile,
    rules: Rules,
    keys: KeySetLocation,
) -> Result<Verifier> {
    Ok(Verifier::new(VerifierParts {
        rules,
        keys,
        cache: cache(app, settings)?,
        transport: Box::new(transport(&settings.tool, profile)),
        timer: Box::new(TokioTimer),
        clock: Box::new(System),
        observer: events::to_log(Arc::clone(&app.log)),
        timeout: profile.timeout.value,
    }))
}
