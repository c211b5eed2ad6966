//! What one connection and all of them together may cost.

use crate::support::{answer, bounded, rest, start};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn headers_that_never_end_are_not_waited_for() {
    let running = start(|config| config.limits.header_timeout = Duration::from_millis(50)).await;
    let mut slow = running.connect().await;
    slow.write_all(b"POST /token HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        .await
        .unwrap();
    assert!(!rest(&mut slow).await.contains(" 200 "));
    let mut silent = running.connect().await;
    assert_eq!(rest(&mut silent).await, "");
    running.stop().await;
}

#[tokio::test]
async fn security_3_a_header_over_16_kib_is_431() {
    let running = start(|_| ()).await;
    let with = |length| running.token_request(&format!("X-Long: {}\r\n", "x".repeat(length)));
    let mut stream = running.connect().await;
    stream.write_all(with(15 * 1024).as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    let mut stream = running.connect().await;
    // Below the limit the server still waits for the rest.
    let long = with(200 * 1024);
    let (read, unread) = long.as_bytes().split_at(16 * 1024);
    stream.write_all(&read[..read.len() - 1]).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(100), stream.readable()).await;
    assert!(early.is_err(), "refused below 16 KiB");
    // The response arrives although most of the request was not read.
    stream.write_all(&read[read.len() - 1..]).await.unwrap();
    stream.readable().await.unwrap();
    for part in unread.chunks(16 * 1024) {
        stream
            .write_all(part)
            .await
            .expect("no reset while we send");
    }
    let told = rest(&mut stream).await;
    assert!(told.starts_with("HTTP/1.1 431"), "{told:?}");
    running.stop().await;
}

#[tokio::test]
async fn what_is_not_http_is_400() {
    let running = start(|_| ()).await;
    for text in ["POST /token\r\n\r\n", "no colon at all\r\n\r\n"] {
        let mut stream = running.connect().await;
        stream.write_all(text.as_bytes()).await.unwrap();
        let told = rest(&mut stream).await;
        assert!(told.starts_with("HTTP/1.1 400"), "{text:?}: {told:?}");
    }
    running.stop().await;
}

#[tokio::test]
async fn security_11_when_all_places_are_taken_the_longest_idle_connection_makes_room() {
    let running = start(|config| config.limits.connections = 2).await;
    let request = running.token_request("");
    let mut connections = Vec::new();
    for _ in 0..2 {
        let mut stream = running.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
        connections.push(stream);
    }
    // the first one is used again, so that the second is the one that has waited for longest
    connections[0].write_all(request.as_bytes()).await.unwrap();
    answer(&mut connections[0]).await;
    let mut third = running.connect().await;
    third.write_all(request.as_bytes()).await.unwrap();
    assert!(answer(&mut third).await.starts_with("HTTP/1.1 200"));
    assert_eq!(rest(&mut connections[1]).await, "");
    connections[0].write_all(request.as_bytes()).await.unwrap();
    assert!(
        answer(&mut connections[0])
            .await
            .starts_with("HTTP/1.1 200")
    );
    running.stop().await;
}

#[tokio::test]
async fn security_11_a_request_that_runs_is_never_cut_off_for_another() {
    let running = start(|config| config.limits.connections = 1).await;
    let mut busy = running.connect().await;
    let request = running.token_request("Expect: 100-continue\r\n");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    busy.write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut interim = [0; 25];
    bounded(busy.read_exact(&mut interim)).await.unwrap();
    let mut second = running.connect().await;
    let waits = running.token_request("");
    second.write_all(waits.as_bytes()).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(200), second.readable()).await;
    assert!(early.is_err(), "served beyond the limit");
    busy.write_all(body.as_bytes()).await.unwrap();
    assert!(answer(&mut busy).await.starts_with("HTTP/1.1 200"));
    assert!(answer(&mut second).await.starts_with("HTTP/1.1 200"));
    running.stop().await;
}
