//! The data folder: made once, for its owner and for one process.

use crate::support::{Lines, config};
use jeton_oauth::AuthMethod;
use jeton_server::{DataDir, Server, SystemClock};
use std::sync::Arc;

async fn on(data: &DataDir) -> Server {
    on_issuer(data, "https://auth.example.com").await
}

async fn on_issuer(data: &DataDir, issuer: &str) -> Server {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = config(issuer);
    config.store = data.store();
    config.master_key = data.master_key.clone();
    Server::new(
        config,
        listener,
        Arc::new(SystemClock::new()),
        Arc::new(Lines::default()),
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_data_folder_is_made_once_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let first = DataDir::open(&path).unwrap();
    assert!(first.first_start);
    let server = on(&first).await;
    let access = first.admin_access(&server.admin()).await.unwrap();
    assert_eq!(access.resource, "https://auth.example.com/admin/v1");
    let pem = std::fs::read_to_string(&access.private_key_file).unwrap();
    server.run(async {}).await;

    // one process at a time
    let error = DataDir::open(&path).unwrap_err().to_string();
    assert!(error.contains("another process"), "{error}");
    let master_key = first.master_key.to_text();
    drop(first);
    let again = DataDir::open(&path).unwrap();
    assert!(!again.first_start);
    assert_eq!(*again.master_key.to_text(), *master_key);
    let server = on(&again).await;
    let access = again.admin_access(&server.admin()).await.unwrap();
    assert_eq!(
        std::fs::read_to_string(&access.private_key_file).unwrap(),
        pem
    );
    let clients = server.admin().clients();
    assert_eq!(clients.len(), 1);
    assert_eq!(clients[0].method, AuthMethod::PrivateKeyJwt);
    server.run(async {}).await;

    // whoever owns the folder can have a new key
    std::fs::remove_file(&access.private_key_file).unwrap();
    let server = on(&again).await;
    again.admin_access(&server.admin()).await.unwrap();
    assert_ne!(
        std::fs::read_to_string(&access.private_key_file).unwrap(),
        pem
    );
    assert_eq!(server.admin().clients().len(), 1);
    server.run(async {}).await;

    // another issuer has its administration elsewhere
    let moved = on_issuer(&again, "https://auth.example.org").await;
    let access = again.admin_access(&moved.admin()).await.unwrap();
    assert_eq!(access.resource, "https://auth.example.org/admin/v1");
    assert_eq!(moved.admin().clients()[0].resources, [access.resource]);
    moved.run(async {}).await;

    // without the master key nothing is made that could not open the database
    drop(again);
    std::fs::remove_file(path.join("master.key")).unwrap();
    let error = DataDir::open(&path).unwrap_err().to_string();
    assert!(error.contains("put back the master key"), "{error}");
    std::fs::write(path.join("master.key"), "x").unwrap();
    assert!(DataDir::open(&path).is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn files_with_secrets_are_0600_in_0700_and_refused_otherwise() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let data = DataDir::open(&path).unwrap();
    let server = on(&data).await;
    let access = data.admin_access(&server.admin()).await.unwrap();
    server.run(async {}).await;
    drop(data);
    let key = path.join("master.key");
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&key), 0o600);
    assert_eq!(mode(&access.private_key_file), 0o600);

    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    let error = DataDir::open(&path).unwrap_err().to_string();
    assert!(error.contains("chmod go="), "{error}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(DataDir::open(&path).is_err());
}
