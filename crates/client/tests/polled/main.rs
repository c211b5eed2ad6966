//! Whole acquisitions, polled by hand: no runtime, no socket, no sleep. Time moves only where a test moves it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/scripted.rs"]
mod scripted;

mod about_tokens;
mod acquisition;
mod addresses;
mod deadlines;
mod turns;

use jeton_client::cache::{Cache, MemoryCache};
use jeton_client::policy::Thresholds;
use jeton_client::{
    AssertionConfig, BasicEncoding, ClientConfig, ClientError, Credentials, Labels, MethodChoice,
    Parts, Token, TokenSource, Want,
};
use jeton_oauth::{ClientCredentialsRequest, Issuer, Scopes};
use scripted::{Reply, Secret, World, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const METADATA: &str = "https://as.example/.well-known/oauth-authorization-server";
const TOKEN: &str = "https://as.example/token";
const SECRET: &str = "canary-secret-canary-secret-canary";

fn metadata() -> Reply {
    json(
        r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/token",
        "introspection_endpoint":"https://as.example/introspect","revocation_endpoint":"https://as.example/revoke"}"#,
    )
}

fn token(name: &str) -> Reply {
    json(&format!(
        r#"{{"access_token":"{name}","token_type":"Bearer","expires_in":600}}"#
    ))
}

struct Client {
    source: TokenSource,
    events: Arc<Mutex<Vec<String>>>,
}

fn client(world: &World) -> Client {
    client_with(world, Cache::Memory(MemoryCache::new()), |_| {})
}

fn client_with(world: &World, cache: Cache, change: impl FnOnce(&mut ClientConfig)) -> Client {
    client_of(world, cache, Box::new(Secret(SECRET)), change)
}

fn client_of(
    world: &World,
    cache: Cache,
    credentials: Box<dyn Credentials>,
    change: impl FnOnce(&mut ClientConfig),
) -> Client {
    let mut config = ClientConfig {
        issuer: Some(Issuer::parse("https://as.example").unwrap()),
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
        timeout: Duration::from_secs(30),
        thresholds: Thresholds {
            refresh_before: Duration::from_secs(90),
            min_ttl: Duration::from_secs(30),
        },
        labels: Labels::default(),
    };
    change(&mut config);
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let source = TokenSource::new(Parts {
        config,
        cache,
        transport: Box::new(world.clone()),
        timer: Box::new(world.clone()),
        credentials,
        clock: Box::new(world.clone()),
        random: Box::new(world.clone()),
        observer: Box::new(move |event| seen.lock().unwrap().push(format!("{event:?}"))),
    });
    Client { source, events }
}

impl Client {
    async fn get(&self) -> Result<Token, ClientError> {
        self.source.get(&Want::default()).await
    }

    fn told(&self) -> String {
        self.events.lock().unwrap().join("\n")
    }
}
