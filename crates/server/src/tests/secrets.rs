//! Clients with secrets: requirements 7, 8, 10, 13 to 16 and security authority 1, 3, 5, 6.

use super::support::{World, config, registration};
use crate::client::Registration;
use http::StatusCode;
use jeton_oauth::{AuthMethod, ClientSecret, basic, form};

#[tokio::test]
async fn server_14_basic_and_post_let_the_right_secret_in() {
    let world = World::new().await;
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    let body = form::encode([
        ("grant_type", "client_credentials"),
        ("client_id", "post"),
        ("client_secret", world.post.expose()),
    ]);
    assert_eq!(world.post(None, &body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn server_07_a_wrong_secret_is_401_with_a_challenge() {
    let world = World::new().await;
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    let answer = world
        .basic("basic", &wrong, &[])
        .await
        .refused(401, "invalid_client");
    assert!(
        answer
            .header("www-authenticate")
            .starts_with("Basic realm=")
    );
}

#[tokio::test]
async fn security_1_unknown_wrong_mistyped_disabled_and_other_method_are_alike_byte_for_byte() {
    let world = World::new().await;
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    let disabled = registration("disabled", AuthMethod::ClientSecretBasic);
    let disabled = world
        .admin
        .register(disabled)
        .await
        .unwrap()
        .secret
        .unwrap();
    world.admin.set_enabled("disabled", false).await.unwrap();

    let answers = [
        world.basic("basic", &wrong, &[]).await,
        world.basic("nobody", &wrong, &[]).await,
        world
            .basic("basic", &ClientSecret::new("mistyped"), &[])
            .await,
        world.basic("nobody", &ClientSecret::new(""), &[]).await,
        world.basic("disabled", &disabled, &[]).await,
        world.basic("post", &world.post, &[]).await,
        world.basic("key", &wrong, &[]).await,
        world.basic("hmac", &world.hmac, &[]).await,
    ];
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.text, answers[0].text);
        assert_eq!(answer.headers, answers[0].headers);
    }
}

#[tokio::test]
async fn security_1_an_unknown_client_and_a_wrong_secret_cost_one_hash_and_a_mistyped_one_none() {
    let mut config = config();
    config.limits.hashes = 1;
    config.limits.hashes_waiting = 0;
    let world = World::with(config).await;
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    world.admin.add_secret("basic", 600).await.unwrap();
    world.admin.add_secret("basic", 600).await.unwrap();
    // with the gate shut, whoever needs a hash is told so: three live secrets, none at all, another method
    let _shut = world.authority.hashes.shut();
    for id in ["basic", "nobody", "key"] {
        let answer = world
            .basic(id, &wrong, &[])
            .await
            .refused(503, "temporarily_unavailable");
        assert_eq!(answer.header("retry-after"), "1");
        world
            .basic(id, &ClientSecret::new("mistyped"), &[])
            .await
            .refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn security_5_a_flood_does_not_lock_out_who_was_right_a_moment_ago() {
    let mut config = config();
    config.limits.hashes = 1;
    config.limits.hashes_waiting = 0;
    let world = World::with(config).await;
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    let shut = world.authority.hashes.shut();
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    world.clock.advance(301);
    world.ask(&[]).await.refused(503, "temporarily_unavailable");
    drop(shut);
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn security_6_disabled_and_deleted_are_refused_at_once_although_the_secret_is_remembered() {
    let world = World::new().await;
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    world.admin.set_enabled("basic", false).await.unwrap();
    world.ask(&[]).await.refused(401, "invalid_client");
    world.admin.set_enabled("basic", true).await.unwrap();
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    world.admin.delete_client("basic").await.unwrap();
    world.ask(&[]).await.refused(401, "invalid_client");
}

#[tokio::test]
async fn server_16_two_secrets_live_side_by_side_until_the_old_one_ends() {
    let world = World::new().await;
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    let new = world.admin.add_secret("basic", 60).await.unwrap();
    assert_ne!(new, world.basic);
    assert_eq!(world.basic("basic", &new, &[]).await.status, StatusCode::OK);
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    world.clock.advance(60);
    world.ask(&[]).await.refused(401, "invalid_client");
    assert_eq!(world.basic("basic", &new, &[]).await.status, StatusCode::OK);
    let newest = world.admin.add_secret("basic", 0).await.unwrap();
    world
        .basic("basic", &new, &[])
        .await
        .refused(401, "invalid_client");
    assert_eq!(
        world.basic("basic", &newest, &[]).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn server_15_id_and_secret_are_decoded_after_the_split() {
    let world = World::new().await;
    let id = "a:b+c%3A/d";
    let client = registration(id, AuthMethod::ClientSecretBasic);
    let secret = world.admin.register(client).await.unwrap().secret.unwrap();
    assert_eq!(world.basic(id, &secret, &[]).await.claims()["sub"], id);
    let raw = basic::encode_raw(id, &secret);
    world
        .post(Some(&raw), "grant_type=client_credentials")
        .await
        .refused(401, "invalid_client");
}

#[tokio::test]
async fn server_13_two_mechanisms_are_refused_even_when_both_are_right() {
    let world = World::new().await;
    let more = [
        ("client_id", "basic"),
        ("client_secret", world.basic.expose()),
    ];
    world.ask(&more).await.refused(400, "invalid_request");
    let assertion = world.signed("", &world.good_claims("key"));
    let more = [
        ("client_assertion_type", super::support::ASSERTION_TYPE),
        ("client_assertion", assertion.as_str()),
    ];
    world.ask(&more).await.refused(400, "invalid_request");
    // and the assertion was not used up by it
    assert_eq!(world.assert(&assertion, &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn server_10_a_public_client_gets_unauthorized_client_and_no_credentials_invalid_client() {
    let world = World::new().await;
    let public = registration("public", AuthMethod::None);
    assert!(world.admin.register(public).await.unwrap().secret.is_none());
    let ask = |id: &str| format!("grant_type=client_credentials&client_id={id}");
    world
        .post(None, &ask("public"))
        .await
        .refused(400, "unauthorized_client");
    for body in [
        ask("basic"),
        ask("key"),
        ask("nobody"),
        "grant_type=client_credentials".into(),
    ] {
        world.post(None, &body).await.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn what_cannot_be_registered_is_refused() {
    let world = World::new().await;
    let with = |change: fn(&mut Registration)| {
        let mut client = registration("new", AuthMethod::ClientSecretBasic);
        change(&mut client);
        world.admin.register(client)
    };
    for (what, result) in [
        ("taken", with(|c| c.id = Some("basic".into())).await),
        ("empty", with(|c| c.id = Some(String::new())).await),
        ("space", with(|c| c.id = Some("a b".into())).await),
        (
            "address",
            with(|c| c.id = Some("https://a.example/c".into())).await,
        ),
        (
            "method",
            with(|c| c.method = AuthMethod::TlsClientAuth).await,
        ),
        (
            "keys for a secret",
            with(|c| c.jwks = Some("{}".into())).await,
        ),
        (
            "no keys",
            with(|c| c.method = AuthMethod::PrivateKeyJwt).await,
        ),
        ("short life", with(|c| c.lifetime = Some(299)).await),
        ("long life", with(|c| c.lifetime = Some(3601)).await),
        (
            "resource",
            with(|c| c.resources.push("https://nowhere.example".into())).await,
        ),
        (
            "default",
            with(|c| c.default_resources = vec![super::support::FOREIGN.into()]).await,
        ),
        (
            "alg",
            with(|c| c.assertion_algorithm = Some(jeton_oauth::Algorithm::ES256)).await,
        ),
    ] {
        assert!(result.is_err(), "{what}");
    }
    assert!(with(|_| ()).await.is_ok());
}
