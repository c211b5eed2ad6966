//! The authority over a real socket, through its public interface alone.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jeton_oauth::jwt::Unverified;
use jeton_oauth::{Algorithm, AuthMethod, Issuer, PrivateKey, assertion, basic, form};
use jeton_server::{
    Config, DataDir, DevAccess, Log, MasterKey, Record, Server, StartError, StoreLocation,
    SystemClock,
};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Log for Lines {
    fn record(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(record.to_string());
    }
}

struct Running {
    address: SocketAddr,
    dev: DevAccess,
    issuer: String,
    log: Arc<Lines>,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
}

fn config(issuer: &str) -> Config {
    Config::new(
        Issuer::parse(issuer).unwrap(),
        StoreLocation::Memory,
        MasterKey::generate().unwrap(),
    )
}

async fn start(change: impl FnOnce(&mut Config)) -> Running {
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
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    fn token_request(&self, more: &str) -> String {
        let header = basic::encode(&self.dev.secret_client_id, &self.dev.secret);
        let body = "grant_type=client_credentials";
        format!(
            "POST /token HTTP/1.1\r\nHost: a\r\nAuthorization: {}\r\n{more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            *header,
            body.len()
        )
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        bounded(self.done).await.unwrap();
    }
}

/// Nothing here may take long; a hang is a failure and not a wait.
async fn bounded<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .unwrap()
}

/// Reads one answer with a `Content-Length`.
async fn answer(stream: &mut TcpStream) -> String {
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
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // a reset is a close too
    bounded(stream.read_to_end(&mut bytes)).await.ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_connection_is_kept_alive_and_every_request_is_logged_once() {
    let running = start(|_| ()).await;
    let mut stream = running.connect().await;
    for _ in 0..3 {
        stream
            .write_all(running.token_request("").as_bytes())
            .await
            .unwrap();
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("\"access_token\""));
    }
    let log = Arc::clone(&running.log);
    let secret = running.dev.secret.expose().to_owned();
    drop(stream);
    running.stop().await;
    let lines = log.0.lock().unwrap();
    let requests = lines
        .iter()
        .filter(|line| line.starts_with("POST /token client=dev-secret status=200 outcome=issued"))
        .count();
    assert_eq!(requests, 3);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("listening address=127.0.0.1:"))
    );
    assert!(lines.iter().any(|line| line == "stopped cut_off=0"));
    assert!(lines.iter().all(|line| !line.contains(&secret)));
}

