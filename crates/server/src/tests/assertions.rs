//! Client assertions: requirements 18 to 23, 26, 81 and security authority 2.

use super::support::{ASSERTION_TYPE, ISSUER, World, config};
use crate::clock::Clock;
use crate::config::{Config, StoreLocation};
use http::StatusCode;
use jeton_oauth::{Algorithm, PrivateKey, base64url, jwt};
use serde_json::{Value, json};
use std::sync::Arc;

#[tokio::test]
async fn private_key_jwt_and_client_secret_jwt_let_a_good_assertion_in() {
    let world = World::new().await;
    assert_eq!(world.assert_changed(|_| ()).await.status, StatusCode::OK);
    for alg in [Algorithm::HS256, Algorithm::HS384] {
        let claims = world.good_claims("hmac");
        let signed = jwt::sign_hmac("", &claims, alg, &world.hmac).unwrap();
        assert_eq!(world.assert(&signed, &[]).await.status, StatusCode::OK);
    }
}

/// What is done to good claims.
type Change = fn(&mut Value);

#[tokio::test]
async fn server_18_each_claim_rule_broken_once() {
    let world = World::new().await;
    let broken: [(&str, Change); 12] = [
        ("iss of another", |c| c["iss"] = json!("basic")),
        ("no iss", |c| remove(c, "iss")),
        ("sub of another", |c| c["sub"] = json!("hmac")),
        ("sub of nobody", |c| c["sub"] = json!("nobody")),
        ("no sub", |c| remove(c, "sub")),
        ("no exp", |c| remove(c, "exp")),
        ("exp as text", |c| c["exp"] = json!("9999999999")),
        ("exp null", |c| c["exp"] = Value::Null),
        ("no jti", |c| remove(c, "jti")),
        ("empty jti", |c| c["jti"] = json!("")),
        ("jti as number", |c| c["jti"] = json!(1)),
        ("nbf as text", |c| c["nbf"] = json!("0")),
    ];
    for (what, change) in broken {
        let answer = world.assert_changed(change).await;
        assert_eq!(answer.error(), "invalid_client", "{what}");
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
    }
}

fn remove(claims: &mut Value, name: &str) {
    claims.as_object_mut().unwrap().remove(name);
}

