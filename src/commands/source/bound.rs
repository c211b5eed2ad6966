//! The timeout for what has limits of its own: a key set, and with `--timeout` a probe, which makes many connections.

use crate::error::{Error, Result};
use crate::exit::Exit;
use jeton_profile::{Origin, Profile, duration};
use tokio::time::timeout;

/// Awaits the whole work no longer than `--timeout` says, if it was given.
///
/// # Errors
/// As `work`; exit 6 where it took too long.
pub(crate) async fn within<T>(
    profile: &Profile,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    if !matches!(profile.timeout.origin, Origin::Flag(_)) {
        return work.await;
    }
    bounded(profile, work).await
}

/// Awaits the whole work no longer than the timeout of the profile, wherever that is set.
///
/// # Errors
/// As `work`; exit 6 where it took too long.
pub(crate) async fn bounded<T>(
    profile: &Profile,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let longest = profile.timeout.value;
    match timeout(longest, work).await {
        Ok(done) => done,
        Err(_) => {
            let message = format!("not done within {}", duration::format(longest));
            Err(Error::new(Exit::Network, message)
                .fact("network", "timeout")
                .hint("try again, or allow more time with --timeout"))
        }
    }
}
