//! Names become addresses before the HTTP library is asked, so that a failure keeps its type; private addresses are refused here:
//! these are the ones that are connected to.

use crate::http_config::NameFiles;
use crate::name_failure::NameFailure;
use crate::resolve::{ResolveError, resolve};
use crate::transport::AddressPolicy;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use url::{Host, Url};

/// A name is looked up for no longer.
const LONGEST: Duration = Duration::from_secs(5);

/// What is kept for the end of a request, so that a server for names that hangs is told apart from any other.
const RESERVE: Duration = Duration::from_millis(50);

/// The addresses of the host of a URL that the policy permits; none where the host is an address itself.
///
/// # Errors
/// [`ResolveError`] where there is none.
pub(super) async fn addresses(
    files: &NameFiles,
    url: &Url,
    policy: AddressPolicy,
    deadline: Instant,
) -> Result<Known, ResolveError> {
    let Some(Host::Domain(name)) = url.host() else {
        return Ok(Known(Vec::new()));
    };
    let now = Instant::now();
    let left = deadline.saturating_duration_since(now);
    let until = now + left.saturating_sub(RESERVE.min(left / 2)).min(LONGEST);
    let found = resolve(files, name, until).await?.into_iter();
    let found = found.map(|ip| SocketAddr::new(ip, 0)).collect();
    let permitted = policy.permitted(name, found);
    permitted.map(Known).map_err(|error| ResolveError {
        failure: NameFailure::OnlyPrivate,
        message: error.to_string(),
    })
}

/// Addresses that are known already. A client makes one connection, so it asks for one name.
pub(super) struct Known(Vec<SocketAddr>);

impl Known {
    /// Where a connection to the host of a URL goes.
    pub(super) fn sockets(&self, url: &Url) -> Vec<SocketAddr> {
        let port = url.port_or_known_default().unwrap_or(443);
        match url.host() {
            Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
            Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
            Some(Host::Domain(_)) | None => {
                let all = self.0.iter();
                all.map(|known| (known.ip(), port).into()).collect()
            }
        }
    }
}

impl Resolve for Known {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn client_10_a_name_that_resolves_into_a_private_network_is_refused() {
        let (files, url) = (
            NameFiles::default(),
            Url::parse("http://localhost").unwrap(),
        );
        let deadline = Instant::now() + LONGEST;
        let found = async |policy| addresses(&files, &url, policy, deadline).await;
        let refused = found(AddressPolicy::PublicOnly).await.err().unwrap();
        assert_eq!(refused.failure, NameFailure::OnlyPrivate);
        assert!(found(AddressPolicy::Anywhere).await.is_ok());
    }
}
