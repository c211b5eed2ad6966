//! Connections that want to harm: security authority 11 and 16.

use crate::support::{Running, answer, rest, start};
use std::io::{Error, ErrorKind};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

/// A connection with a small receive buffer.
async fn connect_narrow(running: &Running) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(running.address).await.unwrap()
}

/// Sends requests and reads nothing; gives the error that ends the connection.
async fn never_read(stream: &mut TcpStream, request: &str) -> Error {
    let many = request.repeat(50);
    let started = Instant::now();
    loop {
        let writing = stream.write_all(many.as_bytes());
        match tokio::time::timeout(Duration::from_secs(1), writing).await {
            Ok(Err(error)) => return error,
            Ok(Ok(())) | Err(_) => {
                assert!(started.elapsed() < Duration::from_secs(20), "not cut off");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn security_11_a_reader_that_does_not_read_is_cut_off_and_the_others_are_served() {
    let running = start(|config| config.limits.write_timeout = Duration::from_millis(300)).await;
    let mut stuck = connect_narrow(&running).await;
    let request = "GET /jwks.json HTTP/1.1\r\nHost: a\r\n\r\n";
    let (error, ()) = tokio::join!(never_read(&mut stuck, request), async {
        let mut other = running.connect().await;
        for _ in 0..5 {
            let request = running.token_request("");
            other.write_all(request.as_bytes()).await.unwrap();
            assert!(answer(&mut other).await.starts_with("HTTP/1.1 200"));
        }
    });
    let cut = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
    assert!(cut.contains(&error.kind()), "{error}");
    running.stop().await;
}

#[tokio::test]
async fn security_11_who_holds_all_places_without_a_request_does_not_keep_others_out() {
    let running = start(|config| config.limits.connections = 20).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        let mut stream = running.connect().await;
        let head = b"POST /token HTTP/1.1\r\nHost: ";
        stream.write_all(head).await.unwrap();
        silent.push(stream);
    }
    let mut right = running.connect().await;
    let request = running.token_request("");
    right.write_all(request.as_bytes()).await.unwrap();
    assert!(answer(&mut right).await.starts_with("HTTP/1.1 200"));
    running.stop().await;
}

async fn exchange(running: &Running, request: &[u8]) -> String {
    let mut stream = running.connect().await;
    stream.write_all(request).await.unwrap();
    rest(&mut stream).await
}

#[tokio::test]
async fn security_16_a_request_without_exactly_one_host_is_400() {
    let running = start(|_| ()).await;
    let get = |headers: &str| {
        format!("GET /healthz HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").into_bytes()
    };
    for headers in [
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhost: b\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: a@b\r\n",
        "Host: a:99999999\r\n",
        "Host: \u{e9}\r\n",
    ] {
        let text = exchange(&running, &get(headers)).await;
        assert!(text.starts_with("HTTP/1.1 400"), "{headers:?}: {text}");
    }
    for headers in [
        "Host: a\r\n",
        "Host: a:8080\r\n",
        "Host: [::1]:8080\r\n",
        "Host: \r\n",
    ] {
        let text = exchange(&running, &get(headers)).await;
        assert!(text.starts_with("HTTP/1.1 200"), "{headers:?}: {text}");
    }
    let old = exchange(&running, b"GET /healthz HTTP/1.0\r\n\r\n").await;
    assert!(old.starts_with("HTTP/1.0 200"), "{old}");
    running.stop().await;
}

#[tokio::test]
async fn security_16_a_length_that_two_readers_could_read_differently_is_400() {
    let running = start(|_| ()).await;
    for lengths in [
        "Content-Length: 29\r\nContent-Length: 30\r\n",
        "Content-Length: 29, 29\r\n",
        "Content-Length: +29\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x1d\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 29\r\n",
        "Content-Length: 29\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
    ] {
        let request = format!(
            "POST /token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n{lengths}\
             Connection: close\r\n\r\ngrant_type=client_credentials"
        );
        let text = exchange(&running, request.as_bytes()).await;
        assert!(text.starts_with("HTTP/1.1 400"), "{lengths:?}: {text}");
    }
    running.stop().await;
}

#[tokio::test]
async fn security_16_malformed_requests_get_their_4xx_and_then_the_connection_ends() {
    let running = start(|_| ()).await;
    for request in [
        &b"GET / HTTP/1.1\r\nHost : a\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nx: a\0b\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/3.0\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let text = exchange(&running, request).await;
        let shown = String::from_utf8_lossy(request);
        assert!(text.starts_with("HTTP/1.1 400"), "{shown:?}: {text:?}");
    }
    // the preface of HTTP/2 with prior knowledge: there is no HTTP/1.1 response that its sender would read
    let preface = exchange(&running, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert_eq!(preface, "");
    let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(20_000));
    let text = exchange(&running, long.as_bytes()).await;
    assert!(text.starts_with("HTTP/1.1 431"), "{text}");
    running.stop().await;
}

#[tokio::test]
async fn security_16_every_response_has_the_security_headers() {
    let running = start(|_| ()).await;
    let last = "Connection: close\r\n";
    for request in [
        running.token_request(last),
        format!("POST /token HTTP/1.1\r\nHost: a\r\n{last}\r\n"),
        format!("GET /token HTTP/1.1\r\nHost: a\r\n{last}\r\n"),
        format!("GET /nothing HTTP/1.1\r\nHost: a\r\n{last}\r\n"),
        format!("GET /healthz HTTP/1.1\r\n{last}\r\n"),
        format!("GET /jwks.json HTTP/1.1\r\nHost: a\r\n{last}\r\n"),
    ] {
        let text = exchange(&running, request.as_bytes()).await;
        for header in [
            "x-content-type-options: nosniff\r\n",
            "referrer-policy: no-referrer\r\n",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
        ] {
            assert!(text.contains(header), "{request}\n{text}");
        }
        assert!(!text.contains("strict-transport-security"), "{text}");
    }
    running.stop().await;
}
