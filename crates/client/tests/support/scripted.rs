//! A world in which nothing happens by itself: a scripted transport, a clock that a test moves, a timer on that clock. Futures
//! are polled by hand, without a runtime, a socket or a sleep.

#![allow(dead_code, reason = "each test binary uses its part")]

use http::{HeaderMap, HeaderName, HeaderValue};
use jeton_client::method::Available;
use jeton_client::{
    BoxFuture, Clock, CredentialError, Credentials, Found, NetworkKind, Random, Request, Response,
    Rules, Timer, Transport, TransportError,
};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{ClientSecret, PrivateKey};
use std::collections::BTreeMap;
use std::future::{pending, poll_fn, ready};
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The clock of a new world.
pub(crate) const NOW: i64 = 1_800_000_000;

/// A request as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) body: String,
    pub(crate) rules: Rules,
    /// The time since the beginning of the world.
    pub(crate) at: Duration,
}

/// What the script says to a request.
pub(crate) enum Reply {
    /// A response from a public address.
    Respond(u16, &'static [(&'static str, &'static str)], String),
    /// A response through a proxy, which hides the address.
    Proxied(u16, &'static [(&'static str, &'static str)], String),
    Fail(NetworkKind),
    /// No response, ever.
    Never,
    /// The same, once the gate is open.
    Behind(Gate, Box<Reply>),
    /// The same, so much later.
    Late(Duration, Box<Reply>),
}

/// Holds a response back.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<AtomicBool>);

impl Gate {
    pub(crate) fn open(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    async fn passed(&self) {
        poll_fn(|_| match self.0.load(Ordering::SeqCst) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}

pub(crate) fn json(body: &str) -> Reply {
    let kind = &[("content-type", "application/json")];
    Reply::Respond(200, kind, body.to_owned())
}

type Script = dyn Fn(&Sent) -> Reply + Send + Sync;

#[derive(Default)]
struct State {
    elapsed: Duration,
    alarms: BTreeMap<u64, Instant>,
    next_alarm: u64,
    sent: Vec<Sent>,
    random: u8,
}

/// Time, network and randomness of a test; every clone is the same world.
#[derive(Clone)]
pub(crate) struct World {
    begun: Instant,
    script: Arc<Script>,
    state: Arc<Mutex<State>>,
}

impl World {
    pub(crate) fn new(script: impl Fn(&Sent) -> Reply + Send + Sync + 'static) -> Self {
        Self {
            begun: Instant::now(),
            script: Arc::new(script),
            state: Arc::default(),
        }
    }

    /// Everything that was sent, in order.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.state.lock().unwrap().sent.clone()
    }

    /// How many requests went to this URL.
    pub(crate) fn count(&self, url: &str) -> usize {
        self.sent().iter().filter(|sent| sent.url == url).count()
    }

    /// The time since the beginning.
    pub(crate) fn elapsed(&self) -> Duration {
        self.state.lock().unwrap().elapsed
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, time: Duration) {
        self.state.lock().unwrap().elapsed += time;
    }

    /// Polls `work` to its end; whenever it waits, time jumps to the next alarm.
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = Box::pin(work);
        for _ in 0..10_000 {
            if let Poll::Ready(done) = poll(work.as_mut()) {
                return done;
            }
            let mut state = self.state.lock().unwrap();
            let next = state.alarms.values().min().copied();
            let next = next.expect("it waits for something that no alarm ends");
            state.elapsed = state.elapsed.max(next.duration_since(self.begun));
        }
        panic!("it does not end");
    }
}

/// Polls once.
pub(crate) fn poll<T>(work: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
    work.poll(&mut Context::from_waker(Waker::noop()))
}

impl Clock for World {
    fn now(&self) -> i64 {
        NOW + i64::try_from(self.elapsed().as_secs()).unwrap()
    }

    fn instant(&self) -> Instant {
        self.begun + self.elapsed()
    }
}

impl Random for World {
    fn bytes(&self) -> [u8; 16] {
        let mut state = self.state.lock().unwrap();
        state.random = state.random.wrapping_add(1);
        [state.random; 16]
    }
}

/// An alarm that is taken off the list when whoever waits for it goes away.
struct Alarm {
    world: World,
    number: u64,
    deadline: Instant,
}

impl Future for Alarm {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.world.instant() >= self.deadline {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.world.state.lock().unwrap().alarms.remove(&self.number);
    }
}

impl Timer for World {
    fn sleep_until(&self, deadline: Instant) -> BoxFuture<'_, ()> {
        let mut state = self.state.lock().unwrap();
        let number = state.next_alarm;
        state.next_alarm += 1;
        state.alarms.insert(number, deadline);
        drop(state);
        Box::pin(Alarm {
            world: self.clone(),
            number,
            deadline,
        })
    }
}

impl Transport for World {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        rules: &'a Rules,
    ) -> BoxFuture<'a, Result<Response, TransportError>> {
        let sent = Sent {
            method: request.method.as_str(),
            url: request.url.to_string(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
            rules: rules.clone(),
            at: self.elapsed(),
        };
        let reply = (self.script)(&sent);
        self.state.lock().unwrap().sent.push(sent);
        Box::pin(perform(self, reply))
    }
}

async fn perform(world: &World, mut reply: Reply) -> Result<Response, TransportError> {
    loop {
        match reply {
            Reply::Late(time, behind) => {
                world.sleep_until(world.instant() + time).await;
                reply = *behind;
            }
            Reply::Behind(gate, behind) => {
                gate.passed().await;
                reply = *behind;
            }
            Reply::Never => return pending().await,
            Reply::Fail(kind) => {
                return Err(TransportError::Network {
                    kind,
                    cause: "as the script says".to_owned(),
                });
            }
            Reply::Respond(status, headers, body) => {
                let peer = IpAddr::V4(Ipv4Addr::new(1, 1, 1, 1));
                return Ok(response(status, headers, body, Some(peer)));
            }
            Reply::Proxied(status, headers, body) => {
                return Ok(response(status, headers, body, None));
            }
        }
    }
}

fn response(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: String,
    peer: Option<IpAddr>,
) -> Response {
    let headers = headers.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    Response {
        status,
        headers: HeaderMap::from_iter(headers),
        body: Zeroizing::new(body.into_bytes()),
        peer,
    }
}

/// A client whose credentials never come: a program or a keyring that hangs.
pub(crate) struct Hanging;

impl Credentials for Hanging {
    fn available(&self) -> BoxFuture<'_, Available> {
        Box::pin(pending())
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        Box::pin(pending())
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        Box::pin(pending())
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        Box::pin(pending())
    }
}

/// A client with a secret.
pub(crate) struct Secret(pub(crate) &'static str);

impl Credentials for Secret {
    fn available(&self) -> BoxFuture<'_, Available> {
        Box::pin(ready(Available {
            private_key: false,
            secret: true,
        }))
    }

    fn secret(&self) -> BoxFuture<'_, Result<Found<ClientSecret>, CredentialError>> {
        Box::pin(ready(Ok(Found {
            value: ClientSecret::new(self.0),
            source: "env",
        })))
    }

    fn private_key(&self) -> BoxFuture<'_, Result<Found<PrivateKey>, CredentialError>> {
        Box::pin(ready(Err("no private key".into())))
    }

    fn certificate(&self) -> BoxFuture<'_, Result<Found<ClientCertificate>, CredentialError>> {
        Box::pin(ready(Err("no certificate".into())))
    }
}
