//! What the steps look at: the run, and the profile that it is about.

use super::DoctorArgs;
use super::recorder::Recorder;
use crate::commands::app::App;
use crate::commands::source::Opened;
use crate::output::spinner;
use jeton_client::method::{CredentialKind, MethodDecision};
use jeton_inspect::context::ProfileContext;
use jeton_oauth::AccessToken;
use jeton_profile::{Profile, Settings};
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// The run: what was typed, and what records the responses.
pub(super) struct Session<'a> {
    pub(super) app: &'a App,
    pub(super) args: &'a DoctorArgs,
    pub(super) recorder: Arc<Recorder>,
}

impl<'a> Session<'a> {
    pub(super) fn new(app: &'a App, args: &'a DoctorArgs) -> Self {
        Self {
            app,
            args,
            recorder: Arc::new(Recorder::new(app.console)),
        }
    }

    pub(super) fn now(&self) -> i64 {
        self.app.console.now()
    }

    /// Awaits the work of one step, with a spinner on a terminal, and measures it.
    pub(super) async fn during<T>(
        &self,
        label: &str,
        work: impl Future<Output = T>,
    ) -> (T, Duration) {
        let started = Instant::now();
        let done = spinner::during(&self.app.log, label, work).await;
        (done, started.elapsed())
    }
}

/// A profile that can be checked.
pub(super) struct Subject<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) settings: Arc<Settings>,
    pub(super) opened: Opened,
    pub(super) context: ProfileContext,
    /// How the client would authenticate, before anything is known of the server; `None` where nothing fits, as the request
    /// says.
    pub(super) decision: Option<MethodDecision>,
    /// What is asked first: the issuer, or the token endpoint where that is configured.
    pub(super) target: Url,
    /// The token that was given, and is checked in place of a new one.
    pub(super) given: Option<AccessToken>,
}

impl Subject<'_> {
    /// What the client proves its identity with.
    pub(super) fn credential(&self) -> CredentialKind {
        self.decision
            .map_or(CredentialKind::Secret, |decision| decision.credential)
    }

    pub(super) const fn profile(&self) -> &Profile {
        &self.opened.profile
    }
}
