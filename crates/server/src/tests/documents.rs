//! Metadata and health: requirements 63 to 66.

use super::support::{ISSUER, World, config};
use http::StatusCode;
use jeton_oauth::{Issuer, Metadata};

#[tokio::test]
async fn server_63_one_document_in_three_shapes() {
    let world = World::new().await;
    let shapes = [
        "/.well-known/oauth-authorization-server/t1",
        "/.well-known/openid-configuration/t1",
        "/t1/.well-known/openid-configuration",
    ];
    let first = world.get(shapes[0]).await;
    for shape in shapes {
        let answer = world.get(shape).await;
        assert_eq!(answer.status, StatusCode::OK, "{shape}");
        assert_eq!(answer.text, first.text);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
    }
    let root = world.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(root.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn server_63_an_issuer_without_path_or_with_a_slash_works_too() {
    for issuer in ["https://auth.example.com", "https://auth.example.com/"] {
        let mut config = config();
        config.issuer = Issuer::parse(issuer).unwrap();
        let world = World::with(config).await;
        for shape in [
            "/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration",
        ] {
            let document = world.get(shape).await.json();
            assert_eq!(document["issuer"], issuer);
            assert_eq!(document["token_endpoint"], "https://auth.example.com/token");
        }
        assert_eq!(world.get("/jwks.json").await.status, StatusCode::OK);
        assert_eq!(
            world.get("/token").await.status,
            StatusCode::METHOD_NOT_ALLOWED
        );
    }
}

#[tokio::test]
async fn server_64_65_66_only_truths() {
    let world = World::new().await;
    let answer = world.get("/t1/.well-known/openid-configuration").await;
    let metadata = Metadata::parse(answer.text.as_bytes()).unwrap();
    assert_eq!(metadata.issuer, ISSUER);
    assert_eq!(metadata.token_endpoint.unwrap(), format!("{ISSUER}/token"));
    assert_eq!(metadata.jwks_uri.unwrap(), format!("{ISSUER}/jwks.json"));
    assert_eq!(
        metadata.grant_types_supported.unwrap(),
        ["client_credentials"]
    );
    assert_eq!(
        metadata.token_endpoint_auth_methods_supported.unwrap(),
        [
            "private_key_jwt",
            "client_secret_basic",
            "client_secret_post",
            "client_secret_jwt"
        ]
    );
    let algs = metadata
        .token_endpoint_auth_signing_alg_values_supported
        .unwrap();
    assert!(algs.iter().any(|alg| alg == "ES256") && !algs.iter().any(|alg| alg == "none"));
    assert_eq!(
        metadata.scopes_supported.unwrap(),
        ["api.read", "api.write", "other.read"]
    );
    // nothing is announced that is not here, and nothing is empty
    let mut names: Vec<_> = answer.json().as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "grant_types_supported",
            "issuer",
            "jwks_uri",
            "scopes_supported",
            "token_endpoint",
            "token_endpoint_auth_methods_supported",
            "token_endpoint_auth_signing_alg_values_supported",
        ]
    );
}

#[tokio::test]
async fn documents_are_for_get_and_head() {
    let world = World::new().await;
    for path in [
        "/t1/jwks.json",
        "/healthz",
        "/t1/.well-known/openid-configuration",
    ] {
        let request = |method: &str| {
            http::Request::builder()
                .method(method)
                .uri(path)
                .body(axum::body::Body::empty())
                .unwrap()
        };
        assert_eq!(world.call(request("HEAD")).await.status, StatusCode::OK);
        let answer = world
            .call(request("POST"))
            .await
            .refused(405, "invalid_request");
        assert_eq!(answer.header("allow"), "GET,HEAD");
    }
}

#[tokio::test]
async fn health_asks_the_store() {
    let world = World::new().await;
    assert_eq!(world.get("/healthz").await.json()["status"], "ok");
    world.authority.store.close().await;
    let answer = world.get("/healthz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}
