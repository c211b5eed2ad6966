//! The real authority, in this process, on a port of its own; with a clock that a test moves, and with its log kept.

use super::world::{LIFETIME, RESOURCE};
use jeton_oauth::{Algorithm, AuthMethod, Issuer, Scopes};
use jeton_server::{
    Admin, Clock, Config, Log, MasterKey, Record, Registration, Resource, Server, StoreLocation,
    SystemClock, Urgency,
};
use serde_json::{Value, json};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

const SCOPES: &str = "api.read api.write";

/// A running authority; it stops when dropped.
pub(crate) struct TestServer {
    runtime: Runtime,
    admin: Admin,
    address: SocketAddr,
    clock: Arc<TestClock>,
    log: Arc<Lines>,
    // Dropped with the rest, which is what ends the server.
    _stop: oneshot::Sender<()>,
}

impl TestServer {
    /// Starts the authority for this issuer, which is the front's URL. It is bound when this returns.
    pub(crate) fn start(issuer: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let issuer = Issuer::parse(issuer).unwrap();
        let mut config = Config::new(
            issuer,
            StoreLocation::Memory,
            MasterKey::generate().unwrap(),
        );
        config.lifetimes.default = u32::try_from(LIFETIME).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let clock = Arc::new(TestClock::default());
        let log = Arc::new(Lines::default());
        let (stop, stopped) = oneshot::channel();
        let (admin, address) = runtime.block_on(async {
            let server = Server::new(config, listener, clock.clone(), log.clone()).await;
            let server = server.unwrap();
            let admin = server.admin();
            let resource = Resource::new(RESOURCE, Some(Scopes::parse(SCOPES).unwrap()));
            admin.put_resource(resource).await.unwrap();
            let address = server.local_addr();
            tokio::spawn(server.run(async {
                let _ = stopped.await;
            }));
            (admin, address)
        });
        Self {
            runtime,
            admin,
            address,
            clock,
            log,
            _stop: stop,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Registers a client for the scopes and the resource of the tests; gives its secret, where it has one.
    pub(crate) fn register(&self, id: &str, method: &str, jwk: Option<&Value>) -> Option<String> {
        let method: AuthMethod = method.parse().unwrap();
        let registration = Registration {
            id: Some(id.to_owned()),
            scopes: Scopes::parse(SCOPES).unwrap(),
            resources: vec![RESOURCE.to_owned()],
            default_resources: vec![RESOURCE.to_owned()],
            jwks: jwk.map(|jwk| json!({ "keys": [jwk] }).to_string()),
            ..Registration::new(id, method)
        };
        let registered = self.runtime.block_on(self.admin.register(registration));
        let secret = registered.unwrap().secret?;
        Some(secret.expose().to_owned())
    }

    /// Refuses a client from now on.
    pub(crate) fn disable(&self, id: &str) {
        let done = self.runtime.block_on(self.admin.set_enabled(id, false));
        done.unwrap();
    }

    /// Signs with another key from now on.
    pub(crate) fn rotate(&self) {
        let rotation = self
            .admin
            .rotate_signing_key(Algorithm::ES256, Urgency::Compromised);
        self.runtime.block_on(rotation).unwrap();
    }

    /// Moves its clock.
    pub(crate) fn advance(&self, secs: i64) {
        self.clock.0.fetch_add(secs, Ordering::Relaxed);
    }

    /// What a failing run prints of it.
    pub(crate) fn reporter(&self) -> impl Fn() -> String + Send + Sync + 'static {
        let log = Arc::clone(&self.log);
        move || format!("log of the server:\n{}", log.0.lock().unwrap().join("\n"))
    }
}

/// The clock of the machine, moved by so many seconds.
#[derive(Default)]
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        SystemClock::new().now() + self.0.load(Ordering::Relaxed)
    }
}

/// The log, line by line.
#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Log for Lines {
    fn record(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(format!("  {record}"));
    }
}
