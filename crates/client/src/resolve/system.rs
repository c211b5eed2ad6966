//! The system's own resolver, where no other one is built in.

use super::ResolveError;
use crate::http_config::NameFiles;
use crate::name_failure::NameFailure;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;
use tokio::time::timeout_at;

/// The addresses of a name; its errors cannot be told apart here.
pub(super) async fn search(
    _: &NameFiles,
    name: &str,
    until: Instant,
) -> Result<Vec<IpAddr>, ResolveError> {
    let looking = tokio::net::lookup_host((name, 0));
    match timeout_at(until.into(), looking).await {
        Ok(Ok(found)) => Ok(found.map(|address: SocketAddr| address.ip()).collect()),
        Ok(Err(error)) => Err(ResolveError::new(NameFailure::Other, error.to_string())),
        Err(_) => {
            let message = "the system's resolver did not answer in time";
            Err(ResolveError::new(NameFailure::Silent, message))
        }
    }
}
