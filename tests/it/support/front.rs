//! A loopback front before the real server. It passes requests on, counts and remembers them, tells the search for leaks
//! which tokens and assertions went by, and misbehaves where a test asks for it.

use super::canary::Canaries;
use super::http::{Request, Response};
use super::keys::thumbprint;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The header that has `x5t#S256` of the certificate that the client showed.
pub(crate) const SHOWN: &str = "x-shown-certificate";

/// What happens to a request instead of being passed on.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// An answer made here; the server never hears of the request.
    Answer(Answer),
    /// Passed on; the answer comes back with another `Date`.
    Date(String),
    /// The connection is reset in the middle of the request.
    Reset,
    /// No answer, as long as the front lives.
    Hang,
    /// An answer made from the request.
    Made(fn(&Request) -> Answer),
    /// These bytes, whatever they are, and then these for as long as somebody listens.
    Raw(String, String),
}

/// An answer made by the front, which need not be well-formed.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// `Content-Length`, where it is not the length of the body.
    declared: Option<usize>,
    /// One byte of the body at a time.
    dripping: bool,
}

impl Answer {
    /// An answer with a JSON body.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body.as_bytes().to_vec())
    }

    /// A page for people, as a proxy in the way sends it.
    pub(crate) fn html(status: u16) -> Self {
        let page =
            "<!DOCTYPE html><html><head><title>Gateway</title></head><body>busy</body></html>";
        Self::new(status, "text/html; charset=utf-8", page.as_bytes().to_vec())
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, "text/plain", Vec::new()).header("location", location)
    }

    /// Any answer.
    pub(crate) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body,
            declared: None,
            dripping: false,
        }
    }

    /// One more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Breaks off: less comes than `Content-Length` promises.
    pub(crate) fn truncated(mut self) -> Self {
        self.declared = Some(self.body.len() + 100);
        self
    }

    /// The body comes a byte at a time, slower than anyone waits.
    pub(crate) fn dripping(mut self) -> Self {
        self.dripping = true;
        self
    }
}

/// A rule: which path, what, and how often.
struct Rule {
    path: String,
    fault: Fault,
    /// `None`: always.
    left: Option<usize>,
}

impl Rule {
    fn applies(&self, path: &str) -> bool {
        self.path == path && self.left != Some(0)
    }
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    requests: VecDeque<Request>,
    upstream: Option<SocketAddr>,
    /// Their senders keep hanging connections open until the front goes.
    hanging: Vec<Sender<()>>,
}

/// The front; it stops accepting when dropped.
pub(crate) struct Front {
    address: SocketAddr,
    scheme: &'static str,
    state: Arc<Mutex<State>>,
}

impl Front {
    /// Listens on a free loopback port before this returns. Without an upstream, what no fault answers gets a 404.
    pub(crate) fn start(canaries: &Canaries) -> Self {
        Self::listen(canaries, None)
    }

    /// The same over TLS; [`Fault::Reset`] is for plain HTTP alone.
    pub(crate) fn start_tls(canaries: &Canaries, tls: &Arc<ServerConfig>) -> Self {
        Self::listen(canaries, Some(Arc::clone(tls)))
    }

    fn listen(canaries: &Canaries, tls: Option<Arc<ServerConfig>>) -> Self {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let (shared, canaries) = (Arc::clone(&state), canaries.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shared, canaries, tls) = (Arc::clone(&shared), canaries.clone(), tls.clone());
                std::thread::spawn(move || accept(stream, tls, &shared, &canaries));
            }
        });
        Self {
            address,
            scheme,
            state,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where requests are passed on to.
    pub(crate) fn upstream(&self, address: SocketAddr) {
        self.state.lock().unwrap().upstream = Some(address);
    }

    /// The URL of the front, which is the issuer of the server behind it.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// From now on, every request for `path` meets this fault.
    pub(crate) fn always(&self, path: &str, fault: Fault) {
        self.rule(path, fault, None);
    }

    /// The next `times` requests for `path` meet this fault, and then it is gone.
    pub(crate) fn times(&self, times: usize, path: &str, fault: Fault) {
        self.rule(path, fault, Some(times));
    }

    fn rule(&self, path: &str, fault: Fault, left: Option<usize>) {
        self.state.lock().unwrap().rules.push(Rule {
            path: path.to_owned(),
            fault,
            left,
        });
    }

    /// Ends all faults.
    pub(crate) fn heal(&self) {
        let mut state = self.state.lock().unwrap();
        state.rules.clear();
        state.hanging.clear();
    }

    /// How many requests came for `path`.
    pub(crate) fn count(&self, path: &str) -> usize {
        let state = self.state.lock().unwrap();
        let requests = state.requests.iter();
        requests.filter(|request| request.path() == path).count()
    }

    /// All requests for `path`, oldest first.
    pub(crate) fn requests(&self, path: &str) -> Vec<Request> {
        let state = self.state.lock().unwrap();
        let requests = state.requests.iter();
        requests
            .filter(|request| request.path() == path)
            .cloned()
            .collect()
    }

    /// The last request for `path`.
    #[track_caller]
    pub(crate) fn last(&self, path: &str) -> Request {
        match self.requests(path).pop() {
            Some(request) => request,
            None => panic!("no request for {path} came\n{}", self.log()),
        }
    }

    /// One line a request, without bodies.
    pub(crate) fn log(&self) -> String {
        let state = self.state.lock().unwrap();
        let mut text = format!("requests at {}:\n", self.url());
        for request in &state.requests {
            text.push_str(&format!("  {} {}\n", request.method, request.target));
        }
        text
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // Lets the connections that hang go; the listener ends with the process of the tests.
        self.heal();
    }
}

