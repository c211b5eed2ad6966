//! Clients with secrets: requirements 7, 8, 10, 13 to 16 and security authority 1, 3, 5, 6.

use super::support::{START, World, config, registration};
use crate::client::{ClientDocument, Registration, SecretValue};
use crate::config::{Config, StoreLocation};
use crate::hex;
use crate::store::{Change, EntityKind};
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

/// Gives `basic` a secret from elsewhere: the text `secret`, by its Argon2id hash.
async fn import_secret(world: &World) -> ClientSecret {
    let store = &world.authority.store;
    let entity = store.entity(EntityKind::Client, "basic").await.unwrap();
    let entity = entity.unwrap();
    let mut document = ClientDocument::parse(&entity.document).unwrap();
    let hash = "a5c97172c6b85f46d9e65bbb572e61de9ec453b55bb96ee91915844f11ee5347";
    document.secrets[0].value = SecretValue::Argon2id {
        memory_kib: 64,
        passes: 1,
        salt: b"somesaltsomesalt".to_vec(),
        hash: hex::decode(hash).unwrap().try_into().unwrap(),
    };
    let change = Change::Update {
        kind: EntityKind::Client,
        id: entity.id,
        version: entity.version,
        document: document.to_text().unwrap(),
    };
    store.commit(vec![change]).await.unwrap();
    world.authority.catch_up().await.unwrap();
    ClientSecret::new("secret")
}

fn without_room_for_slow_hashes() -> Config {
    let mut config = config();
    config.limits.hashes = 1;
    config.limits.hashes_waiting = 0;
    config
}

#[tokio::test]
async fn security_1_a_generated_secret_never_needs_a_slow_hash_be_it_right_wrong_or_nobodys() {
    let world = World::with(without_room_for_slow_hashes()).await;
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    let _shut = world.authority.slow_hashes.shut();
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    for id in ["basic", "nobody", "key"] {
        for secret in [&wrong, &ClientSecret::new("mistyped")] {
            let answer = world.basic(id, secret, &[]).await;
            answer.refused(401, "invalid_client");
        }
    }
}

#[tokio::test]
async fn security_1_an_imported_secret_is_hashed_slowly_once_and_kept_as_a_keyed_hash() {
    let world = World::with(without_room_for_slow_hashes()).await;
    let secret = import_secret(&world).await;
    world
        .basic("basic", &ClientSecret::new("wrong"), &[])
        .await
        .refused(401, "invalid_client");
    let shut = world.authority.slow_hashes.shut();
    let answer = world.basic("basic", &secret, &[]).await;
    let answer = answer.refused(503, "temporarily_unavailable");
    assert_eq!(answer.header("retry-after"), "1");
    drop(shut);
    assert_eq!(
        world.basic("basic", &secret, &[]).await.status,
        StatusCode::OK
    );
    let _shut = world.authority.slow_hashes.shut();
    assert_eq!(
        world.basic("basic", &secret, &[]).await.status,
        StatusCode::OK
    );
    world
        .basic("basic", &ClientSecret::new("wrong"), &[])
        .await
        .refused(401, "invalid_client");
}

#[tokio::test]
async fn security_5_a_flood_on_one_imported_secret_locks_out_nobody_else() {
    let world = World::with(without_room_for_slow_hashes()).await;
    import_secret(&world).await;
    let _shut = world.authority.slow_hashes.shut();
    let answer = world.basic("basic", &ClientSecret::new("wrong"), &[]).await;
    answer.refused(503, "temporarily_unavailable");
    let body = form::encode([
        ("grant_type", "client_credentials"),
        ("client_id", "post"),
        ("client_secret", world.post.expose()),
    ]);
    assert_eq!(world.post(None, &body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_last_use_of_each_secret_is_known_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        store: StoreLocation::File(folder.path().join("jeton.db")),
        ..config()
    };
    let world = World::with(config.clone()).await;
    let new = world.admin.add_secret("basic", 600).await.unwrap();
    world.clock.advance(100);
    assert_eq!(world.basic("basic", &new, &[]).await.status, StatusCode::OK);
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    world.clock.advance(100);
    world.basic("basic", &wrong, &[]).await;
    let secrets = world.admin.secrets("basic").await.unwrap();
    let uses: Vec<_> = secrets.iter().map(|secret| secret.last_used_at).collect();
    assert_eq!(uses, [None, Some(START + 100)]);
    assert_eq!(secrets[0].expires_at, Some(START + 600));
    let again = World::reopen(config, &world).await;
    assert_eq!(again.admin.secrets("basic").await.unwrap(), secrets);
    assert!(world.admin.secrets("nobody").await.is_err());
}

#[tokio::test]
async fn security_6_disabled_and_deleted_are_refused_at_once() {
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
