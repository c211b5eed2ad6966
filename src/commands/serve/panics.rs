//! Panics while the authority runs: logged by their location, since the message may contain a secret. A panic of a request
//! handler ends that request; elsewhere a panic ends the process.

use crate::error::{Error, Result};
use crate::log::{Level, Log, Module, field};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Arc;

/// Logs panics from now on, instead of exiting.
pub(super) fn log_panics(log: Arc<Log>) {
    set_hook(Box::new(move |panic| {
        let location = panic.location();
        let location = location.map_or_else(|| "unknown".to_owned(), ToString::to_string);
        let fields = [field("location", &location)];
        log.write(Level::Error, Module::Server, &"a task panicked", &fields);
    }));
}

/// Runs the authority.
///
/// # Errors
/// As `run`; exit 1 where it panics.
pub(super) fn caught<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let cause = anyhow::anyhow!("the authority panicked: the log has the location");
        Err(Error::bug(&cause))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::caught;
    use crate::exit::Exit;

    #[test]
    fn a_panic_is_exit_1_and_what_returns_is_returned() {
        let error = caught::<()>(|| panic!("on purpose")).unwrap_err();
        assert_eq!(error.exit, Exit::Bug);
        assert_eq!(caught(|| Ok(7)).unwrap(), 7);
    }
}
