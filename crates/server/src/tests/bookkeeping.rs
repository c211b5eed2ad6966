//! Audit, log, store and what outlives a restart: requirement 82 and security authority 6, 7, 8, 9.

use super::support::{World, config};
use crate::audit::{AuditDamage, AuditError};
use crate::authority::{Authority, OpenError};
use crate::config::{Config, StoreLocation};
use crate::keys::MasterKey;
use http::StatusCode;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;
use std::sync::Arc;

fn stored(folder: &Path, key: &MasterKey) -> Config {
    Config {
        store: StoreLocation::File(folder.join("jeton.db")),
        master_key: key.clone(),
        ..config()
    }
}

/// What somebody does who has the database and not the key.
async fn tamper(folder: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(folder.join("jeton.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn server_82_every_decision_is_written_down_before_it_is_answered() {
    let world = World::new().await;
    let before = world.admin.verify_audit().await.unwrap();
    let jti = world.ask(&[]).await.claims()["jti"].clone();
    world
        .ask(&[("scope", "admin")])
        .await
        .refused(400, "invalid_scope");
    world.post(None, "").await.refused(400, "invalid_request");
    let records = world.authority.store.audit_after(before, 10).await.unwrap();
    let told: Vec<_> = records
        .iter()
        .map(|r| (r.event.as_str(), r.client.as_deref(), r.detail.as_str()))
        .collect();
    assert_eq!(told.len(), 3);
    assert_eq!((told[0].0, told[0].1), ("token.issued", Some("basic")));
    assert_eq!(records[0].jti.as_deref(), jti.as_str());
    assert_eq!((told[1].0, told[1].1), ("token.refused", Some("basic")));
    assert!(told[1].2.contains("invalid_scope"));
    assert_eq!((told[2].0, told[2].1), ("token.refused", None));
    assert_eq!(world.admin.verify_audit().await.unwrap(), before + 3);
}

#[tokio::test]
async fn server_82_the_record_says_where_the_request_came_from() {
    let world = World::new().await;
    let before = world.admin.verify_audit().await.unwrap();
    let request = http::Request::post("/t1/token")
        .extension(crate::routes::PeerAddress(
            "192.0.2.7:5000".parse().unwrap(),
        ))
        .body(axum::body::Body::empty())
        .unwrap();
    world.call(request).await.refused(415, "invalid_request");
    let records = world.authority.store.audit_after(before, 10).await.unwrap();
    assert_eq!(records[0].address.as_deref(), Some("192.0.2.7"));
}

#[tokio::test]
async fn server_82_the_reason_is_in_the_audit_log_and_not_in_the_answer() {
    let world = World::new().await;
    let before = world.admin.verify_audit().await.unwrap();
    let wrong = crate::secrets::generate(&world.authority.random).unwrap();
    let answer = world.basic("basic", &wrong, &[]).await;
    assert!(!answer.text.contains("wrong"));
    world.basic("nobody", &wrong, &[]).await;
    let records = world.authority.store.audit_after(before, 10).await.unwrap();
    assert!(records[0].detail.contains("wrong secret"));
    assert!(records[1].detail.contains("unknown client"));
}

#[tokio::test]
async fn server_82_no_token_secret_or_assertion_is_in_audit_log_or_database() {
    let folder = tempfile::tempdir().unwrap();
    let key = MasterKey::generate().unwrap();
    let world = World::with(stored(folder.path(), &key)).await;
    let assertion = world.signed("", &world.good_claims("key"));
    let mut canaries = vec![
        world.basic.expose().to_owned(),
        world.hmac.expose().to_owned(),
        assertion.clone(),
        key.to_text().to_string(),
        "mistyped-canary".to_owned(),
    ];
    for answer in [world.ask(&[]).await, world.assert(&assertion, &[]).await] {
        canaries.push(answer.json()["access_token"].as_str().unwrap().to_owned());
    }
    // a secret where the name belongs, and where nobody expects it
    world.basic("mistyped-canary", &world.basic, &[]).await;
    world.ask(&[("scope", "mistyped-canary")]).await;
    world
        .ask(&[("resource", "https://mistyped-canary.example")])
        .await;
    let header = jeton_oauth::basic::encode("basic", &world.basic);
    world
        .post(
            Some(&header),
            "grant_type=mistyped-canary&mistyped-canary=1&mistyped-canary=2",
        )
        .await;
    world.authority.store.close().await;

    let mut kept = world.lines().join("\n").into_bytes();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        kept.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    for canary in &canaries {
        let found = kept
            .windows(canary.len())
            .any(|window| window == canary.as_bytes());
        assert!(!found, "{canary}");
    }
}

#[tokio::test]
async fn security_8_an_edited_removed_or_cut_off_record_is_found() {
    for (sql, found) in [
        (
            "UPDATE audit SET client = 'key' WHERE seq = 3",
            AuditDamage::Changed(3),
        ),
        (
            "UPDATE audit SET at = at + 1 WHERE seq = 1",
            AuditDamage::Changed(1),
        ),
        ("DELETE FROM audit WHERE seq = 2", AuditDamage::Missing(2)),
        ("DELETE FROM audit WHERE seq > 3", AuditDamage::Missing(4)),
        ("DELETE FROM audit", AuditDamage::Missing(1)),
        ("UPDATE audit_head SET seq = 3", AuditDamage::Head),
        ("DELETE FROM audit_head", AuditDamage::Head),
        (
            "INSERT INTO audit (seq, at, event, detail, link) VALUES (99, 1, 'x', '{}', 'x')",
            AuditDamage::Head,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::generate().unwrap();
        let world = World::with(stored(folder.path(), &key)).await;
        assert!(world.admin.verify_audit().await.unwrap() > 4);
        tamper(folder.path(), sql).await;
        let result = world.admin.verify_audit().await;
        match result {
            Err(AuditError::Damage(damage)) => assert_eq!(damage, found, "{sql}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn security_8_an_audit_log_that_was_wiped_is_no_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = stored(folder.path(), &MasterKey::generate().unwrap());
    let world = World::with(config.clone()).await;
    tamper(folder.path(), "DELETE FROM audit").await;
    tamper(folder.path(), "DELETE FROM audit_head").await;
    let opened = Authority::open(config, world.clock.clone(), world.log.clone()).await;
    assert!(matches!(
        opened,
        Err(OpenError::Audit(AuditError::Damage(AuditDamage::Head)))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_are_written_in_groups_and_none_is_lost() {
    let world = Arc::new(World::new().await);
    let before = world.admin.verify_audit().await.unwrap();
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { world.ask(&[]).await.status })
        })
        .collect();
    let mut issued = 0;
    for task in tasks {
        issued += i64::from(task.await.unwrap() == StatusCode::OK);
    }
    assert!(issued > 0);
    assert_eq!(world.admin.verify_audit().await.unwrap(), before + 200);
}

#[tokio::test]
async fn security_9_no_answer_without_its_record() {
    let world = World::new().await;
    assert_eq!(world.ask(&[]).await.status, StatusCode::OK);
    world.authority.store.close().await;
    let answer = world.ask(&[]).await.refused(500, "server_error");
    assert!(!answer.text.contains("access_token"));
    assert!(
        world
            .lines()
            .iter()
            .any(|line| line.contains("audit record could not be written"))
    );
}

#[tokio::test]
async fn what_was_registered_outlives_a_restart_and_the_audit_chain_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let key = MasterKey::generate().unwrap();
    let config = stored(folder.path(), &key);
    let world = World::with(config.clone()).await;
    let published = world.get("/t1/jwks.json").await.text;
    let records = world.admin.verify_audit().await.unwrap();
    let (basic, hmac) = (world.basic.clone(), world.hmac.clone());
    world.admin.set_enabled("post", false).await.unwrap();
    // as after a kill: nothing is closed
    let again = World::reopen(config, &world).await;
    assert_eq!(again.get("/t1/jwks.json").await.text, published);
    assert_eq!(
        again.basic("basic", &basic, &[]).await.status,
        StatusCode::OK
    );
    let claims = again.good_claims("hmac");
    let signed =
        jeton_oauth::jwt::sign_hmac("", &claims, jeton_oauth::Algorithm::HS256, &hmac).unwrap();
    assert_eq!(again.assert(&signed, &[]).await.status, StatusCode::OK);
    assert!(
        again
            .admin
            .clients()
            .iter()
            .any(|c| c.client_id == "post" && !c.enabled)
    );
    assert_eq!(again.admin.verify_audit().await.unwrap(), records + 3);
}

#[tokio::test]
async fn security_7_a_stolen_database_opens_nothing_under_another_master_key() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(stored(folder.path(), &MasterKey::generate().unwrap())).await;
    world.authority.store.close().await;
    let other = stored(folder.path(), &MasterKey::generate().unwrap());
    let opened = Authority::open(other, world.clock.clone(), world.log.clone()).await;
    assert!(opened.is_err());
}

#[tokio::test]
async fn one_line_for_each_request() {
    let world = World::new().await;
    world.ask(&[]).await;
    world.ask(&[("scope", "admin")]).await;
    world
        .get(
            "/nothing\u{7f}here?client_secret=canary"
                .replace('\u{7f}', "%7f")
                .as_str(),
        )
        .await;
    let lines = world.lines();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0],
        "POST /t1/token client=basic status=200 outcome=issued duration_ms=0.0"
    );
    assert_eq!(
        lines[1],
        "POST /t1/token client=basic status=400 outcome=invalid_scope duration_ms=0.0"
    );
    assert!(lines[2].starts_with("GET /nothing%7fhere status=404"));
}

#[tokio::test]
async fn a_client_that_cannot_be_read_is_refused_and_the_others_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let key = MasterKey::generate().unwrap();
    let config = stored(folder.path(), &key);
    let world = World::with(config.clone()).await;
    tamper(
        folder.path(),
        "UPDATE entities SET document = json_set(document, '$.method', 'odd') WHERE id = 'post'",
    )
    .await;
    let again = World::reopen(config, &world).await;
    assert!(
        again
            .lines()
            .iter()
            .any(|line| line.contains("cannot be read") && line.contains("id=post"))
    );
    assert_eq!(
        again.basic("basic", &world.basic, &[]).await.status,
        StatusCode::OK
    );
    assert!(
        !again
            .admin
            .clients()
            .iter()
            .any(|client| client.client_id == "post")
    );
}
