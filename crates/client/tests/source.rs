//! The token source against a scripted server on a real socket: what is asked, how often, and what comes of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use jeton_client::cache::{
    Cache, CacheError, DiskCache, KeyProvider, Lookup, MemoryCache, SealKey,
};
use jeton_client::policy::Thresholds;
use jeton_client::{
    AssertionConfig, BasicEncoding, ClientConfig, ClientError, CredentialError, Credentials, Found,
    Http, HttpConfig, Labels, MethodChoice, NetworkKind, Origin, Parts, System, TokenSource, Want,
};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{
    AccessToken, Algorithm, AuthMethod, ClientCredentialsRequest, ClientSecret, Issuer, PrivateKey,
    Scopes,
};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{Server, TestClock, answer, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const SECRET: &str = "canary-secret-canary-secret-canary";

fn metadata(base: &str) -> String {
    json(
        "200 OK",
        &format!(
            r#"{{"issuer":"{base}","token_endpoint":"{base}/token","token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","private_key_jwt"]}}"#
        ),
    )
}

fn token(number: usize, expires_in: i64) -> String {
    json(
        "200 OK",
        &format!(
            r#"{{"access_token":"token-{number}","token_type":"Bearer","expires_in":{expires_in}}}"#
        ),
    )
}

struct Given(Option<&'static str>);

impl Credentials for Given {
    fn has_private_key(&self) -> bool {
        self.0.is_none()
    }

    fn has_secret(&self) -> bool {
        self.0.is_some()
    }

    fn secret(&self) -> Result<Found<ClientSecret>, CredentialError> {
        self.0
            .map(|text| Found {
                value: ClientSecret::new(text),
                source: "env",
            })
            .ok_or_else(|| "no secret".into())
    }

    fn private_key(&self) -> Result<Found<PrivateKey>, CredentialError> {
        Ok(Found {
            value: PrivateKey::generate(Algorithm::ES256)?,
            source: "file",
        })
    }

    fn certificate(&self) -> Result<Found<ClientCertificate>, CredentialError> {
        Err("no certificate".into())
    }
}

struct Setup {
    source: Arc<TokenSource>,
    now: Arc<AtomicI64>,
    events: Arc<Mutex<Vec<String>>>,
}

fn setup(issuer: &str, change: impl FnOnce(&mut ClientConfig)) -> Setup {
    setup_with(issuer, Given(Some(SECRET)), change)
}

fn setup_with(issuer: &str, credentials: Given, change: impl FnOnce(&mut ClientConfig)) -> Setup {
    setup_cached(
        issuer,
        credentials,
        Cache::Memory(MemoryCache::new()),
        change,
    )
}

fn setup_cached(
    issuer: &str,
    credentials: Given,
    cache: Cache,
    change: impl FnOnce(&mut ClientConfig),
) -> Setup {
    let mut config = ClientConfig {
        issuer: Some(Issuer::parse(issuer).unwrap()),
        token_endpoint: None,
        client_id: "billing".to_owned(),
        method: MethodChoice::Auto,
        request: ClientCredentialsRequest {
            scopes: Scopes::parse("api.read").unwrap(),
            ..ClientCredentialsRequest::default()
        },
        assertion: AssertionConfig::default(),
        certificate: None,
        basic_encoding: BasicEncoding::Form,
        headers: Vec::new(),
        timeout: Duration::from_secs(5),
        thresholds: Thresholds {
            refresh_before: Duration::from_secs(90),
            min_ttl: Duration::from_secs(30),
        },
        labels: Labels::default(),
    };
    change(&mut config);
    let now = Arc::new(AtomicI64::new(1_800_000_000));
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let source = TokenSource::new(Parts {
        config,
        cache,
        http: Http::new(HttpConfig::default()),
        credentials: Box::new(credentials),
        clock: Box::new(TestClock(Arc::clone(&now))),
        random: Box::new(System),
        observer: Box::new(move |event| seen.lock().unwrap().push(format!("{event:?}"))),
    });
    Setup {
        source: Arc::new(source),
        now,
        events,
    }
}

impl Setup {
    async fn get(&self) -> Result<jeton_client::Token, ClientError> {
        self.source.get(&Want::default()).await
    }

    fn advance(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_second_get_asks_nobody() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let first = setup.get().await.unwrap();
    assert!(matches!(first.origin, Origin::Server(_)));
    let second = setup.get().await.unwrap();
    assert_eq!(second.origin, Origin::Cache);
    assert_eq!(second.entry.access_token.expose(), "token-0");
    assert_eq!(server.count("/token"), 1);
    let fresh = setup.source.get(&Want { fresh: true }).await.unwrap();
    assert_eq!(fresh.entry.access_token.expose(), "token-1");
    assert_eq!(server.count("/.well-known/oauth-authorization-server"), 1);
}

#[tokio::test]
async fn many_tasks_make_one_request() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let source = Arc::clone(&setup.source);
            tokio::spawn(async move { source.get(&Want::default()).await.unwrap().entry })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().access_token.expose(), "token-0");
    }
    assert_eq!(server.count("/token"), 1);
}

