//! `--timeout` for a probe, which makes many connections with limits of their own.

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
    let longest = profile.timeout.value;
    match timeout(longest, work).await {
        Ok(done) => done,
        Err(_) => {
            let longest = duration::format(longest);
            let message = format!("the command did not finish within its timeout of {longest}");
            Err(Error::new(Exit::Network, message)
                .fact("network", "timeout")
                .hint("try again, or allow more time with --timeout"))
        }
    }
}
