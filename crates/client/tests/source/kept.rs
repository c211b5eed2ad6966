//! What is kept, renewed and shared.

use super::{Given, SECRET, metadata, setup, setup_cached, token};
use crate::support::{Server, json};
use jeton_client::cache::{Cache, CacheError, DiskCache, KeyProvider, Lookup, SealKey};
use jeton_client::{ClientError, Origin, TokenSource, Want};
use jeton_oauth::AccessToken;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

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
    assert!(told.contains("could not renew"), "{told}");
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
