//! The verifier against a scripted key set on a real socket: when it is fetched, kept, fetched again, and refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use jeton_client::cache::{Cache, CacheError, DiskCache, KeyProvider, SealKey};
use jeton_client::verify::{
    AccessTokenRules, Claims, KeySetLocation, Rule, Rules, Verdict, Verifier, VerifierParts,
};
use jeton_client::{ClientError, HttpConfig, NetworkKind, ReqwestTransport, TokioTimer};
use jeton_oauth::{Algorithm, Issuer, Jwk, PrivateKey, jwt};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use support::{Server, TestClock, answer, json};

const NOW: i64 = 1_800_000_000;
const METADATA: &str = "/.well-known/oauth-authorization-server";

static OLD: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::generate(Algorithm::ES256).unwrap());
static NEW: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::generate(Algorithm::ES256).unwrap());

fn token(issuer: &str, key: &PrivateKey, kid: &str) -> String {
    let claims = serde_json::json!({ "iss": issuer, "aud": "urn:api", "exp": NOW + 86_400 * 365 });
    jwt::sign("at+jwt", Some(kid), &claims, Algorithm::ES256, key).unwrap()
}

fn keys(list: &[(&PrivateKey, &str)]) -> String {
    let keys: Vec<Jwk> = list
        .iter()
        .map(|(key, kid)| Jwk {
            kid: Some((*kid).to_owned()),
            ..key.public_jwk()
        })
        .collect();
    serde_json::json!({ "keys": keys }).to_string()
}

fn metadata(base: &str) -> String {
    metadata_with(base, "/jwks")
}

fn metadata_with(base: &str, path: &str) -> String {
    let body = format!(r#"{{"issuer":"{base}","jwks_uri":"{base}{path}"}}"#);
    json("200 OK", &body)
}

/// A key set with one more header.
fn with_header(body: &str, header: &str) -> String {
    json("200 OK", body).replacen("\r\n", &format!("\r\n{header}\r\n"), 1)
}

struct FixedKey;

impl KeyProvider for FixedKey {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        Ok(SealKey::new([7; 32]))
    }
}

struct Setup {
    verifier: Verifier,
    now: Arc<AtomicI64>,
    issuer: String,
}

fn setup(issuer: &str, keys: KeySetLocation, folder: Option<&Path>) -> Setup {
    let now = Arc::new(AtomicI64::new(NOW));
    let rules = Rules::new(Claims::AccessToken(AccessTokenRules {
        issuer: Some(issuer.to_owned()),
        audience: vec!["urn:api".to_owned()],
        ..AccessTokenRules::default()
    }));
    let cache = folder.map_or(Cache::None, |folder| {
        Cache::Disk(DiskCache::new(folder, Box::new(FixedKey)))
    });
    let verifier = Verifier::new(VerifierParts {
        rules,
        keys,
        cache,
        transport: Box::new(ReqwestTransport::new(HttpConfig::default())),
        timer: Box::new(TokioTimer),
        clock: Box::new(TestClock(Arc::clone(&now))),
        observer: Box::new(|_| {}),
        timeout: Duration::from_secs(5),
    });
    Setup {
        verifier,
        now,
        issuer: issuer.to_owned(),
    }
}

fn of_issuer(server: &Server, folder: Option<&Path>) -> Setup {
    let at = KeySetLocation::Issuer(Issuer::parse(&server.url).unwrap());
    setup(&server.url, at, folder)
}

impl Setup {
    async fn verify(&self, key: &PrivateKey, kid: &str) -> Result<Verdict, ClientError> {
        self.verifier.verify(&token(&self.issuer, key, kid)).await
    }

    async fn holds(&self, key: &PrivateKey, kid: &str) -> bool {
        self.verify(key, kid).await.unwrap().holds()
    }

