//! What an authority is started with. Every number has a default that is safe to run with.

use crate::keys::MasterKey;
use jeton_oauth::{Algorithm, Issuer};
use std::path::PathBuf;
use std::time::Duration;

/// Everything that a start needs besides the listener, the clock and the log.
#[derive(Debug, Clone)]
pub struct Config {
    /// The issuer, byte by byte as tokens and metadata have it; may have a path.
    pub issuer: Issuer,
    /// Where the store is.
    pub store: StoreLocation,
    /// Opens and seals what the store keeps secret.
    pub master_key: MasterKey,
    /// TLS ends at a proxy in front: only then may the listener be other than loopback.
    pub behind_proxy: bool,
    /// Signing algorithms, the default first; each has keys of its own.
    pub algorithms: Vec<Algorithm>,
    /// How long tokens live.
    pub lifetimes: Lifetimes,
    /// What client assertions must keep to.
    pub assertions: AssertionRules,
    /// What one request, one connection and all of them together may cost.
    pub limits: Limits,
}

impl Config {
    /// An authority with every default.
    #[must_use]
    pub fn new(issuer: Issuer, store: StoreLocation, master_key: MasterKey) -> Self {
        Self {
            issuer,
            store,
            master_key,
            behind_proxy: false,
            algorithms: vec![Algorithm::ES256],
            lifetimes: Lifetimes::default(),
            assertions: AssertionRules::default(),
            limits: Limits::default(),
        }
    }
}

/// Where the store of an authority is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreLocation {
    /// In memory: lost when the authority stops.
    Memory,
    /// One SQLite file, made when it is not there.
    File(PathBuf),
}

/// A store URL that this authority has no store for.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is no store: write sqlite:PATH or sqlite::memory:")]
pub struct UnknownStore(String);

impl std::str::FromStr for StoreLocation {
    type Err = UnknownStore;

    /// Reads `sqlite::memory:` or `sqlite:PATH`.
    fn from_str(text: &str) -> Result<Self, UnknownStore> {
        match text.strip_prefix("sqlite:") {
            Some(":memory:") => Ok(Self::Memory),
            Some(path) if !path.is_empty() => Ok(Self::File(path.into())),
            _ => Err(UnknownStore(text.to_owned())),
        }
    }
}

/// How long access tokens live, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// For a client and a resource that say nothing.
    pub default: u32,
    /// The least that a client or a resource may be given.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            default: 600,
            min: 300,
            max: 3600,
        }
    }
}

/// What a client assertion (RFC 7523 section 3) must keep to, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct AssertionRules {
    /// From now (and from `iat`, where it has one) to `exp`, at most.
    pub max_lifetime: u32,
    /// By how much two clocks may disagree.
    pub leeway: u32,
    /// How many used `jti`s of one client are remembered; when none of them has ended, its assertions are refused with 503.
    pub remembered: usize,
}

impl Default for AssertionRules {
    fn default() -> Self {
        Self {
            max_lifetime: 300,
            leeway: 30,
            remembered: 100_000,
        }
    }
}

/// What a request, a connection and all of them together may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a request body; more is 413.
    pub body_bytes: usize,
    /// Bytes of request line and headers; more is 431. Not below 8192.
    pub header_bytes: usize,
    /// From the first byte (or the last response) to the end of the headers; also ends idle connections.
    pub header_timeout: Duration,
    /// From the end of the headers to the end of the body; later is 408.
    pub body_timeout: Duration,
    /// How long a response may wait for a reader that does not read; later the connection is closed.
    pub write_timeout: Duration,
    /// Connections at once. When one more comes, the one that was without a request for longest is closed. Fewer, where the
    /// limit of open files is lower and cannot be raised.
    pub connections: usize,
    /// How long a stop waits for requests that run.
    pub drain: Duration,
    /// Slow hashes computed at once: of secrets from elsewhere that were not used yet.
    pub hashes: usize,
    /// Requests that may wait for a slow hash; further ones are refused with 503 and `Retry-After`.
    pub hashes_waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            header_bytes: 16 * 1024,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            connections: 4096,
            drain: Duration::from_secs(10),
            hashes: 2,
            hashes_waiting: 64,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::StoreLocation;

    #[test]
    fn a_store_is_read_from_its_url() {
        assert_eq!(
            "sqlite::memory:".parse::<StoreLocation>().unwrap(),
            StoreLocation::Memory
        );
        assert_eq!(
            "sqlite:/var/lib/a.db".parse::<StoreLocation>().unwrap(),
            StoreLocation::File("/var/lib/a.db".into())
        );
        for wrong in ["", "sqlite:", "postgres://db/a", "/var/lib/a.db"] {
            let error = wrong.parse::<StoreLocation>().unwrap_err();
            assert!(error.to_string().contains("sqlite:PATH"), "{wrong}");
        }
    }
}
