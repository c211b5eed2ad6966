#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{SqliteStore, migrations};
use crate::client::{ClientDocument, SecretValue};
use crate::config::StoreLocation;
use crate::store::{EntityKind, Store, StoreError};

fn location(folder: &tempfile::TempDir) -> StoreLocation {
    StoreLocation::File(folder.path().join("jeton.db"))
}

#[tokio::test]
async fn a_file_is_made_migrated_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let store = SqliteStore::open(&location(&folder)).await.unwrap();
        store.ping().await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&store.audit)
            .await
            .unwrap();
        assert_eq!(mode, "wal");
        store.close().await;
    }
}

#[tokio::test]
async fn what_is_not_a_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeton.db");
    std::fs::write(&path, "x".repeat(8192)).unwrap();
    assert!(SqliteStore::open(&location(&folder)).await.is_err());
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&location(&folder)).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'newer', 1, x'00', 0)",
    )
    .execute(&store.pool)
    .await
    .unwrap();
    store.close().await;
    let opened = SqliteStore::open(&location(&folder)).await;
    assert!(matches!(opened, Err(StoreError::Migration(_))));
}

/// The schema that kept clients, resources and keys in columns, with a client of each kind in it.
const COLUMNS: &str = "
    INSERT INTO resources VALUES ('https://api.example.com', 'a b', 600, 'ES256'), ('urn:x', NULL, NULL, NULL);
    INSERT INTO clients VALUES
        ('basic', 'It''s \"basic\"', 'client_secret_basic', 'client_credentials', 'a b', '[\"https://api.example.com\"]', '[]',
         900, 1, NULL, NULL, NULL, 0, x'000102030405060708090a0b0c0d0e0f', 64, 1, 3, 1000),
        ('hmac', 'h', 'client_secret_jwt', 'client_credentials', '', '[]', '[]',
         NULL, 0, NULL, 'HS256', 2000, 1500, x'00', 64, 1, 1, 1001),
        ('key', 'k', 'private_key_jwt', 'client_credentials', '', '[]', '[]',
         NULL, 1, '{\"keys\":[]}', NULL, NULL, 0, x'00', 64, 1, 1, 1002);
    INSERT INTO client_secrets (client_id, hash, sealed, created_at, expires_at, last_used_at) VALUES
        ('basic', zeroblob(32), NULL, 1000, 3000, 1234), ('hmac', NULL, x'0102', 1001, NULL, NULL),
        ('basic', zeroblob(32), NULL, 2000, NULL, NULL);
    INSERT INTO signing_keys VALUES ('kid-1', 'ES256', 'current', x'0a0b', 1000, NULL), ('kid-2', 'ES256', 'retiring', x'0c', 900, 5000);
    INSERT INTO audit VALUES (1, 1000, 'token.issued', 'basic', NULL, 'j', '{}', 'l');
    INSERT INTO audit_head VALUES (1, 1, 'l', 'm');
";

#[tokio::test]
async fn a_database_with_columns_becomes_one_with_documents() {
    let folder = tempfile::tempdir().unwrap();
    let old = SqliteStore::connect(&location(&folder)).await.unwrap();
    migrations::up_to(3).run(&old.pool).await.unwrap();
    sqlx::raw_sql(COLUMNS).execute(&old.pool).await.unwrap();
    old.close().await;

    let store = SqliteStore::open(&location(&folder)).await.unwrap();
    let contents = store.load().await.unwrap();
    let ids: Vec<_> = contents
        .entities
        .iter()
        .map(|entity| (entity.kind, entity.id.as_str(), entity.version))
        .collect();
    assert_eq!(
        ids,
        [
            (EntityKind::Client, "basic", 3),
            (EntityKind::Client, "hmac", 1),
            (EntityKind::Client, "key", 1),
            (EntityKind::Resource, "https://api.example.com", 1),
            (EntityKind::Resource, "urn:x", 1),
            (EntityKind::Setting, "signing_keys/ES256", 1),
            (EntityKind::SigningKey, "kid-1", 1),
            (EntityKind::SigningKey, "kid-2", 1),
        ]
    );
    let client = |at: usize| ClientDocument::parse(&contents.entities[at].document).unwrap();
    let basic = client(0);
    assert_eq!(
        (basic.name.as_str(), basic.enabled, basic.lifetime),
        ("It's \"basic\"", true, Some(900))
    );
    assert_eq!(basic.resources, ["https://api.example.com"]);
    let secrets: Vec<_> = basic
        .secrets
        .iter()
        .map(|s| (s.id.as_str(), s.expires_at))
        .collect();
    assert_eq!(secrets, [("1", Some(3000)), ("3", None)]);
    assert_eq!(
        basic.secrets[0].value,
        SecretValue::Argon2id {
            memory_kib: 64,
            passes: 1,
            salt: (0..16).collect(),
            hash: [0; 32],
        }
    );
    let hmac = client(1);
    assert!(!hmac.enabled);
    assert_eq!(
        (hmac.not_before, hmac.endpoint_audience_until),
        (1500, Some(2000))
    );
    assert_eq!(hmac.secrets[0].value, SecretValue::Sealed(vec![1, 2]));
    assert_eq!(client(2).jwks.as_deref(), Some("{\"keys\":[]}"));
    assert!(client(2).secrets.is_empty());
    let used = store
        .uses(vec!["1".to_owned(), "3".to_owned()])
        .await
        .unwrap();
    assert_eq!(used, [("1".to_owned(), 1234)]);
    assert_eq!(store.audit_after(0, 10).await.unwrap().len(), 1);
    let key: serde_json::Value = serde_json::from_str(&contents.entities[7].document).unwrap();
    assert_eq!(
        key,
        serde_json::json!({"algorithm": "ES256", "state": "retiring", "sealed": "0c", "created_at": 900, "retire_at": 5000})
    );
}
