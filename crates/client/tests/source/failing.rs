//! Servers that fail, stall and echo.

use super::{SECRET, metadata, setup};
use crate::support::{Server, answer, json};
use jeton_client::{ClientError, MethodChoice, NetworkKind};
use jeton_oauth::AuthMethod;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

#[tokio::test]
async fn what_is_tried_again_and_what_is_not() {
    for (status, tries) in [
        ("500 Internal Server Error", 4),
        ("429 Too Many Requests", 4),
        ("400 Bad Request", 1),
        ("404 Not Found", 1),
    ] {
        let server = Server::start(move |path, base, _| match path {
            "/token" => answer(status, "text/html", "<html>no</html>"),
            _ => metadata(base),
        })
        .await;
        let setup = setup(&server.url, |_| {});
        let error = setup.get().await.unwrap_err();
        assert!(matches!(error, ClientError::Server { .. }), "{error}");
        assert_eq!(server.count("/token"), tries, "{status}");
    }
}

#[tokio::test]
async fn a_dripping_answer_ends_with_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
                .await
                .unwrap();
            open.push(socket);
        }
    });
    let setup = setup("http://127.0.0.1:1", |config| {
        config.token_endpoint = Some(endpoint.parse().unwrap());
        config.timeout = Duration::from_millis(700);
    });
    let started = std::time::Instant::now();
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Network {
                kind: NetworkKind::Timeout,
                ..
            }
        ),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = Server::start(|path, base, _| match path {
        "/token" => json("200 OK", &" ".repeat(2 << 20)),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
}

#[tokio::test]
async fn nobody_there() {
    let setup = setup("http://127.0.0.1:1", |config| {
        config.timeout = Duration::from_secs(30);
    });
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Network {
                kind: NetworkKind::Connect,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn no_secret_in_any_event_or_error_even_when_the_server_echoes_it() {
    let server = Server::start(|path, base, _| match path {
        "/token" => json(
            "401 Unauthorized",
            &format!(
                r#"{{"error":"invalid_client","error_description":"wrong secret {SECRET}, canary-of-a-vendor for eu"}}"#
            ),
        ),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |config| {
        config.method = MethodChoice::One(AuthMethod::ClientSecretPost);
        config.headers = vec![("x-api-key".to_owned(), "canary-of-a-vendor".to_owned())];
        config.request.params = vec![("region".to_owned(), "eu".to_owned())];
    });
    let error = setup.get().await.unwrap_err();
    let told = format!("{error} {error:?} {:?}", setup.events.lock().unwrap());
    assert!(!told.contains("canary"), "{told}");
    assert!(
        told.contains("wrong secret [redacted], [redacted] for eu"),
        "{told}"
    );
}

/// Security, client 1: a good answer may echo it too.
#[tokio::test]
async fn what_is_shown_of_a_good_answer_is_free_of_our_secrets() {
    let server = Server::start(|path, base, number| match (path, number) {
        ("/token", 0) => json(
            "200 OK",
            &format!(r#"{{"access_token":"t","token_type":"Bearer","scope":"a {SECRET}"}}"#),
        ),
        ("/token", _) => json(
            "200 OK",
            &format!(r#"{{"access_token":"t","token_type":"{SECRET}"}}"#),
        ),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let token = setup.get().await.unwrap();
    assert_eq!(token.entry.scope.as_deref(), Some("a [redacted]"));
    let error = setup.get().await.unwrap_err().to_string();
    assert!(
        error.contains("[redacted]") && !error.contains("canary"),
        "{error}"
    );
    let told = format!("{:?}", setup.events.lock().unwrap());
    assert!(!told.contains("canary"), "{told}");
}
