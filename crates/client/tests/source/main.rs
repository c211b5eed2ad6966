//! The token source against a scripted server on a real socket: what is asked, how often, and what comes of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod failing;
mod kept;

use jeton_client::cache::{Cache, MemoryCache};
use jeton_client::method::Available;
use jeton_client::{
    BoxFuture, ClientConfig, ClientError, CredentialError, Credentials, Found, HttpConfig, Parts,
    ReqwestTransport, System, TokenSource, TokioTimer, Want,
};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{Algorithm, ClientSecret, Issuer, PrivateKey, Scopes};
use std::future::ready;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{TestClock, json};

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
    fn available(&self) -> BoxFuture<'_, Available> {
        Box::pin(ready(Available {
            private_key: self.0.is_none(),
            secret: self.0.is_some(),
        }))
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        let found = self.0.map(|text| Found {
            value: ClientSecret::new(text),
            source: "env",
        });
        Box::pin(ready(found.ok_or_else(|| "no secret".into())))
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        let found = PrivateKey::generate(Algorithm::ES256).map(|value| Found {
            value,
            source: "file",
        });
        Box::pin(ready(found.map_err(Into::into)))
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        Box::pin(ready(Err("no certificate".into())))
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
    let mut config = ClientConfig::new(Issuer::parse(issuer).unwrap(), "billing");
    config.request.scopes = Scopes::parse("api.read").unwrap();
    config.timeout = Duration::from_secs(5);
    change(&mut config);
    let now = Arc::new(AtomicI64::new(1_800_000_000));
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let source = TokenSource::new(Parts {
        config,
        cache,
        transport: Box::new(ReqwestTransport::new(HttpConfig::default())),
        timer: Box::new(TokioTimer),
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
