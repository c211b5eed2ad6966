//! What is asked, where, and with what.

use super::{Given, metadata, setup, setup_with, token};
use crate::support::{Server, answer, json};
use jeton_client::{ClientError, MethodChoice};
use jeton_oauth::AuthMethod;

#[tokio::test]
async fn client_06_discovery_tries_each_place() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        "/t1/.well-known/openid-configuration" => {
            let document = format!(r#"{{"issuer":"{base}/t1","token_endpoint":"{base}/token"}}"#);
            json("200 OK", &document)
        }
        "/.well-known/openid-configuration/t1" => answer("200 OK", "text/html", "<html>"),
        _ => answer("404 Not Found", "text/html", "<html>"),
    })
    .await;
    let setup = setup(&format!("{}/t1", server.url), |_| {});
    setup.get().await.unwrap();
    let paths: Vec<String> = server
        .requests
        .lock()
        .unwrap()
        .iter()
        .map(|text| text.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            "/.well-known/oauth-authorization-server/t1",
            "/.well-known/openid-configuration/t1",
            "/t1/.well-known/openid-configuration",
            "/token",
        ]
    );
}

#[tokio::test]
async fn client_07_a_wrong_issuer_stops_before_any_credential() {
    let server = Server::start(|_, base, _| {
        json(
            "200 OK",
            &format!(r#"{{"issuer":"{base}/","token_endpoint":"{base}/token"}}"#),
        )
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(&error, ClientError::Config { message, .. } if message.contains("calls itself")),
        "{error}"
    );
    assert_eq!(server.count("/token"), 0);
}

#[tokio::test]
async fn client_13_a_token_endpoint_over_http_elsewhere_is_refused() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => json(
            "200 OK",
            &format!(r#"{{"issuer":"{base}","token_endpoint":"http://169.254.169.254/token"}}"#),
        ),
    })
    .await;
    let setup = setup(&server.url, |_| {});
    let error = setup.get().await.unwrap_err();
    assert!(
        matches!(&error, ClientError::Config { message, .. } if message.contains("169.254.169.254/token, which is not https")),
        "{error}"
    );
    assert_eq!(server.count("/token"), 0);
}

#[tokio::test]
async fn client_15_no_redirect_with_credentials() {
    for status in ["302 Found", "307 Temporary Redirect"] {
        let server = Server::start(move |path, base, _| match path {
            "/token" => format!(
                "HTTP/1.1 {status}\r\nlocation: {base}/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            ),
            _ => metadata(base),
        })
        .await;
        let setup = setup(&server.url, |_| {});
        let error = setup.get().await.unwrap_err();
        assert!(matches!(error, ClientError::Server { .. }), "{error}");
        assert_eq!(server.count("/elsewhere"), 0);
        assert_eq!(server.count("/token"), 1);
    }
}

#[tokio::test]
async fn client_28_basic_and_nothing_in_the_body() {
    let server = Server::start(|path, base, number| match path {
        "/token" => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup(&server.url, |config| {
        config.method = MethodChoice::One(AuthMethod::ClientSecretBasic);
    });
    setup.get().await.unwrap();
    let request = server.last();
    assert!(
        request
            .to_ascii_lowercase()
            .contains("authorization: basic ")
    );
    assert!(
        request.ends_with("grant_type=client_credentials&scope=api.read"),
        "{request}"
    );
}

#[tokio::test]
async fn client_33_a_new_jti_for_every_attempt() {
    let server = Server::start(|path, base, number| match (path, number) {
        ("/token", 0) => answer("503 Service Unavailable", "text/plain", "busy"),
        ("/token", _) => token(number, 600),
        _ => metadata(base),
    })
    .await;
    let setup = setup_with(&server.url, Given(None), |_| {});
    setup.get().await.unwrap();
    let assertions: Vec<String> = server
        .requests
        .lock()
        .unwrap()
        .iter()
        .filter_map(|text| Some(text.split_once("client_assertion=")?.1.to_owned()))
        .collect();
    assert_eq!(assertions.len(), 2);
    let jti = |assertion: &str| {
        let token = jeton_oauth::jwt::Unverified::parse(assertion).unwrap();
        assert_eq!(token.claims()["aud"], server.url.as_str());
        token.claims()["jti"].as_str().unwrap().to_owned()
    };
    assert_ne!(jti(&assertions[0]), jti(&assertions[1]));
}
