//! What every command works with.

use super::embedded::Authority;
use super::verb::Shared;
use crate::cli::global::GlobalArgs;
use crate::error::{Error, Result};
use crate::log::{Log, Options};
use crate::output::{Console, ShowFormat, pretty_json};
use jeton_profile::{Inputs, Settings, duration};
use serde::Serialize;
use std::ffi::OsStr;
use std::sync::Arc;

/// The inputs as they were typed and found, and where things are said.
pub(crate) struct App {
    pub(crate) inputs: Inputs,
    pub(crate) console: Console,
    pub(crate) log: Arc<Log>,
    /// `--json`
    pub(crate) json: bool,
    /// `--embedded`
    embedded: bool,
    /// Its authority: it is there for as long as the command runs.
    authority: Option<Authority>,
}

impl App {
    /// Takes over what was typed. Reads no file.
    ///
    /// # Errors
    /// Exit 3 where a variable of the log makes no sense.
    pub(crate) fn new(
        global: &GlobalArgs,
        shared: Shared<'_>,
        mut inputs: Inputs,
        console: Console,
    ) -> Result<Self> {
        let env = |name: &str| inputs.env.get(OsStr::new(name)).cloned();
        let options = Options::resolve(global.quiet, global.verbose, global.log_format, &env)?;
        inputs.config.clone_from(&global.config);
        inputs.env_file.clone_from(&global.env_file);
        inputs.no_input = global.no_input;
        if let Some(profile) = shared.profile {
            inputs.profile.clone_from(&profile.profile);
            inputs.for_url.clone_from(&profile.for_url);
        }
        let overrides = &mut inputs.overrides;
        if let Some(wanted) = shared.wanted {
            overrides.set("--scope", &wanted.scope);
            overrides.set("--resource", &wanted.resource);
            overrides.set("--audience", &wanted.audience);
        }
        if let Some(network) = shared.network {
            overrides.set("--ca-file", &network.ca_file);
        }
        if let Some(acquire) = shared.acquire {
            overrides.set("--min-ttl", acquire.min_ttl.map(duration::format));
        }
        Ok(Self {
            inputs,
            console,
            log: Arc::new(Log::new(options, &console)),
            json: global.json,
            embedded: shared.embedded,
            authority: None,
        })
    }

    /// With `--embedded`, starts the authority that knows the client, once.
    ///
    /// # Errors
    /// Exit 1 where it does not start.
    pub(crate) fn start_embedded(&mut self) -> Result<()> {
        if self.embedded && self.authority.is_none() {
            let (authority, client) = Authority::start(&self.log)?;
            self.authority = Some(authority);
            self.inputs.embedded = Some(client);
        }
        Ok(())
    }

    /// Reads the configuration and says what should be said about it.
    ///
    /// # Errors
    /// Exit 3 where it is wrong; exit 1 where the authority of `--embedded` does not start.
    pub(crate) fn settings(&mut self) -> Result<Arc<Settings>> {
        self.start_embedded()?;
        let settings = Settings::load(&self.inputs)?;
        for finding in &settings.warnings {
            self.console.warn(&finding.with_remedy());
        }
        Ok(Arc::new(settings))
    }

    /// `--json`, or `-o`.
    pub(crate) fn show_format(&self, output: Option<ShowFormat>) -> ShowFormat {
        if self.json {
            return ShowFormat::Json;
        }
        output.unwrap_or(ShowFormat::Panel)
    }

    /// Prints a result as JSON.
    ///
    /// # Errors
    /// When stdout takes nothing.
    pub(crate) fn print_json(&self, result: &impl Serialize) -> Result<()> {
        self.console.print(&pretty_json(result)?)
    }
}

/// Runs what needs the network, on a runtime of one thread that is made for it.
///
/// The future is part of the stack frame of whoever makes it, and all pages of a frame are touched when it is entered. So what
/// calls this is `#[inline(never)]`: a command that needs no network does not pay for the futures of the others.
///
/// What still runs elsewhere when `work` is done is not waited for: the lookup of a name may hang for longer than the
/// time that a profile allows, or than somebody who presses Ctrl-C does.
///
/// # Errors
/// Exit 1 where the system gives no runtime.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::bug(&anyhow::Error::from(error).context("no runtime")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(result)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::block_on;
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    #[test]
    fn a_lookup_that_hangs_is_not_waited_for() {
        let (_never_used, answer) = channel::<()>();
        let begun = Instant::now();
        block_on(async {
            drop(tokio::task::spawn_blocking(move || {
                answer.recv_timeout(Duration::from_secs(60))
            }));
        })
        .unwrap();
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
