//! Reading the request: requirements 2, 3, 4, 7, 9, 80 and security authority 3.

use super::support::{World, config};
use axum::body::Body;
use http::{Request, StatusCode};
use jeton_oauth::basic;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn server_02_get_is_405_with_allow() {
    let world = World::new().await;
    let answer = world.get("/t1/token").await.refused(405, "invalid_request");
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(answer.header("cache-control"), "no-store");
    world.get("/token").await.refused(404, "invalid_request");
}

#[tokio::test]
async fn server_02_credentials_in_the_query_are_refused_even_when_right() {
    let world = World::new().await;
    let secret = world.post.expose();
    for query in [
        format!("client_secret={secret}"),
        format!("client%5Fsecret={secret}"),
        "client_assertion=x".to_owned(),
    ] {
        let request = Request::post(format!("/t1/token?{query}"))
            .header("content-type", FORM)
            .body(Body::from(format!(
                "grant_type=client_credentials&client_id=post&client_secret={secret}"
            )))
            .unwrap();
        let answer = world.call(request).await.refused(400, "invalid_request");
        assert!(answer.text.contains("query"));
    }
    assert!(world.lines().iter().all(|line| !line.contains(secret)));
}

#[tokio::test]
async fn server_02_other_parameters_in_the_query_are_not_read() {
    let world = World::new().await;
    let header = basic::encode("basic", &world.basic);
    let request = Request::post("/t1/token?grant_type=client_credentials")
        .header("content-type", FORM)
        .header("authorization", header.as_str())
        .body(Body::empty())
        .unwrap();
    world.call(request).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn security_3_another_content_type_is_415() {
    let world = World::new().await;
    for (content_type, status) in [
        ("application/json", 415),
        ("text/plain", 415),
        ("", 415),
        ("application/x-www-form-urlencoded; charset=utf-8", 200),
    ] {
        let request = Request::post("/t1/token")
            .header("content-type", content_type)
            .header(
                "authorization",
                basic::encode("basic", &world.basic).as_str(),
            )
            .body(Body::from("grant_type=client_credentials"))
            .unwrap();
        let answer = world.call(request).await;
        assert_eq!(answer.status.as_u16(), status, "{content_type}");
    }
}

#[tokio::test]
async fn security_3_a_body_over_64_kib_is_413() {
    let world = World::new().await;
    let body = |length: usize| {
        let start = "grant_type=client_credentials&x=";
        format!("{start}{}", "y".repeat(length - start.len()))
    };
    let header = basic::encode("basic", &world.basic);
    let fits = world.post(Some(&header), &body(64 * 1024)).await;
    assert_eq!(fits.status, StatusCode::OK);
    let answer = world.post(Some(&header), &body(64 * 1024 + 1)).await;
    let answer = answer.refused(413, "invalid_request");
    assert_eq!(answer.header("connection"), "close");
}

#[tokio::test]
async fn a_body_that_never_ends_is_408() {
    let mut config = config();
    config.limits.body_timeout = std::time::Duration::from_millis(10);
    let world = World::with(config).await;
    struct Never;
    impl axum::body::HttpBody for Never {
        type Data = axum::body::Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
            std::task::Poll::Pending
        }
    }
    let request = Request::post("/t1/token")
        .header("content-type", FORM)
        .body(Body::new(Never))
        .unwrap();
    world.call(request).await.refused(408, "invalid_request");
}

#[tokio::test]
async fn server_03_empty_is_absent_and_unknown_is_ignored() {
    let world = World::new().await;
    let absent = world.ask(&[]).await.json()["scope"].clone();
    let empty = world
        .ask(&[("scope", ""), ("resource", ""), ("nobody_knows", "x")])
        .await;
    assert_eq!(empty.json()["scope"], absent);
    let answer = world
        .post(Some(&basic::encode("basic", &world.basic)), "grant_type=")
        .await;
    answer.refused(400, "invalid_request");
}

#[tokio::test]
async fn server_04_a_repeated_parameter_is_refused_except_resource_and_audience() {
    let world = World::new().await;
    let grant = ("grant_type", "client_credentials");
    world.ask(&[grant]).await.refused(400, "invalid_request");
    world
        .ask(&[("scope", "api.read"), ("scope", "api.read")])
        .await
        .refused(400, "invalid_request");
    world
        .ask(&[("scope", ""), ("scope", "")])
        .await
        .refused(400, "invalid_request");
    let two = [
        ("resource", super::support::API),
        ("resource", super::support::OTHER),
    ];
    assert_eq!(world.ask(&two).await.status, StatusCode::OK);
    let two = [
        ("audience", super::support::API),
        ("audience", super::support::OTHER),
    ];
    assert_eq!(world.ask(&two).await.status, StatusCode::OK);
}

#[tokio::test]
async fn wrong_encodings_are_refused() {
    let world = World::new().await;
    let header = basic::encode("basic", &world.basic);
    for body in ["grant_type=%zz", "grant_type=client_credentials&x=%ff"] {
        world
            .post(Some(&header), body)
            .await
            .refused(400, "invalid_request");
    }
}

#[tokio::test]
async fn server_09_reflected_input_is_cleaned() {
    let world = World::new().await;
    let nasty = "\"\\\u{1b}[31m\u{202e}<script>ä\n";
    for more in [
        [("scope", "\u{7f}x")],
        [("resource", nasty)],
        [("audience", nasty)],
    ] {
        let answer = world.ask(&more).await;
        let description = answer.json()["error_description"]
            .as_str()
            .unwrap()
            .to_owned();
        let allowed = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
        assert!(description.chars().all(allowed), "{description:?}");
    }
    let header = basic::encode("basic", &world.basic);
    let answer = world
        .post(Some(&header), "grant_type=%22%5C%1b%5B31m")
        .await;
    let answer = answer.refused(400, "unsupported_grant_type");
    assert!(answer.text.contains("'/?[31m"), "{}", answer.text);
}

#[tokio::test]
async fn server_07_errors_are_json_and_never_cached_and_80_nothing_redirects() {
    let world = World::new().await;
    for answer in [
        world.post(None, "").await,
        world.post(None, "grant_type=client_credentials").await,
        world
            .post(Some("Basic %"), "grant_type=client_credentials")
            .await,
        world.get("/t1/token").await,
        world.get("/t1/token/").await,
        world.get("/t1").await,
    ] {
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.status.is_client_error());
        assert!(answer.headers.get("location").is_none());
    }
}

#[tokio::test]
async fn malformed_basic_and_two_headers_are_invalid_request() {
    let world = World::new().await;
    let body = "grant_type=client_credentials";
    for header in ["Basic", "Basic !!!", "Basic YQ=="] {
        world
            .post(Some(header), body)
            .await
            .refused(400, "invalid_request");
    }
    let header = basic::encode("basic", &world.basic);
    let request = Request::post("/t1/token")
        .header("content-type", FORM)
        .header("authorization", header.as_str())
        .header("authorization", header.as_str())
        .body(Body::from(body))
        .unwrap();
    world.call(request).await.refused(400, "invalid_request");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_is_sent_gets_json_and_no_token(
        authorization in proptest::option::of("[ -~]{0,60}"),
        body in "(grant_type=client_credentials&)?\\PC{0,200}",
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new().await;
            let answer = world.post(authorization.as_deref(), &body).await;
            assert!(answer.status.is_client_error(), "{}", answer.status);
            assert!(!answer.error().is_empty());
            assert!(answer.json().get("access_token").is_none());
        });
    }
}
