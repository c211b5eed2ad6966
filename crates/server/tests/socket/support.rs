//! An authority on a loopback port, and what a test does with its connections.

use jeton_oauth::{Issuer, basic};
use jeton_server::{Config, DevAccess, Log, MasterKey, Record, Server, StoreLocation, SystemClock};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[derive(Default)]
pub(crate) struct Lines(pub(crate) Mutex<Vec<String>>);

impl Log for Lines {
    fn record(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(record.to_string());
    }
}

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) dev: DevAccess,
    pub(crate) issuer: String,
    pub(crate) log: Arc<Lines>,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) done: JoinHandle<()>,
}

pub(crate) fn config(issuer: &str) -> Config {
    Config::new(
        Issuer::parse(issuer).unwrap(),
        StoreLocation::Memory,
        MasterKey::generate().unwrap(),
    )
}

pub(crate) async fn start(change: impl FnOnce(&mut Config)) -> Running {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let mut config = config(&issuer);
    change(&mut config);
    let log = Arc::new(Lines::default());
    let server = Server::new(config, listener, Arc::new(SystemClock::new()), log.clone())
        .await
        .unwrap();
    let address = server.local_addr();
    let dev = DevAccess::create(&server.admin()).await.unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let done = tokio::spawn(server.run(async {
        stopped.await.ok();
    }));
    Running {
        address,
        dev,
        issuer,
        log,
        stop,
        done,
    }
}

impl Running {
    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    pub(crate) fn token_request(&self, more: &str) -> String {
        let header = basic::encode(&self.dev.secret_client_id, &self.dev.secret);
        let body = "grant_type=client_credentials";
        format!(
            "POST /token HTTP/1.1\r\nHost: a\r\nAuthorization: {}\r\n{more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            *header,
            body.len()
        )
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        bounded(self.done).await.unwrap();
    }
}

/// Nothing here may take long; a hang is a failure and not a wait.
pub(crate) async fn bounded<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .unwrap()
}

/// Reads one answer with a `Content-Length`.
pub(crate) async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    bounded(async {
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .map_or(0, |length| length.parse().unwrap());
                if body.len() >= length {
                    return text;
                }
            }
            let mut some = [0; 4096];
            let count = stream.read(&mut some).await.unwrap();
            assert!(count > 0, "closed after {text:?}");
            bytes.extend_from_slice(&some[..count]);
        }
    })
    .await
}

/// Everything until the other side closes.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // a reset is a close too
    bounded(stream.read_to_end(&mut bytes)).await.ok();
    String::from_utf8_lossy(&bytes).into_owned()
}
