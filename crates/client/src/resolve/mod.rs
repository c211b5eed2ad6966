//! From the name of a host to its addresses, alike in every build: `localhost`, the hosts file, DNS, and what else
//! nsswitch.conf names. On systems other than Linux the system's own resolver does it.
//!
//! A static program cannot load the resolvers of the C library, so none of this comes from there.

#[cfg(target_os = "linux")]
mod dns;
#[cfg(target_os = "linux")]
mod getent;
#[cfg(target_os = "linux")]
mod hosts;
#[cfg(target_os = "linux")]
mod nsswitch;
mod order;
#[cfg(not(target_os = "linux"))]
mod system;

use crate::http_config::NameFiles;
use crate::name_failure::NameFailure;
use jeton_oauth::is_loopback_host;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Instant;
use thiserror::Error;
use url::Host;

/// Why a name has no address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ResolveError {
    /// Which failure it is.
    pub failure: NameFailure,
    /// What happened, for a person: lower case, without the name.
    pub message: String,
}

impl ResolveError {
    fn new(failure: NameFailure, message: impl Into<String>) -> Self {
        Self {
            failure,
            message: message.into(),
        }
    }
}

/// The addresses of a host, in the order to try them: those that this machine has a route to come first.
///
/// `localhost` and the names below it are this machine. No resolver is asked for them (RFC 6761 6.3): it may know such a name,
/// and send it elsewhere.
///
/// # Errors
/// [`ResolveError`] where there is none by `until`.
pub async fn resolve(
    files: &NameFiles,
    name: &str,
    until: Instant,
) -> Result<Vec<IpAddr>, ResolveError> {
    if is_loopback_host(&Host::Domain(name)) {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let mut found: Vec<IpAddr> = Vec::new();
    for address in search(files, name, until).await? {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    if found.is_empty() {
        let message = "the name has no address";
        return Err(ResolveError::new(NameFailure::NoAddress, message));
    }
    Ok(order::routed_first(found))
}

#[cfg(target_os = "linux")]
async fn search(
    files: &NameFiles,
    name: &str,
    until: Instant,
) -> Result<Vec<IpAddr>, ResolveError> {
    let listed = hosts::lookup(&files.hosts, name);
    if !listed.is_empty() {
        return Ok(listed);
    }
    let failed = match dns::lookup(files, name, until).await {
        Ok(found) => return Ok(found),
        Err(failed) => failed,
    };
    if failed.failure == NameFailure::Silent || !nsswitch::has_further_sources(&files.nsswitch) {
        return Err(failed);
    }
    let found = getent::lookup(&files.getent, name, until).await;
    found.filter(|found| !found.is_empty()).ok_or(failed)
}

#[cfg(not(target_os = "linux"))]
use system::search;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::resolve;
    use crate::http_config::NameFiles;
    use std::time::{Duration, Instant};

    #[tokio::test]
    async fn client_12_localhost_names_are_this_machine() {
        let nothing = NameFiles {
            hosts: "/no/such/file".into(),
            resolv_conf: "/no/such/file".into(),
            ..NameFiles::default()
        };
        let until = Instant::now() + Duration::from_secs(60);
        for name in ["localhost", "LOCALHOST.", "a.localhost", "a.b.LocalHost"] {
            let found = resolve(&nothing, name, until).await.unwrap();
            let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(shown, ["127.0.0.1", "::1"], "{name}");
        }
    }
}