#[tokio::test]
async fn server_19_aud_is_the_issuer_alone() {
    let world = World::new().await;
    for good in [json!(ISSUER), json!([ISSUER])] {
        let answer = world.assert_changed(|c| c["aud"] = good).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    for bad in [
        json!(format!("{ISSUER}/token")),
        json!(format!("{ISSUER}/")),
        json!("https://AUTH.example.com/t1"),
        json!([ISSUER, "https://elsewhere.example"]),
        json!([ISSUER, ISSUER]),
        json!([]),
        json!([1]),
        Value::Null,
        json!({"a": ISSUER}),
    ] {
        let answer = world.assert_changed(|c| c["aud"] = bad.clone()).await;
        assert_eq!(answer.error(), "invalid_client", "{bad}");
    }
}

#[tokio::test]
async fn server_20_the_token_endpoint_as_audience_is_a_leave_for_one_client_and_a_time() {
    let world = World::new().await;
    let endpoint = json!(format!("{ISSUER}/token"));
    let until = world.clock.now() + 100;
    world
        .admin
        .accept_token_endpoint_audience("key", Some(until))
        .await
        .unwrap();
    let ask = || world.assert_changed(|c| c["aud"] = endpoint.clone());
    assert_eq!(ask().await.status, StatusCode::OK);
    assert!(
        world
            .lines()
            .iter()
            .any(|line| line.contains("token endpoint as audience client=key"))
    );
    let both = world
        .assert_changed(|c| c["aud"] = json!([ISSUER, endpoint]))
        .await;
    both.refused(401, "invalid_client");
    world.clock.advance(100);
    ask().await.refused(401, "invalid_client");
}

#[tokio::test]
async fn server_21_a_type_made_for_something_else_is_refused() {
    let world = World::new().await;
    for (typ, good) in [
        ("", true),
        ("JWT", true),
        ("jwt", true),
        ("client-authentication+jwt", true),
        ("application/client-authentication+jwt", true),
        ("at+jwt", false),
        ("dpop+jwt", false),
        ("oauth-id-jag+jwt", false),
        ("token-introspection+jwt", false),
        ("secevent+jwt", false),
    ] {
        let assertion = world.signed(typ, &world.good_claims("key"));
        let answer = world.assert(&assertion, &[]).await;
        assert_eq!(answer.status == StatusCode::OK, good, "{typ:?}");
    }
}

#[tokio::test]
async fn server_22_times_ahead_past_and_far() {
    let world = World::new().await;
    let now = world.clock.now();
    let cases: [(&str, Value, bool); 14] = [
        ("iat 10 s ahead", json!({"iat": now + 10}), true),
        (
            "iat 61 s ahead",
            json!({"iat": now + 61, "exp": now + 100}),
            false,
        ),
        ("nbf 10 s ahead", json!({"nbf": now + 10}), true),
        ("nbf 61 s ahead", json!({"nbf": now + 61}), false),
        (
            "exp just past",
            json!({"iat": now - 60, "exp": now - 5}),
            true,
        ),
        (
            "exp 5 minutes past",
            json!({"iat": now - 400, "exp": now - 300}),
            false,
        ),
        ("five minutes of life", json!({"exp": now + 300}), true),
        ("an hour of life", json!({"exp": now + 3600}), false),
        (
            "an hour, nearly over",
            json!({"iat": now - 3590, "exp": now + 10}),
            false,
        ),
        (
            "an hour without iat",
            json!({"iat": null, "exp": now + 3600}),
            false,
        ),
        (
            "exp with a fraction",
            json!({"exp": now as f64 + 59.5}),
            true,
        ),
        ("exp beyond all time", json!({"exp": 1e300}), false),
        ("exp before all time", json!({"exp": -1e300}), false),
        ("iat beyond all time", json!({"iat": 1e300}), false),
    ];
    for (what, times, good) in cases {
        let answer = world
            .assert_changed(|claims| {
                for (name, value) in times.as_object().unwrap() {
                    if value.is_null() {
                        remove(claims, name);
                    } else {
                        claims[name] = value.clone();
                    }
                }
            })
            .await;
        assert_eq!(
            answer.status == StatusCode::OK,
            good,
            "{what}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn server_23_the_same_assertion_twice() {
    let world = World::new().await;
    let assertion = world.signed("", &world.good_claims("key"));
    assert_eq!(world.assert(&assertion, &[]).await.status, StatusCode::OK);
    world
        .assert(&assertion, &[])
        .await
        .refused(401, "invalid_client");
    // until it has ended by itself
    world.clock.advance(60 + 29);
    world
        .assert(&assertion, &[])
        .await
        .refused(401, "invalid_client");
    world.clock.advance(2);
    world
        .assert(&assertion, &[])
        .await
        .refused(401, "invalid_client");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn security_2_of_the_same_assertion_at_once_one_wins() {
    let world = Arc::new(World::new().await);
    let assertion = world.signed("", &world.good_claims("key"));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (world, assertion) = (Arc::clone(&world), assertion.clone());
            tokio::spawn(async move { world.assert(&assertion, &[]).await.status })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap() == StatusCode::OK);
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn security_2_whoever_has_not_the_key_cannot_use_a_jti_up() {
    let world = World::new().await;
    let claims = world.good_claims("key");
    let stranger = PrivateKey::generate(Algorithm::ES256).unwrap();
    let forged = jwt::sign("", Some("k1"), &claims, Algorithm::ES256, &stranger).unwrap();
    world
        .assert(&forged, &[])
        .await
        .refused(401, "invalid_client");
    let mut late = claims.clone();
    late["exp"] = json!(1);
    let late = world.signed("", &late);
    world
        .assert(&late, &[])
        .await
        .refused(401, "invalid_client");
    let good = world.signed("", &claims);
    world
        .assert(&good, &[("client_id", "basic")])
        .await
        .refused(401, "invalid_client");
    assert_eq!(world.assert(&good, &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn server_23_a_full_memory_refuses_with_503() {
    let mut config = config();
    config.assertions.remembered = 1;
    let world = World::with(config).await;
    assert_eq!(world.assert_changed(|_| ()).await.status, StatusCode::OK);
    let answer = world
        .assert_changed(|_| ())
        .await
        .refused(503, "temporarily_unavailable");
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn server_26_a_client_id_beside_the_assertion_is_its_subject() {
    let world = World::new().await;
    let signed = || world.signed("", &world.good_claims("key"));
    assert_eq!(
        world
            .assert(&signed(), &[("client_id", "key")])
            .await
            .status,
        StatusCode::OK
    );
    let answer = world.assert(&signed(), &[("client_id", "basic")]).await;
    answer.refused(401, "invalid_client");
}

#[tokio::test]
async fn an_assertion_of_a_client_with_another_method_is_refused() {
    let world = World::new().await;
    let mut claims = world.good_claims("basic");
    let signed = jwt::sign_hmac("", &claims, Algorithm::HS256, &world.basic).unwrap();
    world
        .assert(&signed, &[])
        .await
        .refused(401, "invalid_client");
    claims["iss"] = json!("hmac");
    claims["sub"] = json!("hmac");
    let signed = world.signed("", &claims);
    world
        .assert(&signed, &[])
        .await
        .refused(401, "invalid_client");
    let body = jeton_oauth::form::encode([
        ("grant_type", "client_credentials"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", "not.a.jwt"),
    ]);
    world.post(None, &body).await.refused(401, "invalid_client");
}

#[tokio::test]
async fn server_81_repeated_members_and_crit_are_refused() {
    let world = World::new().await;
    let good = world.good_claims("key").to_string();
    let doubled = good.replacen('{', "{\"sub\":\"basic\",", 1);
    for (header, claims) in [
        (json!({"alg": "ES256"}).to_string(), doubled),
        (
            json!({"alg": "ES256", "crit": ["exp"]}).to_string(),
            good.clone(),
        ),
        ("{\"alg\":\"none\",\"alg\":\"ES256\"}".to_owned(), good),
    ] {
        let input = format!(
            "{}.{}",
            base64url::encode(header),
            base64url::encode(claims)
        );
        let signature = world.key.sign(Algorithm::ES256, input.as_bytes()).unwrap();
        let token = format!("{input}.{}", base64url::encode(signature));
        world
            .assert(&token, &[])
            .await
            .refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn security_6_disabled_rotated_out_and_revoked_assertions_are_refused() {
    let world = World::new().await;
    world.admin.set_enabled("key", false).await.unwrap();
    world
        .assert_changed(|_| ())
        .await
        .refused(401, "invalid_client");
    world.admin.set_enabled("key", true).await.unwrap();

    let (before, mut without_iat) = (world.good_claims("key"), world.good_claims("key"));
    remove(&mut without_iat, "iat");
    world.clock.advance(5);
    world.admin.revoke_before_now("key").await.unwrap();
    for old in [before, without_iat] {
        let old = world.signed("", &old);
        world.assert(&old, &[]).await.refused(401, "invalid_client");
    }
    assert_eq!(world.assert_changed(|_| ()).await.status, StatusCode::OK);

    let sign =
        |secret| jwt::sign_hmac("", &world.good_claims("hmac"), Algorithm::HS256, secret).unwrap();
    let new = world.admin.add_secret("hmac", 60).await.unwrap();
    assert_eq!(
        world.assert(&sign(&world.hmac), &[]).await.status,
        StatusCode::OK
    );
    assert_eq!(world.assert(&sign(&new), &[]).await.status, StatusCode::OK);
    world.clock.advance(60);
    world
        .assert(&sign(&world.hmac), &[])
        .await
        .refused(401, "invalid_client");
    assert_eq!(world.assert(&sign(&new), &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn security_15_a_restart_forgets_no_used_jti() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        store: StoreLocation::File(folder.path().join("jeton.db")),
        ..config()
    };
    let world = World::with(config.clone()).await;
    let issued = world.signed("", &world.good_claims("key"));
    assert_eq!(world.assert(&issued, &[]).await.status, StatusCode::OK);
    // used up, although no token was issued for it
    let refused = world.signed("", &world.good_claims("key"));
    world
        .assert(&refused, &[("scope", "admin")])
        .await
        .refused(400, "invalid_scope");
    // as after a kill: nothing is closed
    let again = World::reopen(config, &world).await;
    for assertion in [&issued, &refused] {
        again
            .assert(assertion, &[])
            .await
            .refused(401, "invalid_client");
    }
    let new = again.signed("", &again.good_claims("key"));
    assert_eq!(again.assert(&new, &[]).await.status, StatusCode::OK);
    again.clock.advance(600);
    again.authority.forget_ended().await;
    assert!(again.authority.store.used_jtis(0).await.unwrap().is_empty());
}
