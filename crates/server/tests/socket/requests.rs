//! Requests on connections that are kept alive, and what a stop does to them.

use crate::support::{answer, bounded, rest, start};
use jeton_oauth::jwt::Unverified;
use jeton_oauth::{Algorithm, PrivateKey, assertion, form};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_connection_is_kept_alive_and_every_request_is_logged_once() {
    let running = start(|_| ()).await;
    let mut stream = running.connect().await;
    for _ in 0..3 {
        stream
            .write_all(running.token_request("").as_bytes())
            .await
            .unwrap();
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("\"access_token\""));
    }
    let log = Arc::clone(&running.log);
    let secret = running.dev.secret.expose().to_owned();
    drop(stream);
    running.stop().await;
    let lines = log.0.lock().unwrap();
    let requests = lines
        .iter()
        .filter(|line| line.starts_with("POST /token client=dev-secret status=200 outcome=issued"))
        .count();
    assert_eq!(requests, 3);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("listening address=127.0.0.1:"))
    );
    assert!(lines.iter().any(|line| line == "stopped cut_off=0"));
    assert!(lines.iter().all(|line| !line.contains(&secret)));
}

#[tokio::test]
async fn the_key_of_the_throw_away_client_gets_a_token() {
    let running = start(|_| ()).await;
    let key = PrivateKey::from_text(&running.dev.private_key_pem).unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let spec = assertion::AssertionSpec {
        client_id: &running.dev.key_client_id,
        audience: &running.issuer,
        typ: assertion::TYP,
        kid: None,
        now: i64::try_from(now.as_secs()).unwrap(),
        lifetime: 60,
        jti: "one",
    };
    let assertion = spec.sign(Algorithm::ES256, &key).unwrap();
    let body = form::encode([
        ("grant_type", "client_credentials"),
        ("client_assertion_type", assertion::TYPE_JWT_BEARER),
        ("client_assertion", assertion.expose()),
        ("scope", "api.read"),
    ]);
    let request = format!(
        "POST /token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        body.len(),
        *body
    );
    let mut stream = running.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = answer(&mut stream).await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let token = Unverified::parse(body["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(token.claims()["aud"], running.dev.resource.as_str());
    assert_eq!(token.claims()["scope"], "api.read");
    running.stop().await;
}

#[tokio::test]
async fn a_stop_closes_what_is_idle_and_lets_what_runs_finish() {
    let running = start(|_| ()).await;
    let mut idle = running.connect().await;
    idle.write_all(running.token_request("").as_bytes())
        .await
        .unwrap();
    answer(&mut idle).await;

    let mut busy = running.connect().await;
    let request = running.token_request("Expect: 100-continue\r\n");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    busy.write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    // the server says that it reads the body: the request runs
    let mut told = [0; 25];
    bounded(busy.read_exact(&mut told)).await.unwrap();
    assert!(told.starts_with(b"HTTP/1.1 100"));

    let address = running.address;
    running.stop.send(()).unwrap();
    assert_eq!(rest(&mut idle).await, "");
    assert!(TcpStream::connect(address).await.is_err());
    busy.write_all(body.as_bytes()).await.unwrap();
    let told = rest(&mut busy).await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert!(told.contains("connection: close"));
    bounded(running.done).await.unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let running = start(|config| config.limits.drain = Duration::from_millis(50)).await;
    let mut busy = running.connect().await;
    let request = running.token_request("Expect: 100-continue\r\n");
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    busy.write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut told = [0; 25];
    bounded(busy.read_exact(&mut told)).await.unwrap();
    let log = Arc::clone(&running.log);
    running.stop().await;
    assert!(
        log.0
            .lock()
            .unwrap()
            .iter()
            .any(|line| line == "stopped cut_off=1")
    );
}
