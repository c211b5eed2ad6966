//! The walk: which step comes when, and which cannot run after a failure.

use super::step::{Name, Status, Step};
use super::witness::Witness;
use crate::cli::doctor::DoctorArgs;
use crate::commands::app::App;
use crate::commands::source::Opened;
use crate::exit::Exit;
use crate::output::spinner;
use crate::settings::Settings;
use jeton_client::rehearsal::{Located, Rehearsal};
use jeton_inspect::context::ProfileContext;
use jeton_oauth::AccessToken;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// Who walks, with everything that was found on the way.
pub(super) struct Walk<'a> {
    pub(super) app: &'a App,
    pub(super) args: &'a DoctorArgs,
    pub(super) witness: Arc<Witness>,
    steps: Vec<Step>,
    /// What `token get` would end with, as far as it is known.
    pub(super) would: Option<Exit>,
    /// The certificates of the server, as it sent them.
    pub(super) chain: Vec<Vec<u8>>,
}

/// A profile that can be walked with.
pub(super) struct Ready {
    pub(super) settings: Arc<Settings>,
    pub(super) opened: Opened,
    pub(super) context: ProfileContext,
    /// Where the walk leads: the issuer, or the token endpoint where that is configured.
    pub(super) target: Url,
    /// The token that was given, and is looked at in place of a new one.
    pub(super) given: Option<AccessToken>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(app: &'a App, args: &'a DoctorArgs) -> Self {
        Self {
            app,
            args,
            witness: Arc::new(Witness::new(app.console)),
            steps: Vec::new(),
            would: None,
            chain: Vec::new(),
        }
    }

    /// Notes what came of a step.
    pub(super) fn note(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// The first failure decides what `token get` would end with.
    pub(super) fn would_end(&mut self, exit: Exit) {
        self.would.get_or_insert(exit);
    }

    fn is_broken(&self, names: &[Name]) -> bool {
        self.steps
            .iter()
            .any(|step| names.contains(&step.name) && step.is_broken())
    }

    /// A step that stood as a warning is the reason of a later failure.
    pub(super) fn harden(&mut self, name: Name) {
        for step in &mut self.steps {
            if step.name == name && step.status == Status::Warn {
                step.status = Status::Fail;
            }
        }
    }

    /// Awaits the work of one step, with a sign of life on a terminal, and says how long it took.
    pub(super) async fn during<T>(
        &self,
        label: &str,
        work: impl Future<Output = T>,
    ) -> (T, Duration) {
        let started = Instant::now();
        let done = spinner::during(&self.app.log, label, work).await;
        (done, started.elapsed())
    }

    /// All steps behind the settings.
    pub(super) async fn go(&mut self, ready: &Ready) {
        if ready.given.is_some() {
            self.note(Step::skipped(Name::Credential, "a token was given"));
        } else {
            self.credential(ready);
        }
        self.cache(ready);
        let way = self.way(ready, &ready.target).await;
        for step in way {
            self.note(step);
        }
        let path = [Name::Proxy, Name::Dns, Name::Tcp, Name::Tls, Name::Cache];
        let located = if self.is_broken(&path) {
            None
        } else {
            self.discovery(ready).await
        };
        // A request reads its credential when it knows where it goes.
        if self.is_broken(&[Name::Credential]) {
            self.would_end(Exit::Credential);
        }
        self.issuer(ready);
        let rehearsal = match &located {
            Some(located) if !self.is_broken(&[Name::Credential]) => {
                self.methods(ready, located).await
            }
            _ => None,
        };
        let token = match (&ready.given, &located, &rehearsal) {
            (Some(given), _, _) => {
                self.note(Step::skipped(Name::Request, "a token was given"));
                Some(super::token::Got::given(given))
            }
            (None, Some(located), Some(rehearsal)) => self.request(ready, located, rehearsal).await,
            _ => None,
        };
        self.clock(ready, rehearsal.as_ref().map(Rehearsal::signs));
        if let Some(token) = token {
            let metadata = located
                .as_ref()
                .and_then(|located: &Located| located.metadata.as_ref());
            self.token(ready, metadata, &token).await;
        }
    }

    /// The steps in the order of the walk; what was not walked is not reached, or was not wanted.
    pub(super) fn finish(&mut self) -> Vec<Step> {
        let mut steps = std::mem::take(&mut self.steps);
        let broken = steps.iter().any(Step::is_broken);
        for name in Name::ALL {
            if steps.iter().any(|step| step.name == name) {
                continue;
            }
            steps.push(
                if self.args.no_request && name >= Name::Request && !broken {
                    Step::skipped(name, "--no-request: no token was asked for")
                } else {
                    Step::not_reached(name)
                },
            );
        }
        steps.sort_by_key(|step| step.name);
        steps
    }
}
