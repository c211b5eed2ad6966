//! The socket: the caller binds it, the server serves it until the shutdown.

mod connection;
mod descriptors;
mod linger;
mod places;
mod stall;

use crate::admin::Admin;
use crate::authority::Authority;
pub use crate::authority::OpenError;
use crate::clock::Clock;
use crate::config::Config;
use crate::log::{Level, Log};
use crate::router::router;
use connection::Connections;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// An authority on its listener. Nothing is answered before [`Server::run`].
pub struct Server {
    authority: Arc<Authority>,
    listener: TcpListener,
    address: SocketAddr,
}

/// Why an authority does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// http to everyone would be tokens for everyone (OAuth 2.1 section 1.5).
    #[error(
        "http is served on loopback or behind a proxy only, and {0} is neither: listen on 127.0.0.1, or say that a proxy ends TLS"
    )]
    NotLoopback(SocketAddr),
    /// Behind a proxy the world sees the proxy's name, over TLS.
    #[error("behind a proxy the issuer must be https")]
    IssuerNotHttps,
    /// HMAC keys cannot be published, and without an algorithm nothing is signed.
    #[error("tokens must be signed, with asymmetric algorithms, each named once")]
    Algorithms,
    /// The listener.
    #[error("the listener cannot be used: {0}")]
    Listener(#[from] std::io::Error),
    /// Store, keys, audit log.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl Server {
    /// Opens everything that requests need. Takes a bound listener of the standard library or of tokio, see
    /// [`IntoListener`]; needs a running tokio runtime with time and I/O.
    ///
    /// # Errors
    ///
    /// When http would leave the machine, when the store cannot be opened or brought to this version, when the master key is
    /// not the one that sealed it.
    pub async fn new(
        config: Config,
        listener: impl IntoListener,
        clock: Arc<dyn Clock>,
        log: Arc<dyn Log>,
    ) -> Result<Self, StartError> {
        let listener = listener.into_listener()?;
        let address = listener.local_addr()?;
        check(&config, address)?;
        let authority = Authority::open(config, clock, log).await?;
        Ok(Self {
            authority: Arc::new(authority),
            listener,
            address,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What can be changed while it runs.
    #[must_use]
    pub fn admin(&self) -> Admin {
        Admin::new(Arc::clone(&self.authority))
    }

    /// Serves until `shutdown` resolves; then accepts no more, lets running requests finish (for as long as
    /// [`crate::Limits::drain`]), and closes the store.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let authority = self.authority;
        let mut limits = authority.config.limits;
        let room = descriptors::raise(limits.connections);
        if room < limits.connections {
            authority.say(
                Level::Warn,
                "the limit of open files leaves room for fewer connections (RLIMIT_NOFILE)",
                &[
                    ("wanted", limits.connections.to_string()),
                    ("room", room.to_string()),
                ],
            );
            limits.connections = room;
        }
        authority.say(
            Level::Info,
            "listening",
            &[
                ("address", self.address.to_string()),
                ("issuer", authority.config.issuer.to_string()),
            ],
        );
        let housekeeping = tokio::spawn(keep_house(Arc::clone(&authority)));
        let mut connections = Connections::new(router(Arc::clone(&authority)), limits);
        let mut shutdown = pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut shutdown => break,
            };
            match accepted {
                Ok((stream, peer)) => tokio::select! {
                    Some(place) = connections.place() => connections.serve(stream, peer, place),
                    () = &mut shutdown => break,
                },
                Err(error) => {
                    // mostly no descriptor is left: open connections will end
                    authority.warn("a connection could not be accepted", &error);
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(self.listener);
        let cut = connections.drain(limits.drain).await;
        housekeeping.abort();
        authority.flush_uses().await;
        authority.store.close().await;
        authority.say(Level::Info, "stopped", &[("cut_off", cut.to_string())]);
    }
}

/// How often the last uses of secrets are written down, and what has ended is removed.
const HOUSEKEEPING_EVERY: Duration = Duration::from_secs(10);

async fn keep_house(authority: Arc<Authority>) {
    loop {
        tokio::time::sleep(HOUSEKEEPING_EVERY).await;
        authority.flush_uses().await;
        authority.forget_ended().await;
    }
}

/// What can be listened on.
pub trait IntoListener {
    /// The listener, as tokio wants it.
    ///
    /// # Errors
    ///
    /// When the system refuses to make it non-blocking.
    fn into_listener(self) -> std::io::Result<TcpListener>;
}

impl IntoListener for TcpListener {
    fn into_listener(self) -> std::io::Result<TcpListener> {
        Ok(self)
    }
}

impl IntoListener for std::net::TcpListener {
    fn into_listener(self) -> std::io::Result<TcpListener> {
        self.set_nonblocking(true)?;
        TcpListener::from_std(self)
    }
}

fn check(config: &Config, address: SocketAddr) -> Result<(), StartError> {
    if config.behind_proxy && config.issuer.url().scheme() != "https" {
        return Err(StartError::IssuerNotHttps);
    }
    if !config.behind_proxy && !address.ip().to_canonical().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    let algorithms = &config.algorithms;
    let once = |(at, algorithm)| !algorithms[..at].contains(algorithm);
    if algorithms.is_empty()
        || algorithms.iter().any(|algorithm| algorithm.is_hmac())
        || !algorithms.iter().enumerate().all(once)
    {
        return Err(StartError::Algorithms);
    }
    Ok(())
}