#[tokio::test]
async fn the_key_of_the_throw_away_client_gets_a_token() {
    let running = start(|_| ()).await;
    let key = PrivateKey::from_text(&running.dev.private_key_pem).unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let spec = assertion::AssertionSpec {
        client_id: &running.dev.key_client_id,
        audience: &running.issuer,
        typ: assertion::TYP,
        kid: None,
        now: i64::try_from(now.as_secs()).unwrap(),
        lifetime: 60,
        jti: "one",
    };
    let assertion = spec.sign(Algorithm::ES256, &key).unwrap();
    let body = form::encode([
        ("grant_type", "client_credentials"),
        ("client_assertion_type", assertion::TYPE_JWT_BEARER),
        ("client_assertion", assertion.expose()),
        ("scope", "api.read"),
    ]);
    let request = format!(
        "POST /token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        body.len(),
        *body
    );
    let mut stream = running.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = answer(&mut stream).await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let token = Unverified::parse(body["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(token.claims()["aud"], running.dev.resource.as_str());
    assert_eq!(token.claims()["scope"], "api.read");
    running.stop().await;
}

#[tokio::test]
async fn a_stop_closes_what_is_idle_and_lets_what_runs_finish() {
    let running = start(|_| ()).await;
    let mut idle = running.connect().await;
    idle.write_all(running.token_request("").as_bytes())
        .await
        .unwrap();
    answer(&mut idle).await;

    let mut busy = running.connect().await;
    let request = running.token_request("Expect: 100-continue\r\n");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    busy.write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    // the server says that it reads the body: the request runs
    let mut told = [0; 25];
    bounded(busy.read_exact(&mut told)).await.unwrap();
    assert!(told.starts_with(b"HTTP/1.1 100"));

    let address = running.address;
    running.stop.send(()).unwrap();
    assert_eq!(rest(&mut idle).await, "");
    assert!(TcpStream::connect(address).await.is_err());
    busy.write_all(body.as_bytes()).await.unwrap();
    let told = rest(&mut busy).await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert!(told.contains("connection: close"));
    bounded(running.done).await.unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let running = start(|config| config.limits.drain = Duration::from_millis(50)).await;
    let mut busy = running.connect().await;
    let request = running.token_request("Expect: 100-continue\r\n");
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    busy.write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut told = [0; 25];
    bounded(busy.read_exact(&mut told)).await.unwrap();
    let log = Arc::clone(&running.log);
    running.stop().await;
    assert!(
        log.0
            .lock()
            .unwrap()
            .iter()
            .any(|line| line == "stopped cut_off=1")
    );
}

#[tokio::test]
async fn headers_that_never_end_are_not_waited_for() {
    let running = start(|config| config.limits.header_timeout = Duration::from_millis(50)).await;
    let mut slow = running.connect().await;
    slow.write_all(b"POST /token HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        .await
        .unwrap();
    assert!(!rest(&mut slow).await.contains(" 200 "));
    let mut silent = running.connect().await;
    assert_eq!(rest(&mut silent).await, "");
    running.stop().await;
}

#[tokio::test]
async fn security_3_a_header_over_16_kib_is_431() {
    let running = start(|_| ()).await;
    let with = |length| running.token_request(&format!("X-Long: {}\r\n", "x".repeat(length)));
    let mut stream = running.connect().await;
    stream.write_all(with(15 * 1024).as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    let mut stream = running.connect().await;
    // Below the limit the server still waits for the rest.
    let long = with(200 * 1024);
    let (read, unread) = long.as_bytes().split_at(16 * 1024);
    stream.write_all(&read[..read.len() - 1]).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(100), stream.readable()).await;
    assert!(early.is_err(), "refused below 16 KiB");
    // The response arrives although most of the request was not read.
    stream.write_all(&read[read.len() - 1..]).await.unwrap();
    stream.readable().await.unwrap();
    for part in unread.chunks(16 * 1024) {
        stream
            .write_all(part)
            .await
            .expect("no reset while we send");
    }
    let told = rest(&mut stream).await;
    assert!(told.starts_with("HTTP/1.1 431"), "{told:?}");
    running.stop().await;
}

#[tokio::test]
async fn what_is_not_http_is_400() {
    let running = start(|_| ()).await;
    for text in ["POST /token\r\n\r\n", "no colon at all\r\n\r\n"] {
        let mut stream = running.connect().await;
        stream.write_all(text.as_bytes()).await.unwrap();
        let told = rest(&mut stream).await;
        assert!(told.starts_with("HTTP/1.1 400"), "{text:?}: {told:?}");
    }
    running.stop().await;
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_for_a_place() {
    let running = start(|config| config.limits.connections = 1).await;
    let mut first = running.connect().await;
    first
        .write_all(running.token_request("").as_bytes())
        .await
        .unwrap();
    answer(&mut first).await;
    let mut second = running.connect().await;
    second
        .write_all(running.token_request("").as_bytes())
        .await
        .unwrap();
    drop(first);
    assert!(answer(&mut second).await.starts_with("HTTP/1.1 200"));
    drop(second);
    running.stop().await;
}

#[tokio::test]
async fn server_01_http_is_for_loopback_or_behind_a_proxy_alone() {
    let open = |issuer: &'static str, address: &'static str, behind_proxy| async move {
        let listener = std::net::TcpListener::bind(address).unwrap();
        let mut config = config(issuer);
        config.behind_proxy = behind_proxy;
        let clock = Arc::new(SystemClock::new());
        Server::new(config, listener, clock, Arc::new(Lines::default()))
            .await
            .err()
    };
    let refused = open("https://a.example", "0.0.0.0:0", false).await;
    assert!(matches!(refused, Some(StartError::NotLoopback(_))));
    let refused = open("http://localhost", "0.0.0.0:0", true).await;
    assert!(matches!(refused, Some(StartError::IssuerNotHttps)));
    assert!(open("https://a.example", "0.0.0.0:0", true).await.is_none());
    assert!(
        open("https://a.example", "127.0.0.1:0", false)
            .await
            .is_none()
    );
    assert!(
        open("http://localhost", "127.0.0.1:0", false)
            .await
            .is_none()
    );
}

#[tokio::test]
async fn algorithms_that_sign_nothing_are_refused() {
    for algorithms in [vec![], vec![Algorithm::HS256], vec![Algorithm::ES256; 2]] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut config = config("http://localhost");
        config.algorithms = algorithms;
        let clock = Arc::new(SystemClock::new());
        let refused = Server::new(config, listener, clock, Arc::new(Lines::default())).await;
        assert!(matches!(refused.err(), Some(StartError::Algorithms)));
    }
}

async fn on(data: &DataDir) -> Server {
    on_issuer(data, "https://auth.example.com").await
}

async fn on_issuer(data: &DataDir, issuer: &str) -> Server {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = config(issuer);
    config.store = data.store();
    config.master_key = data.master_key.clone();
    Server::new(
        config,
        listener,
        Arc::new(SystemClock::new()),
        Arc::new(Lines::default()),
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_data_folder_is_made_once_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let first = DataDir::open(&path).unwrap();
    assert!(first.first_start);
    let server = on(&first).await;
    let access = first.admin_access(&server.admin()).await.unwrap();
    assert_eq!(access.resource, "https://auth.example.com/admin/v1");
    let pem = std::fs::read_to_string(&access.private_key_file).unwrap();
    server.run(async {}).await;

    let again = DataDir::open(&path).unwrap();
    assert!(!again.first_start);
    assert_eq!(*again.master_key.to_text(), *first.master_key.to_text());
    let server = on(&again).await;
    let access = again.admin_access(&server.admin()).await.unwrap();
    assert_eq!(
        std::fs::read_to_string(&access.private_key_file).unwrap(),
        pem
    );
    let clients = server.admin().clients();
    assert_eq!(clients.len(), 1);
    assert_eq!(clients[0].method, AuthMethod::PrivateKeyJwt);
    server.run(async {}).await;

    // whoever owns the folder can have a new key
    std::fs::remove_file(&access.private_key_file).unwrap();
    let server = on(&again).await;
    again.admin_access(&server.admin()).await.unwrap();
    assert_ne!(
        std::fs::read_to_string(&access.private_key_file).unwrap(),
        pem
    );
    assert_eq!(server.admin().clients().len(), 1);
    server.run(async {}).await;

    // another issuer has its administration elsewhere
    let moved = on_issuer(&again, "https://auth.example.org").await;
    let access = again.admin_access(&moved.admin()).await.unwrap();
    assert_eq!(access.resource, "https://auth.example.org/admin/v1");
    assert_eq!(moved.admin().clients()[0].resources, [access.resource]);
    moved.run(async {}).await;

    // without the master key nothing is made that could not open the database
    std::fs::remove_file(path.join("master.key")).unwrap();
    let error = DataDir::open(&path).unwrap_err().to_string();
    assert!(error.contains("put back the master key"), "{error}");
    std::fs::write(path.join("master.key"), "x").unwrap();
    assert!(DataDir::open(&path).is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn files_with_secrets_are_0600_in_0700_and_refused_otherwise() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let data = DataDir::open(&path).unwrap();
    let server = on(&data).await;
    let access = data.admin_access(&server.admin()).await.unwrap();
    server.run(async {}).await;
    let key = path.join("master.key");
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&key), 0o600);
    assert_eq!(mode(&access.private_key_file), 0o600);

    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    let error = DataDir::open(&path).unwrap_err().to_string();
    assert!(error.contains("chmod go="), "{error}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(DataDir::open(&path).is_err());
}