fn accept(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    state: &Mutex<State>,
    canaries: &Canaries,
) {
    if let Some(config) = tls {
        let mut connection = ServerConnection::new(config).unwrap();
        let mut stream = stream;
        if connection.complete_io(&mut stream).is_err() {
            // The alert was sent: what is unread would turn it into a reset before the client has seen it.
            let _ = stream.shutdown(Shutdown::Write);
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
            return;
        }
        let shown = connection.peer_certificates().and_then(<[_]>::first);
        let shown = shown.map(|certificate| thumbprint(certificate));
        let mut stream = StreamOwned::new(connection, stream);
        serve(&mut stream, shown, state, canaries);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    } else if !reset_by_rule(&stream, state) {
        serve(&mut &stream, None, state, canaries);
    }
}

fn serve(
    stream: &mut (impl Read + Write),
    certificate: Option<String>,
    state: &Mutex<State>,
    canaries: &Canaries,
) {
    let Some(mut request) = Request::read(&mut *stream) else {
        return;
    };
    // As a proxy that ends TLS hands it on.
    if let Some(thumbprint) = certificate {
        request.headers.push((SHOWN.to_owned(), thumbprint));
    }
    if let Some(assertion) = request.param_if_form("client_assertion") {
        canaries.assertion(&assertion);
    }
    let (fault, upstream) = {
        let mut state = state.lock().unwrap();
        state.requests.push_back(request.clone());
        (state.next_fault(request.path()), state.upstream)
    };
    match fault {
        None => pass(stream, &request, upstream, None, canaries),
        Some(Fault::Date(date)) => pass(stream, &request, upstream, Some(&date), canaries),
        Some(Fault::Answer(answer)) => {
            learn(&answer.body, canaries);
            let stop = answer.dripping.then(|| hang_up_signal(state));
            let _ = write_answer(stream, &answer, stop.as_ref());
        }
        Some(Fault::Made(make)) => {
            let answer = make(&request);
            learn(&answer.body, canaries);
            let _ = write_answer(stream, &answer, None);
        }
        Some(Fault::Reset | Fault::Hang) => {
            let _ = hang_up_signal(state).recv();
        }
        Some(Fault::Raw(head, more)) => {
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() && !more.is_empty() {
                sent = stream.write_all(more.as_bytes());
            }
        }
    }
}

impl State {
    fn take_reset(&mut self, path: &str) -> bool {
        let next = self.rules.iter().find(|rule| rule.applies(path));
        let reset = next.is_some_and(|rule| matches!(rule.fault, Fault::Reset));
        if reset {
            self.next_fault(path);
        }
        reset
    }

    fn next_fault(&mut self, path: &str) -> Option<Fault> {
        let rule = self.rules.iter_mut().find(|rule| rule.applies(path))?;
        if let Some(left) = &mut rule.left {
            *left -= 1;
        }
        Some(rule.fault.clone())
    }
}

impl Request {
    fn param_if_form(&self, name: &str) -> Option<String> {
        let form = self
            .header("content-type")
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        form.then(|| self.params(name).pop()).flatten()
    }
}

fn hang_up_signal(state: &Mutex<State>) -> Receiver<()> {
    let (sender, receiver) = channel();
    state.lock().unwrap().hanging.push(sender);
    receiver
}

fn pass(
    stream: &mut impl Write,
    request: &Request,
    upstream: Option<SocketAddr>,
    date: Option<&str>,
    canaries: &Canaries,
) {
    let answer = upstream.and_then(|address| request.forward(address));
    let mut response = answer.unwrap_or_else(|| Response {
        status: 404,
        headers: Vec::new(),
        body: Vec::new(),
    });
    learn(&response.body, canaries);
    if let Some(date) = date {
        response.set("date", date);
    }
    let answer = Answer {
        status: response.status,
        headers: response.headers,
        body: response.body,
        declared: None,
        dripping: false,
    };
    let _ = write_answer(stream, &answer, None);
}

/// Remembers every token that goes by, before the client can have it.
fn learn(body: &[u8], canaries: &Canaries) {
    let document: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let token = document
        .as_ref()
        .and_then(|document| document["access_token"].as_str());
    // Shorter ones come from tests that make up an answer, and a mask shows nothing of them; the longest are refused.
    if let Some(token) = token.filter(|token| (24..=65_536).contains(&token.len())) {
        canaries.token(token);
    }
}

fn write_answer(
    stream: &mut impl Write,
    answer: &Answer,
    stop: Option<&Receiver<()>>,
) -> std::io::Result<()> {
    let length = answer.declared.unwrap_or(answer.body.len());
    let mut head = format!("HTTP/1.1 {} Status\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!(
        "content-length: {length}\r\nconnection: close\r\n\r\n"
    ));
    stream.write_all(head.as_bytes())?;
    match stop {
        None => stream.write_all(&answer.body)?,
        Some(stop) => drip(stream, &answer.body, stop)?,
    }
    stream.flush()
}

fn drip(stream: &mut impl Write, body: &[u8], stop: &Receiver<()>) -> std::io::Result<()> {
    for byte in body {
        stream.write_all(&[*byte])?;
        stream.flush()?;
        if stop.recv_timeout(Duration::from_millis(200)) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    Ok(())
}

/// Closing with unread bytes in the buffer makes the kernel send RST instead of FIN, so the request is only peeked at.
fn reset_by_rule(stream: &TcpStream, state: &Mutex<State>) -> bool {
    let mut buffer = [0; 2048];
    let Ok(length) = stream.peek(&mut buffer) else {
        return true;
    };
    let text = String::from_utf8_lossy(&buffer[..length]);
    let mut words = text.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return false;
    };
    let request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
    };
    let mut state = state.lock().unwrap();
    if !state.take_reset(request.path()) {
        return false;
    }
    state.requests.push_back(request);
    true
}
