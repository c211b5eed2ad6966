//! The keys and algorithms of client assertions: requirement 24 and 25.

use super::support::{World, jwks_of, registration};
use crate::client::Registration;
use http::StatusCode;
use jeton_oauth::{Algorithm, AuthMethod, ClientSecret, PrivateKey, base64url, jwt};
use serde_json::{Value, json};

#[tokio::test]
async fn server_24_none_and_hmac_with_the_public_key_are_impossible() {
    let world = World::new().await;
    let claims = base64url::encode(world.good_claims("key").to_string());
    for alg in ["none", "None", "NONE", "nOnE", "", "es256", "HS256"] {
        let header = base64url::encode(json!({"alg": alg}).to_string());
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{claims}.{signature}");
            world
                .assert(&token, &[])
                .await
                .refused(401, "invalid_client");
        }
    }
    let rsa = PrivateKey::generate(Algorithm::RS256).unwrap();
    let client = Registration {
        jwks: Some(jwks_of(&rsa, None)),
        ..registration("rsa", AuthMethod::PrivateKeyJwt)
    };
    world.admin.register(client).await.unwrap();
    let modulus = ClientSecret::new(rsa.public_jwk().n.unwrap());
    let jwks = ClientSecret::new(jwks_of(&rsa, None));
    for public in [modulus, jwks] {
        let claims = world.good_claims("rsa");
        let confused = jwt::sign_hmac("", &claims, Algorithm::HS256, &public).unwrap();
        world
            .assert(&confused, &[])
            .await
            .refused(401, "invalid_client");
    }
    let good = jwt::sign("", None, &world.good_claims("rsa"), Algorithm::PS256, &rsa).unwrap();
    assert_eq!(world.assert(&good, &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn server_24_a_pinned_algorithm_is_the_only_one() {
    let world = World::new().await;
    let rsa = PrivateKey::generate(Algorithm::RS256).unwrap();
    let client = Registration {
        jwks: Some(jwks_of(&rsa, None)),
        assertion_algorithm: Some(Algorithm::PS256),
        ..registration("rsa", AuthMethod::PrivateKeyJwt)
    };
    world.admin.register(client).await.unwrap();
    for (alg, good) in [
        (Algorithm::PS256, true),
        (Algorithm::RS256, false),
        (Algorithm::PS512, false),
    ] {
        let signed = jwt::sign("", None, &world.good_claims("rsa"), alg, &rsa).unwrap();
        let answer = world.assert(&signed, &[]).await;
        assert_eq!(answer.status == StatusCode::OK, good, "{alg}");
    }
}

#[tokio::test]
async fn server_24_a_key_that_the_token_brings_along_is_ignored() {
    let world = World::new().await;
    let stranger = PrivateKey::generate(Algorithm::ES256).unwrap();
    let header =
        json!({"alg": "ES256", "jwk": stranger.public_jwk(), "jku": "https://evil.example/jwks"});
    let input = format!(
        "{}.{}",
        base64url::encode(header.to_string()),
        base64url::encode(world.good_claims("key").to_string())
    );
    let signature = stranger.sign(Algorithm::ES256, input.as_bytes()).unwrap();
    let token = format!("{input}.{}", base64url::encode(signature));
    world
        .assert(&token, &[])
        .await
        .refused(401, "invalid_client");
}

#[tokio::test]
async fn server_24_the_right_key_of_several_is_found_with_and_without_kid() {
    let world = World::new().await;
    let keys: Vec<_> = (0..3)
        .map(|_| PrivateKey::generate(Algorithm::ES256).unwrap())
        .collect();
    let mut set = Vec::new();
    for (kid, key) in keys.iter().enumerate() {
        let mut jwk = key.public_jwk();
        jwk.kid = Some(format!("k{kid}"));
        set.push(jwk);
    }
    let client = Registration {
        jwks: Some(json!({ "keys": set }).to_string()),
        ..registration("several", AuthMethod::PrivateKeyJwt)
    };
    world.admin.register(client).await.unwrap();
    for (kid, good) in [
        (Some("k2"), true),
        (None, true),
        (Some("k1"), false),
        (Some("../k2"), false),
    ] {
        let claims = world.good_claims("several");
        let signed = jwt::sign("", kid, &claims, Algorithm::ES256, &keys[2]).unwrap();
        let answer = world.assert(&signed, &[]).await;
        assert_eq!(answer.status == StatusCode::OK, good, "{kid:?}");
    }
}

#[tokio::test]
async fn key_sets_that_cannot_be_used_are_not_registered() {
    let world = World::new().await;
    let key = PrivateKey::generate(Algorithm::ES256).unwrap();
    let public = serde_json::to_value(key.public_jwk()).unwrap();
    let with = |name: &str, value: Value| {
        let mut jwk = public.clone();
        jwk[name] = value;
        json!({ "keys": [jwk] })
    };
    for (what, set) in [
        ("empty", json!({"keys": []})),
        ("no set", json!([])),
        ("private", with("d", json!("AAAA"))),
        ("for encryption", with("use", json!("enc"))),
        ("off the curve", with("x", public["y"].clone())),
        ("symmetric", json!({"keys": [{"kty": "oct", "k": "AAAA"}]})),
        ("no key", json!({"keys": [1]})),
        ("too many", json!({"keys": vec![public.clone(); 17]})),
    ] {
        let client = Registration {
            jwks: Some(set.to_string()),
            ..registration("new", AuthMethod::PrivateKeyJwt)
        };
        assert!(world.admin.register(client).await.is_err(), "{what}");
    }
    let mut named = public.clone();
    named["kid"] = json!("same");
    let client = Registration {
        jwks: Some(json!({"keys": [named, named]}).to_string()),
        ..registration("new", AuthMethod::PrivateKeyJwt)
    };
    assert!(world.admin.register(client).await.is_err());
}
