//! How the requests of a profile reach a server.

use super::events;
use crate::commands::app::App;
use jeton_client::cache::Cache;
use jeton_client::event::Observer;
use jeton_client::{FetchContext, ReqwestTransport, System, TokioTimer, Transport};
use jeton_profile::{Profile, Tool, http_config};
use std::sync::Arc;

/// The transport of a profile; nothing is opened yet.
pub(crate) fn transport(tool: &Tool, profile: &Profile) -> ReqwestTransport {
    ReqwestTransport::new(http_config(tool, profile))
}

/// What public documents are fetched with now, without the cache.
pub(crate) struct Uncached {
    transport: Box<dyn Transport>,
    cache: Cache,
    observer: Box<Observer>,
}

impl Uncached {
    /// As this profile makes connections.
    pub(crate) fn of(app: &App, tool: &Tool, profile: &Profile) -> Self {
        Self {
            transport: Box::new(transport(tool, profile)),
            cache: Cache::None,
            observer: events::to_log(Arc::clone(&app.log)),
        }
    }

    pub(crate) fn context(&self) -> FetchContext<'_> {
        FetchContext {
            transport: self.transport.as_ref(),
            timer: &TokioTimer,
            cache: &self.cache,
            clock: &System,
            observer: self.observer.as_ref(),
        }
    }
}
