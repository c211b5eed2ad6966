//! What holds for every request: security authority 14 and 16.

use super::support::{World, config};
use crate::routes::guard;
use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use http::{Request, StatusCode};
use std::sync::Arc;
use tower_service::Service;

async fn panicking() -> &'static str {
    panic!("on purpose")
}

#[tokio::test]
async fn security_14_a_panic_ends_its_request_and_not_the_authority() {
    let world = World::new().await;
    let mut router = Router::new()
        .route("/panics", get(panicking))
        .route("/works", get(async || "works"))
        .layer(from_fn_with_state(Arc::clone(&world.authority), guard));
    let mut call = async |path: &str| {
        let request = Request::get(path).header("host", "a");
        let request = request.body(Body::empty()).unwrap();
        router.call(request).await.unwrap()
    };
    let response = call("/panics").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(call("/works").await.status(), StatusCode::OK);
    assert!(world.lines().iter().any(|line| line.contains("panicked")));
}

#[tokio::test]
async fn security_16_hsts_is_sent_where_a_proxy_ends_tls() {
    let mut config = config();
    config.behind_proxy = true;
    let world = World::with(config).await;
    let answer = world.get("/healthz").await;
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
}
