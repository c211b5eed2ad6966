//! What an authority does not start with.

use crate::support::{Lines, config};
use jeton_oauth::Algorithm;
use jeton_server::{Server, StartError, SystemClock};
use std::sync::Arc;

#[tokio::test]
async fn server_01_http_is_for_loopback_or_behind_a_proxy_alone() {
    let open = |issuer: &'static str, address: &'static str, behind_proxy| async move {
        let listener = std::net::TcpListener::bind(address).unwrap();
        let mut config = config(issuer);
        config.behind_proxy = behind_proxy;
        let clock = Arc::new(SystemClock::new());
        Server::new(config, listener, clock, Arc::new(Lines::default()))
            .await
            .err()
    };
    let refused = open("https://a.example", "0.0.0.0:0", false).await;
    assert!(matches!(refused, Some(StartError::NotLoopback(_))));
    let refused = open("http://localhost", "0.0.0.0:0", true).await;
    assert!(matches!(refused, Some(StartError::IssuerNotHttps)));
    assert!(open("https://a.example", "0.0.0.0:0", true).await.is_none());
    assert!(
        open("https://a.example", "127.0.0.1:0", false)
            .await
            .is_none()
    );
    assert!(
        open("http://localhost", "127.0.0.1:0", false)
            .await
            .is_none()
    );
}

#[tokio::test]
async fn algorithms_that_sign_nothing_are_refused() {
    for algorithms in [vec![], vec![Algorithm::HS256], vec![Algorithm::ES256; 2]] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut config = config("http://localhost");
        config.algorithms = algorithms;
        let clock = Arc::new(SystemClock::new());
        let refused = Server::new(config, listener, clock, Arc::new(Lines::default())).await;
        assert!(matches!(refused.err(), Some(StartError::Algorithms)));
    }
}