    fn advance(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_key_set_is_fetched_once_for_many_tokens() {
    let server = Server::start(|path, base, _| match path {
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let setup = Arc::new(of_issuer(&server, None));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let setup = Arc::clone(&setup);
            tokio::spawn(async move { setup.holds(&OLD, "old").await })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(server.count("/jwks"), 1);
}

#[tokio::test]
async fn what_is_at_hand_is_judged_without_a_request() {
    let server = Server::start(|path, base, _| match path {
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let token = |kid| token(&server.url, &OLD, kid);
    let first = of_issuer(&server, Some(folder.path()));
    assert!(first.verifier.verify_cached(&token("old"), NOW).is_none());
    assert!(first.holds(&OLD, "old").await);
    let second = of_issuer(&server, Some(folder.path()));
    for at_hand in [&first, &second] {
        let verdict = at_hand.verifier.verify_cached(&token("old"), NOW).unwrap();
        assert!(verdict.holds());
        assert!(at_hand.verifier.verify_cached(&token("new"), NOW).is_none());
    }
    assert_eq!(server.count("/jwks"), 1);
    second.advance(3_601);
    assert!(second.verifier.verify_cached(&token("old"), NOW).is_none());
}

#[tokio::test]
async fn client_67_an_unknown_kid_is_looked_for_once_and_then_held_off() {
    let rotated = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&rotated);
    let server = Server::start(move |path, base, _| match path {
        "/jwks" if switch.load(Ordering::SeqCst) => {
            json("200 OK", &keys(&[(&OLD, "old"), (&NEW, "new")]))
        }
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let setup = of_issuer(&server, None);
    assert!(setup.holds(&OLD, "old").await);
    rotated.store(true, Ordering::SeqCst);
    assert!(setup.holds(&NEW, "new").await, "refetched");
    assert_eq!(server.count("/jwks"), 2);

    for _ in 0..5 {
        let verdict = setup.verify(&NEW, "made-up").await.unwrap();
        let failed = |rule| {
            verdict
                .findings()
                .iter()
                .any(|found| found.rule == rule && found.severity.as_str() == "fail")
        };
        assert!(failed(Rule::Key) && failed(Rule::Signature));
    }
    assert_eq!(server.count("/jwks"), 2, "held off");
    setup.advance(30);
    assert!(!setup.holds(&NEW, "made-up").await);
    assert!(!setup.holds(&NEW, "made-up").await);
    assert_eq!(server.count("/jwks"), 3);
}

#[tokio::test]
async fn client_67_a_set_fetched_just_now_is_not_fetched_again() {
    let server = Server::start(|path, base, _| match path {
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    assert!(!of_issuer(&server, None).holds(&NEW, "made-up").await);
    assert_eq!(server.count("/jwks"), 1);
}

#[tokio::test]
async fn client_67_the_hold_off_and_the_set_are_remembered_on_disk() {
    let server = Server::start(|path, base, _| match path {
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let process = || of_issuer(&server, Some(folder.path()));
    assert!(process().holds(&OLD, "old").await);
    assert!(process().holds(&OLD, "old").await);
    assert_eq!((server.count("/jwks"), server.count(METADATA)), (1, 1));
    assert!(!process().holds(&NEW, "made-up").await);
    assert!(!process().holds(&NEW, "made-up").await);
    assert_eq!(server.count("/jwks"), 2, "one refetch for two processes");
}

#[tokio::test]
async fn the_age_of_a_kept_set_is_told() {
    let server = Server::start(|path, base, _| match path {
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let told = async |after: i64| {
        let process = of_issuer(&server, Some(folder.path()));
        process.advance(after);
        let verdict = process.verify(&OLD, "old").await.unwrap();
        assert!(verdict.holds());
        let words = verdict.findings().iter().map(|found| found.words.clone());
        words
            .filter(|words| words.contains("ago"))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(0).await, [""; 0]);
    let words = told(42).await;
    assert!(
        words.contains(&"the key set was fetched 42 s ago".into()),
        "{words:?}"
    );
    assert_eq!(server.count("/jwks"), 1);
}

#[tokio::test]
async fn client_67_a_refetch_in_vain_is_held_off_too() {
    let down = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&down);
    let server = Server::start(move |path, base, _| match path {
        "/jwks" if switch.load(Ordering::SeqCst) => json("503 Busy", "{}"),
        "/jwks" => json("200 OK", &keys(&[(&OLD, "old")])),
        _ => metadata(base),
    })
    .await;
    let setup = of_issuer(&server, None);
    assert!(setup.holds(&OLD, "old").await);
    down.store(true, Ordering::SeqCst);
    assert!(setup.verify(&NEW, "made-up").await.is_err());
    assert!(!setup.holds(&NEW, "made-up").await);
    assert!(setup.holds(&OLD, "old").await, "the old set is still good");
    assert_eq!(server.count("/jwks"), 2);
}

#[tokio::test]
async fn client_67_cache_headers_are_respected() {
    for (header, kept) in [
        ("cache-control: max-age=600", 600),
        ("cache-control: max-age=1", 60),
        ("x-nothing: 1", 3600),
        ("cache-control: no-store", 30),
    ] {
        let server = Server::start(move |path, base, _| match path {
            "/jwks" => with_header(&keys(&[(&OLD, "old")]), header),
            _ => metadata(base),
        })
        .await;
        let setup = of_issuer(&server, None);
        assert!(setup.holds(&OLD, "old").await);
        setup.advance(kept - 1);
        assert!(setup.holds(&OLD, "old").await);
        assert_eq!(server.count("/jwks"), 1, "{header}");
        setup.advance(1);
        assert!(setup.holds(&OLD, "old").await);
        assert_eq!(server.count("/jwks"), 2, "{header}");
    }
}

#[tokio::test]
async fn client_67_what_is_taken_for_a_key_set() {
    for (kind, good) in [
        ("application/json", true),
        ("application/jwk-set+json; charset=utf-8", true),
        ("Application/JSON", true),
        ("text/html", false),
        ("text/plain", false),
        ("application/jsonp", false),
    ] {
        let server = Server::start(move |path, base, _| match path {
            "/jwks" => answer("200 OK", kind, &keys(&[(&OLD, "old")])),
            _ => metadata(base),
        })
        .await;
        let result = of_issuer(&server, None).verify(&OLD, "old").await;
        assert_eq!(result.is_ok(), good, "{kind}");
        let is_server = matches!(result, Err(ClientError::Server { .. }));
        assert!(good || is_server);
    }
    let endless = format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(2 << 20));
    for body in ["[]", "{}", "", r#"{"keys":[],"keys":[]}"#, &endless] {
        let body = body.to_owned();
        let server = Server::start(move |path, base, _| match path {
            "/jwks" => json("200 OK", &body),
            _ => metadata(base),
        })
        .await;
        let result = of_issuer(&server, None).verify(&OLD, "old").await;
        assert!(matches!(result, Err(ClientError::Server { .. })));
    }
}

#[tokio::test]
async fn client_13_where_a_key_set_may_be() {
    for bad in [
        "http://as.example/jwks",
        "file:///etc/passwd",
        "jwks.json",
        "ftp://127.0.0.1/x",
    ] {
        assert!(KeySetLocation::url(bad).is_err(), "{bad}");
    }
    assert!(KeySetLocation::url("https://as.example/jwks").is_ok());
    // The metadata of a server on this machine may not send us to http elsewhere.
    let server = Server::start(|_, base, _| {
        let body = format!(r#"{{"issuer":"{base}","jwks_uri":"http://as.example/jwks"}}"#);
        json("200 OK", &body)
    })
    .await;
    let result = of_issuer(&server, None).verify(&OLD, "old").await;
    assert!(matches!(result, Err(ClientError::Config { .. })));
    // Nor may a redirect.
    let server = Server::start(|path, base, _| match path {
        "/jwks" => {
            with_header("{}", "location: http://as.example/jwks").replacen("200 OK", "302 Found", 1)
        }
        _ => metadata(base),
    })
    .await;
    let result = of_issuer(&server, None).verify(&OLD, "old").await;
    assert!(matches!(result, Err(ClientError::Server { .. })));
}

#[tokio::test]
async fn a_key_set_by_its_url_and_one_that_nobody_serves() {
    let server = Server::start(|_, _, _| json("200 OK", &keys(&[(&OLD, "old")]))).await;
    let at = KeySetLocation::url(&format!("{}/keys", server.url)).unwrap();
    assert!(setup(&server.url, at, None).holds(&OLD, "old").await);
    assert_eq!(server.count("/keys"), 1);

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/keys", listener.local_addr().unwrap());
    drop(listener);
    let at = KeySetLocation::url(&nobody).unwrap();
    let result = setup(&nobody, at, None).verify(&OLD, "old").await;
    assert!(matches!(
        result,
        Err(ClientError::Network {
            kind: NetworkKind::Connect,
            ..
        })
    ));
}

#[tokio::test]
async fn a_key_set_that_moved_is_found_again() {
    let moved = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&moved);
    let server = Server::start(move |path, base, _| {
        let moved = switch.load(Ordering::SeqCst);
        match path {
            "/jwks" if !moved => with_header(&keys(&[(&OLD, "old")]), "cache-control: no-store"),
            "/elsewhere" if moved => json("200 OK", &keys(&[(&OLD, "old")])),
            METADATA if moved => metadata_with(base, "/elsewhere"),
            METADATA => metadata(base),
            _ => json("404 Not Found", "{}"),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    assert!(
        of_issuer(&server, Some(folder.path()))
            .holds(&OLD, "old")
            .await
    );
    moved.store(true, Ordering::SeqCst);
    assert_eq!(server.count(METADATA), 1);
    let again = of_issuer(&server, Some(folder.path()));
    assert!(again.holds(&OLD, "old").await);
    assert_eq!(server.count(METADATA), 2);
}
