//! Names become addresses here, and private ones are refused here: these are the addresses that are connected to.

use super::names;
use crate::transport::AddressPolicy;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Resolves names, and returns only addresses that the policy permits.
pub(super) struct PolicyResolver(pub(super) AddressPolicy);

impl Resolve for PolicyResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.0;
        Box::pin(async move {
            let found = names::resolve(name.as_str(), 0).await?;
            let permitted = policy.permitted(name.as_str(), found)?;
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::str::FromStr as _;

    #[tokio::test]
    async fn client_10_a_name_that_resolves_into_a_private_network_is_refused() {
        let resolve = |policy| PolicyResolver(policy).resolve(Name::from_str("localhost").unwrap());
        assert!(resolve(AddressPolicy::PublicOnly).await.is_err());
        assert!(resolve(AddressPolicy::Anywhere).await.is_ok());
    }
}
