//! What a server answers, as events, errors and warnings tell it: without our secrets, however the server repeats them.
#![no_main]

use http::{HeaderMap, HeaderValue};
use jeton_client::cache::Cache;
use jeton_client::event::Event;
use jeton_client::method::Available;
use jeton_client::{
    BoxFuture, ClientConfig, Clock, CredentialError, Credentials, Found, MethodChoice, Parts,
    Random, Request, Response, Rules, Timer, TokenSource, Transport, TransportError, Want,
};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{AuthMethod, ClientSecret, PrivateKey, form};
use libfuzzer_sys::fuzz_target;
use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Instant;
use url::Url;
use zeroize::Zeroizing;

/// Each has a part that nothing escapes or encodes, by which it is found.
const SECRET: &str = "s%+ \"\\é\n&Zq7canary0secret";
const HEADER: &str = "h/Zq7canary0header";
const PARAM: &str = "p Zq7canary0param";
const CANARY: &str = "Zq7canary0";

/// Bytes that stand for what a server repeats.
fn echoes() -> [(u8, String); 10] {
    let quoted = serde_json::to_string(SECRET).expect("a string");
    [
        (1, SECRET.to_owned()),
        (2, form::encode_component(SECRET).to_string()),
        (3, HEADER.to_owned()),
        (4, PARAM.to_owned()),
        (5, quoted[1..quoted.len() - 1].to_owned()),
        (
            6,
            SECRET
                .chars()
                .map(|c| format!("&#{};", u32::from(c)))
                .collect(),
        ),
        (
            7,
            SECRET
                .encode_utf16()
                .map(|unit| format!("\\u{unit:04X}"))
                .collect(),
        ),
        (
            8,
            SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        ),
        (11, jeton_oauth::base64url::encode(format!("id:{SECRET}"))),
        (12, HEADER.replace('/', "\\u0026#x2F;")),
    ]
}

/// Answers every request with the same status and body.
struct Scripted {
    status: u16,
    body: Vec<u8>,
}

impl Transport for Scripted {
    fn send<'a>(
        &'a self,
        _: &'a Request,
        _: &'a Rules,
    ) -> BoxFuture<'a, Result<Response, TransportError>> {
        let headers = HeaderMap::from_iter([(
            http::header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        )]);
        Box::pin(ready(Ok(Response {
            status: self.status,
            headers,
            body: Zeroizing::new(self.body.clone()),
            peer: None,
        })))
    }
}

/// Nobody waits: the time of the clock has come before it is asked for.
struct Still;

impl Timer for Still {
    fn sleep_until(&self, _: Instant) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for Still {
    fn now(&self) -> i64 {
        1_800_000_000
    }

    fn instant(&self) -> Instant {
        *START
    }
}

impl Random for Still {
    fn bytes(&self) -> [u8; 16] {
        [7; 16]
    }
}

impl Credentials for Still {
    fn available(&self) -> BoxFuture<'_, Available> {
        Box::pin(ready(Available {
            private_key: false,
            secret: true,
        }))
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        let value = ClientSecret::new(SECRET);
        Box::pin(ready(Ok(Found {
            value,
            source: "env",
        })))
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        Box::pin(ready(Err("none".into())))
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        Box::pin(ready(Err("none".into())))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let [status, method, body @ ..] = bytes else {
        return;
    };
    // The canary is ours alone.
    if body
        .windows(CANARY.len())
        .any(|window| window == CANARY.as_bytes())
    {
        return;
    }
    let mut repeated = Vec::new();
    for byte in body {
        match echoes().into_iter().find(|(sign, _)| sign == byte) {
            Some((_, text)) => repeated.extend_from_slice(text.as_bytes()),
            None => repeated.push(*byte),
        }
    }
    let status = [200, 400, 401, 500, 302][usize::from(*status) % 5];
    let method =
        [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost][usize::from(*method) % 2];
    acquire(status, method, repeated);
});

fn acquire(status: u16, method: AuthMethod, body: Vec<u8>) {
    let told = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&told);
    let endpoint = Url::parse("https://as.example/token").expect("a URL");
    let mut config = ClientConfig::new(endpoint, "billing");
    config.method = MethodChoice::One(method);
    config.headers = vec![("x-api-key".to_owned(), HEADER.to_owned())];
    config.request.params = vec![("vendor_key".to_owned(), PARAM.to_owned())];
    let source = TokenSource::new(Parts {
        config,
        cache: Cache::None,
        transport: Box::new(Scripted { status, body }),
        timer: Box::new(Still),
        credentials: Box::new(Still),
        clock: Box::new(Still),
        random: Box::new(Still),
        observer: Box::new(move |event: &Event<'_>| {
            seen.lock()
                .expect("one thread")
                .push_str(&format!("{event:?}\n"));
        }),
    });
    let want = Want::default();
    let work = pin!(source.get(&want));
    let Poll::Ready(result) = work.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("nothing here is waited for");
    };
    let mut told = told.lock().expect("one thread").clone();
    match result {
        // The token itself is handed out as the server made it.
        Ok(token) => told.push_str(&token.warnings.join("\n")),
        Err(error) => told.push_str(&format!("{error} {error:?}")),
    }
    assert!(!told.contains(CANARY), "{told}");
    for (_, form) in echoes() {
        assert!(!told.contains(&form), "{told}");
    }
}
