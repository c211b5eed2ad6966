//! The tokens and their keys: requirements 5, 6, 48 to 54.

use super::support::{API, ISSUER, START, World, config, registration};
use crate::admin::AdminError;
use crate::client::Registration;
use crate::keys::Urgency;
use crate::resource::Resource;
use jeton_oauth::jwt::Unverified;
use jeton_oauth::{Algorithm, AuthMethod};
use serde_json::Value;

fn parsed(answer: &Value) -> Unverified {
    Unverified::parse(answer["access_token"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn server_05_06_the_answer() {
    let world = World::new().await;
    let answer = world.ask(&[]).await;
    let body = answer.json();
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 600);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn server_48_49_50_rfc_9068_header_and_claims() {
    let world = World::new().await;
    let body = world.ask(&[("scope", "api.read")]).await.json();
    let token = parsed(&body);
    assert_eq!(token.header().typ.as_deref(), Some("at+jwt"));
    assert_eq!(token.header().alg, "ES256");
    let kid = token.header().kid.clone().unwrap();
    let key = world.published_key(&kid).await.unwrap();
    let token = token.verify(&[Algorithm::ES256], &key).unwrap();
    let claims = token.claims();
    let mut names: Vec<_> = claims.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "aud",
            "client_id",
            "exp",
            "iat",
            "iss",
            "jti",
            "scope",
            "sub"
        ]
    );
    assert_eq!(claims["iss"], ISSUER);
    assert_eq!(claims["sub"], "basic");
    assert_eq!(claims["client_id"], "basic");
    assert_eq!(claims["aud"], API);
    assert_eq!(claims["iat"], START);
    assert_eq!(claims["exp"], START + 600);
    assert_eq!(claims["scope"], "api.read");
}

#[tokio::test]
async fn every_token_has_a_jti_of_its_own() {
    let world = World::new().await;
    let one = world.ask(&[]).await.claims()["jti"].clone();
    let two = world.ask(&[]).await.claims()["jti"].clone();
    assert_ne!(one, two);
    assert_eq!(one.as_str().unwrap().len(), 22);
}

#[tokio::test]
async fn server_51_the_shortest_of_client_and_resource_lives() {
    let world = World::new().await;
    let client = Registration {
        lifetime: Some(1200),
        ..registration("long", AuthMethod::ClientSecretBasic)
    };
    let secret = world.admin.register(client).await.unwrap().secret.unwrap();
    assert_eq!(
        world.basic("long", &secret, &[]).await.json()["expires_in"],
        1200
    );
    let resource = Resource {
        lifetime: Some(300),
        ..Resource::new(API, None)
    };
    world.admin.put_resource(resource).await.unwrap();
    let answer = world.basic("long", &secret, &[]).await;
    assert_eq!(answer.json()["expires_in"], 300);
    let claims = answer.claims();
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        300
    );
}

#[tokio::test]
async fn server_48_rs256_is_available_for_a_resource_that_wants_it() {
    let mut config = config();
    config.algorithms = vec![Algorithm::ES256, Algorithm::RS256];
    let world = World::with(config).await;
    let resource = Resource {
        algorithm: Some(Algorithm::RS256),
        ..Resource::new(API, None)
    };
    world.admin.put_resource(resource).await.unwrap();
    let body = world.ask(&[]).await.json();
    let token = parsed(&body);
    assert_eq!(token.header().alg, "RS256");
    let key = world
        .published_key(token.header().kid.as_deref().unwrap())
        .await
        .unwrap();
    assert!(token.verify(&[Algorithm::RS256], &key).is_ok());
    let other = world
        .ask(&[("resource", super::support::OTHER)])
        .await
        .json();
    assert_eq!(parsed(&other).header().alg, "ES256");
    let wanted = Resource {
        algorithm: Some(Algorithm::EdDSA),
        ..Resource::new(API, None)
    };
    assert!(world.admin.put_resource(wanted).await.is_err());
}

#[tokio::test]
async fn server_54_the_key_set_has_public_members_unique_names_use_and_alg() {
    let world = World::new().await;
    let answer = world.get("/t1/jwks.json").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    assert_eq!(answer.header("content-type"), "application/json");
    let set = answer.json();
    let keys = set["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0]["kid"], keys[1]["kid"]);
    for key in keys {
        let mut names: Vec<_> = key
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert_eq!(
            (key["use"].as_str(), key["alg"].as_str()),
            (Some("sig"), Some("ES256"))
        );
    }
}

#[tokio::test]
async fn server_54_rotation_never_leaves_a_token_unverifiable() {
    let world = World::new().await;
    let too_soon = world
        .admin
        .rotate_signing_key(Algorithm::ES256, Urgency::Planned)
        .await;
    assert!(matches!(too_soon, Err(AdminError::TooSoon(soon)) if soon.ready_at == START + 300));
    let old = parsed(&world.ask(&[]).await.json())
        .header()
        .kid
        .clone()
        .unwrap();
    world.clock.advance(300);
    let published_before = world.get("/t1/jwks.json").await.text;
    let new = world
        .admin
        .rotate_signing_key(Algorithm::ES256, Urgency::Planned)
        .await
        .unwrap();
    assert!(published_before.contains(&new));
    let signing = parsed(&world.ask(&[]).await.json())
        .header()
        .kid
        .clone()
        .unwrap();
    assert_eq!(signing, new);
    assert_ne!(signing, old);
    world.clock.advance(600);
    assert!(world.published_key(&old).await.is_some());
    world.clock.advance(3000);
    assert!(world.published_key(&old).await.is_none());
}

#[tokio::test]
async fn a_compromised_key_is_published_no_more() {
    let world = World::new().await;
    let old = parsed(&world.ask(&[]).await.json())
        .header()
        .kid
        .clone()
        .unwrap();
    world
        .admin
        .rotate_signing_key(Algorithm::ES256, Urgency::Compromised)
        .await
        .unwrap();
    assert!(world.published_key(&old).await.is_none());
    let rs = world
        .admin
        .rotate_signing_key(Algorithm::RS256, Urgency::Planned)
        .await;
    assert!(rs.is_err());
}

#[tokio::test]
async fn server_52_an_access_token_is_no_client_assertion() {
    let world = World::new().await;
    let body = world.ask(&[]).await.json();
    let token = body["access_token"].as_str().unwrap();
    world
        .assert(token, &[])
        .await
        .refused(401, "invalid_client");
}