#[tokio::test]
async fn renewal_ahead_of_time_and_the_old_token_when_it_fails() {
    let server = Server::start(|path, base, number| match (path, number) {
        ("/token", 0 | 2) => token(number, 600),
        ("/token", _) => json("401 Unauthorized", r#"{"error":"invalid_client"}"#),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    setup.get().await.unwrap();
    setup.advance(520);
    let old = setup.get().await.unwrap();
    assert_eq!(old.origin, Origin::Cache);
    let told = old.warnings.join("\n");
    assert!(told.contains("could not be renewed"), "{told}");
    // A server that does not answer is not asked again by every call.
    assert!(setup.get().await.unwrap().warnings.len() < 2);
    assert_eq!(server.count("/token"), 2);
    setup.advance(10);
    let renewed = setup.get().await.unwrap();
    assert_eq!(renewed.entry.access_token.expose(), "token-2");
    setup.advance(580);
    assert!(matches!(
        setup.get().await,
        Err(ClientError::Refused { status: 401, .. })
    ));
}

/// The attempts take time, and `min_ttl` is a promise.
#[tokio::test]
async fn after_a_failed_renewal_the_old_token_must_still_be_good_enough() {
    let clock = Arc::new(std::sync::OnceLock::<Arc<AtomicI64>>::new());
    let now = Arc::clone(&clock);
    let server = Server::start(move |path, base, number| match (path, number) {
        ("/token", 0) => token(number, 600),
        ("/token", _) => {
            now.get().unwrap().fetch_add(60, Ordering::SeqCst);
            json("401 Unauthorized", r#"{"error":"invalid_client"}"#)
        }
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    clock.set(Arc::clone(&setup.now)).unwrap();
    setup.get().await.unwrap();
    setup.advance(520);
    assert!(matches!(
        setup.get().await,
        Err(ClientError::Refused { status: 401, .. })
    ));
}

/// Another process may have renewed without the lock, after it waited for long.
#[tokio::test]
async fn a_failed_renewal_does_not_undo_that_of_another() {
    let shared = Arc::new(std::sync::OnceLock::<Arc<TokenSource>>::new());
    let source = Arc::clone(&shared);
    let server = Server::start(move |path, base, number| match (path, number) {
        ("/token", 0) => token(number, 600),
        ("/token", _) => {
            let source = source.get().unwrap();
            let Lookup::Hit(mut entry) = source.cache().read(source.key()) else {
                panic!("nothing is kept");
            };
            entry.access_token = AccessToken::new("of-another");
            entry.expires_at = entry.expires_at.map(|end| end + 600);
            source.cache().write(source.key(), &entry).unwrap();
            json("401 Unauthorized", r#"{"error":"invalid_client"}"#)
        }
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    assert!(shared.set(Arc::clone(&setup.source)).is_ok());
    setup.get().await.unwrap();
    setup.advance(520);
    setup.get().await.unwrap();
    let next = setup.get().await.unwrap();
    assert_eq!(next.entry.access_token.expose(), "of-another");
}

#[tokio::test]
async fn little_time_left_is_said_of_a_kept_token_too() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 80),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    for _ in 0..2 {
        let warnings = setup.get().await.unwrap().warnings;
        assert_eq!(
            warnings,
            ["the token ends in 80 s, which is less than refresh_before (90 s)"]
        );
    }
    assert_eq!(server.count("/token"), 1);
}

/// Client requirement 61: a JWT may say anything about its end.
#[tokio::test]
async fn client_61_an_absurd_end_of_a_jwt() {
    for (exp, left) in [("-1e300", -1_800_000_000), ("1e300", 365 * 24 * 3600)] {
        let claims = jeton_oauth::base64url::encode(format!(r#"{{"exp":{exp}}}"#));
        let server = Server::start(move |path, base, _| match path {
            "/token" => json(
                "200 OK",
                &format!(
                    r#"{{"access_token":"eyJhbGciOiJSUzI1NiJ9.{claims}.c2ln","token_type":"Bearer"}}"#
                ),
            ),
            _ => metadata(base),
        })
        .await;
        let setup = setup(&server.url, |_| {});
        let entry = setup.get().await.unwrap().entry;
        assert_eq!(entry.expires_at, Some(1_800_000_000 + left), "{exp}");
    }
}

struct OneKey;

impl KeyProvider for OneKey {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        Ok(SealKey::new([7; 32]))
    }
}

#[tokio::test]
async fn an_entry_that_does_not_open_is_said_once() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::Disk(DiskCache::new(folder.path(), Box::new(OneKey)));
    let setup = setup_cached(&server.url, Given(Some(SECRET)), cache, |_| {});
    setup.get().await.unwrap();
    let name = format!("{}.token", setup.source.key().hex());
    for version in std::fs::read_dir(folder.path()).unwrap() {
        std::fs::write(version.unwrap().path().join(&name), "broken").unwrap();
    }
    let token = setup.get().await.unwrap();
    assert_eq!(token.entry.access_token.expose(), "token-1");
    let events = setup.events.lock().unwrap();
    let told = events
        .iter()
        .filter(|event| event.contains("counts as absent"));
    assert_eq!(told.count(), 1, "{events:?}");
}

#[tokio::test]
async fn a_server_that_returns_the_same_token_is_not_asked_over_and_over() {
    let ends = Arc::new(AtomicI64::new(600));
    let left = Arc::clone(&ends);
    let server = Server::start(move |path, base, _| match path {
        "/token" => token(7, left.load(Ordering::SeqCst)),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    setup.get().await.unwrap();
    for passed in [520, 530, 540, 550] {
        setup.now.store(1_800_000_000 + passed, Ordering::SeqCst);
        ends.store(600 - passed, Ordering::SeqCst);
        setup.get().await.unwrap();
    }
    assert_eq!(server.count("/token"), 2);
}

#[tokio::test]
async fn client_06_discovery_tries_each_place() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        "/t1/.well-known/openid-configuration" => {
            let document = format!(r#"{{"issuer":"{base}/t1","token_endpoint":"{base}/token"}}"#);
            json("200 OK", &document)
        }
        "/.well-known/openid-configuration/t1" => answer("200 OK", "text/html", "<html>"),
        _ => answer("404 Not Found", "text/html", "<html>"),
    })
    .await;
    let setup = setup(&format!("{}/t1", server.url), |_| {});
    setup.get().await.unwrap();
    let paths: Vec<String> = server
        .requests
        .lock()
        .unwrap()
        .iter()
        .map(|text| text.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            "/.well-known/oauth-authorization-server/t1",
            "/.well-known/openid-configuration/t1",
            "/t1/.well-known/openid-configuration",
            "/token",
        ]
    );
}

#[tokio::test]
async fn client_07_a_wrong_issuer_stops_before_any_credential() {
    let server = Server::start(|_, base, _| {
        json(
            "200 OK",
            &format!(r#"{{"issuer":"{base}/","token_endpoint":"{base}/token"}}"#),
        )
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(&error, ClientError::Config { message, .. } if message.contains("calls itself")),
        "{error}"
    );
    assert_eq!(server.count("/token"), 0);
}

#[tokio::test]
async fn client_15_no_redirect_with_credentials() {
    for status in ["302 Found", "307 Temporary Redirect"] {
        let server = Server::start(move |path, base, _| match path {
            "/token" => format!(
                "HTTP/1.1 {status}\r\nlocation: {base}/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            ),
            _ => metadata(base),
        })
        .await;
        let setup = setup(&server.url, |_| {});
        let error = setup.get().await.unwrap_err();
        assert!(matches!(error, ClientError::Server { .. }), "{error}");
        assert_eq!(server.count("/elsewhere"), 0);
        assert_eq!(server.count("/token"), 1);
    }
}

#[tokio::test]
async fn client_28_basic_and_nothing_in_the_body() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |config| {
        config.method = MethodChoice::One(AuthMethod::ClientSecretBasic);
    });
    setup.get().await.unwrap();
    let request = server.last();
    assert!(
        request
            .to_ascii_lowercase()
            .contains("authorization: basic ")
    );
    assert!(
        request.ends_with("grant_type=client_credentials&scope=api.read"),
        "{request}"
    );
}

#[tokio::test]
async fn client_33_a_new_jti_for_every_attempt() {
    let server = Server::start(|path, base, number| match (path, number) {
        ("/token", 0) => answer("503 Service Unavailable", "text/plain", "busy"),
        ("/token", _) => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup_with(&server.url, Given(None), |_| {});
    setup.get().await.unwrap();
    let assertions: Vec<String> = server
        .requests
        .lock()
        .unwrap()
        .iter()
        .filter_map(|text| Some(text.split_once("client_assertion=")?.1.to_owned()))
        .collect();
    assert_eq!(assertions.len(), 2);
    let jti = |assertion: &str| {
        let token = jeton_oauth::jwt::Unverified::parse(assertion).unwrap();
        assert_eq!(token.claims()["aud"], server.url.as_str());
        token.claims()["jti"].as_str().unwrap().to_owned()
    };
    assert_ne!(jti(&assertions[0]), jti(&assertions[1]));
}

#[tokio::test]
async fn what_is_tried_again_and_what_is_not() {
    for (status, tries) in [
        ("500 Internal Server Error", 4),
        ("429 Too Many Requests", 4),
        ("400 Bad Request", 1),
        ("404 Not Found", 1),
    ] {
        let server = Server::start(move |path, base, _| match path {
            "/token" => answer(status, "text/html", "<html>no</html>"),
            _ => metadata(base),
        })
        .await;
        let setup = setup(&server.url, |_| {});
        let error = setup.get().await.unwrap_err();
        assert!(matches!(error, ClientError::Server { .. }), "{error}");
        assert_eq!(server.count("/token"), tries, "{status}");
    }
}

#[tokio::test]
async fn a_dripping_answer_ends_with_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
                .await
                .unwrap();
            open.push(socket);
        }
    });
    let setup = setup("http://127.0.0.1:1", |config| {
        config.token_endpoint = Some(endpoint.parse().unwrap());
        config.timeout = Duration::from_millis(700);
    });
    let started = std::time::Instant::now();
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Network {
                kind: NetworkKind::Timeout,
                ..
            }
        ),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = Server::start(|path, base, _| match path {
        "/token" => json("200 OK", &" ".repeat(2 << 20)),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
}

#[tokio::test]
async fn nobody_there() {
    let setup = setup("http://127.0.0.1:1", |config| {
        config.timeout = Duration::from_millis(300);
    });
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Network {
                kind: NetworkKind::Connect,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn no_secret_in_any_event_or_error_even_when_the_server_echoes_it() {
    let server = Server::start(|path, base, _| match path {
        "/token" => json(
            "401 Unauthorized",
            &format!(
                r#"{{"error":"invalid_client","error_description":"wrong secret {SECRET}, canary-of-a-vendor for eu"}}"#
            ),
        ),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |config| {
        config.method = MethodChoice::One(AuthMethod::ClientSecretPost);
        config.headers = vec![("x-api-key".to_owned(), "canary-of-a-vendor".to_owned())];
        config.request.params = vec![("region".to_owned(), "eu".to_owned())];
    });
    let error = setup.get().await.unwrap_err();
    let told = format!("{error} {error:?} {:?}", setup.events.lock().unwrap());
    assert!(!told.contains("canary"), "{told}");
    assert!(
        told.contains("wrong secret [redacted], [redacted] for eu"),
        "{told}"
    );
}

/// Security, client 1: a good answer may echo it too.
#[tokio::test]
async fn what_is_shown_of_a_good_answer_is_free_of_our_secrets() {
    let server = Server::start(|path, base, number| match (path, number) {
        ("/token", 0) => json(
            "200 OK",
            &format!(r#"{{"access_token":"t","token_type":"Bearer","scope":"a {SECRET}"}}"#),
        ),
        ("/token", _) => json(
            "200 OK",
            &format!(r#"{{"access_token":"t","token_type":"{SECRET}"}}"#),
        ),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let token = setup.get().await.unwrap();
    assert_eq!(token.entry.scope.as_deref(), Some("a [redacted]"));
    let error = setup.get().await.unwrap_err().to_string();
    assert!(
        error.contains("[redacted]") && !error.contains("canary"),
        "{error}"
    );
    let told = format!("{:?}", setup.events.lock().unwrap());
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test]
async fn client_10_a_public_issuer_cannot_be_pretended_by_a_private_endpoint() {
    let server = Server::start(|_, base, _| {
        json(
            "200 OK",
            &format!(r#"{{"issuer":"{base}","token_endpoint":"http://169.254.169.254/token"}}"#),
        )
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(error.to_string().contains("not https"), "{error}");
}
