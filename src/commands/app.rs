//! What every command uses: inputs, console and log.

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

/// The inputs from command line and environment, and the streams to write to.
pub(crate) struct App {
    pub(crate) inputs: Inputs,
    pub(crate) console: Console,
    pub(crate) log: Arc<Log>,
    /// `--json`
    pub(crate) json: bool,
    /// `--embedded`
    embedded: bool,
    /// Its authority, which runs as long as the command.
    authority: Option<Authority>,
}

impl App {
    /// Applies the global and shared options. Reads no file.
    ///
    /// # Errors
    /// Exit 3 where a variable of the log is invalid.
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
            overrides.set("--proxy", &network.proxy);
            overrides.set("--timeout", network.timeout.map(duration::format));
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

    /// With `--embedded`, starts the authority and uses the client that it registered. Starts it only once.
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

    /// Reads the configuration and prints its warnings.
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
    /// When stdout cannot be written.
    pub(crate) fn print_json(&self, result: &impl Serialize) -> Result<()> {
        self.console.print(&pretty_json(result)?)
    }
}

/// Runs work that needs the network, on its own single-threaded runtime.
///
/// The future is part of its caller's stack frame, and entering a frame touches all its pages. So callers are
/// `#[inline(never)]`: a command that needs no network does not pay for the futures of the others.
///
/// Threads that still run when `work` is done are not waited for: a DNS lookup may hang for longer than the profile's timeout,
/// or than a user who presses Ctrl-C wants to wait.
///
/// # Errors
/// Exit 1 where no runtime can be started.
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
