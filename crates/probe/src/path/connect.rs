//! Resolves names, and connects to each address.

use super::LONGEST;
use jeton_client::HttpConfig;
use jeton_client::resolve::{ResolveError, resolve as resolve_name};
use jeton_inspect::evidence::{ConnectFailure, NameFailure, Unresolved};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Instant;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::{Host, Url};

/// Of one name, no more addresses are tried.
const MAX_ADDRESSES: usize = 8;

const TIMEOUT: ConnectFailure = ConnectFailure::Timeout {
    seconds: LONGEST.as_secs(),
};

/// What a host resolves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Host and port, as a person would look for them.
    pub host: String,
    /// Whether the host is an address already, so that nothing had to be resolved.
    pub literal: bool,
    /// In the order of the system's resolver.
    pub addresses: Vec<SocketAddr>,
}

/// What an error of the system means.
pub(super) fn failure(error: &std::io::Error) -> ConnectFailure {
    match error.kind() {
        ErrorKind::ConnectionRefused => ConnectFailure::Refused,
        ErrorKind::TimedOut => TIMEOUT,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => ConnectFailure::Unreachable,
        _ => ConnectFailure::Other(error.to_string()),
    }
}

/// Resolves the host of a URL, as the HTTP client does.
///
/// # Errors
/// [`ResolveError`] where there is no address within five seconds.
pub async fn resolve(config: &HttpConfig, url: &Url) -> Result<Resolved, ResolveError> {
    let port = url.port_or_known_default().unwrap_or(443);
    let literal = |address: SocketAddr| Resolved {
        host: address.to_string(),
        literal: true,
        addresses: vec![address],
    };
    let name = match url.host() {
        Some(Host::Ipv4(ip)) => return Ok(literal((ip, port).into())),
        Some(Host::Ipv6(ip)) => return Ok(literal((ip, port).into())),
        Some(Host::Domain(name)) => name,
        None => {
            return Err(ResolveError {
                failure: jeton_client::NameFailure::NotFound,
                message: "the URL has no host".to_owned(),
            });
        }
    };
    let until = Instant::now() + LONGEST;
    let found = resolve_name(&config.name_files, name, until).await?;
    Ok(Resolved {
        host: format!("{name}:{port}"),
        literal: false,
        addresses: found.into_iter().map(|ip| (ip, port).into()).collect(),
    })
}

/// A name without an address, as evidence.
#[must_use]
pub fn unresolved(error: &ResolveError) -> Unresolved {
    Unresolved {
        failure: name_failure(error.failure),
        cause: error.message.clone(),
    }
}

/// Why it has none, as evidence.
#[must_use]
pub const fn name_failure(failure: jeton_client::NameFailure) -> NameFailure {
    use jeton_client::NameFailure as Failure;
    match failure {
        Failure::NotFound => NameFailure::NotFound,
        Failure::NoAddress => NameFailure::NoAddress,
        Failure::OnlyPrivate => NameFailure::OnlyPrivate,
        Failure::Silent => NameFailure::Silent,
        Failure::ServerFailed => NameFailure::ServerFailed,
        Failure::NoServers => NameFailure::NoServers,
        Failure::Other => NameFailure::Other,
    }
}

/// An attempt to connect to one address.
#[derive(Debug)]
pub struct Attempt {
    /// The address.
    pub address: SocketAddr,
    /// The connection, or why there is none.
    pub outcome: Result<TcpStream, ConnectFailure>,
}

/// Connects to all addresses at once, the first eight of them; in their order.
pub async fn connect(addresses: &[SocketAddr]) -> Vec<Attempt> {
    let mut tasks = JoinSet::new();
    for (place, address) in addresses.iter().copied().take(MAX_ADDRESSES).enumerate() {
        tasks.spawn(async move {
            let outcome = match timeout(LONGEST, TcpStream::connect(address)).await {
                Err(_) => Err(TIMEOUT),
                Ok(result) => result.map_err(|error| failure(&error)),
            };
            (place, Attempt { address, outcome })
        });
    }
    let mut attempts = tasks.join_all().await;
    attempts.sort_by_key(|(place, _)| *place);
    attempts.into_iter().map(|(_, attempt)| attempt).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{ConnectFailure, HttpConfig, connect, resolve};
    use std::net::TcpListener;
    use url::Url;

    #[tokio::test]
    async fn addresses_names_and_ports() {
        let found = async |url: &str| {
            let config = HttpConfig::default();
            resolve(&config, &Url::parse(url).unwrap()).await
        };
        let four = found("https://127.0.0.1").await.unwrap();
        assert!(four.literal && four.host == "127.0.0.1:443", "{four:?}");
        let six = found("http://[::1]:8080/x").await.unwrap();
        assert_eq!(six.host, "[::1]:8080");
        let name = found("https://localhost:1/").await.unwrap();
        assert!(!name.literal && !name.addresses.is_empty(), "{name:?}");
        assert!(found("https://no-such-name.invalid").await.is_err());
    }

    #[tokio::test]
    async fn each_address_is_reported() {
        let open = TcpListener::bind("127.0.0.1:0").unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        let addresses = [closed.local_addr().unwrap(), open.local_addr().unwrap()];
        drop(closed);
        let attempts = connect(&addresses).await;
        assert_eq!(attempts[0].address, addresses[0]);
        assert_eq!(
            attempts[0].outcome.as_ref().err(),
            Some(&ConnectFailure::Refused)
        );
        assert!(attempts[1].outcome.is_ok());
    }
}
