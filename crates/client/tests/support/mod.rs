//! A scripted server on a real socket, and a clock that a test moves.

#![allow(dead_code, reason = "each test binary uses its part")]

use jeton_client::Clock;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Answers each request with what the script says for it, and remembers it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start(
        script: impl Fn(&str, &str, usize) -> String + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (base, seen) = (url.clone(), Arc::clone(&requests));
        let script = Arc::new(script);
        let tokens = Arc::new(AtomicUsize::new(0));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (base, seen, script, tokens) = (
                    base.clone(),
                    Arc::clone(&seen),
                    Arc::clone(&script),
                    Arc::clone(&tokens),
                );
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut chunk = [0; 4096];
                    loop {
                        let read = socket.read(&mut chunk).await.unwrap_or(0);
                        request.extend_from_slice(&chunk[..read]);
                        let text = String::from_utf8_lossy(&request).into_owned();
                        let complete = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                            let length = head.lines().find_map(|line| {
                                line.to_ascii_lowercase()
                                    .strip_prefix("content-length:")?
                                    .trim()
                                    .parse::<usize>()
                                    .ok()
                            });
                            body.len() >= length.unwrap_or(0)
                        });
                        if complete || read == 0 {
                            break;
                        }
                    }
                    let text = String::from_utf8_lossy(&request).into_owned();
                    let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
                    let number = if path == "/token" {
                        tokens.fetch_add(1, Ordering::SeqCst)
                    } else {
                        0
                    };
                    seen.lock().unwrap().push(text);
                    let answer = script(&path, &base, number);
                    let _ = socket.write_all(answer.as_bytes()).await;
                });
            }
        });
        Self { url, requests }
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        let start = [format!("POST {path} "), format!("GET {path} ")];
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .filter(|text| start.iter().any(|start| text.starts_with(start)))
            .count()
    }

    pub(crate) fn last(&self) -> String {
        self.requests.lock().unwrap().last().unwrap().clone()
    }
}

pub(crate) fn answer(status: &str, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn json(status: &str, body: &str) -> String {
    answer(status, "application/json", body)
}

#[derive(Clone)]
pub(crate) struct TestClock(pub(crate) Arc<AtomicI64>);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }
}
