//! A DNS server that never answers ends with the time of the call, and is not taken for a slow server.

use super::dns::{DnsServer, Zone};
use super::{failure, files};
use http::HeaderMap;
use jeton_client::resolve::resolve;
use jeton_client::{
    AddressPolicy, HttpConfig, MAX_BODY, Method, NameFailure, NameFiles, NetworkKind, Request,
    ReqwestTransport, Rules, Transport as _, TransportError,
};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zeroize::Zeroizing;

const SILENT: [(&str, Zone); 1] = [("as.example", Zone::Silent)];

async fn silent(folder: &TempDir) -> NameFiles {
    let one = DnsServer::start("127.0.0.1", 0, &SILENT).await;
    let two = DnsServer::start("127.0.0.2", one.port, &SILENT).await;
    files(
        folder,
        &[&one, &two],
        "search a.example b.example c.example\n",
    )
}

#[tokio::test]
async fn client_16_a_lookup_ends_at_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let files = silent(&folder).await;
    let begun = Instant::now();
    let until = begun + Duration::from_millis(500);
    let error = resolve(&files, "as.example", until).await.unwrap_err();
    assert_eq!(error.failure, NameFailure::Silent, "{error}");
    assert!(error.message.contains("127.0.0.1, 127.0.0.2"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(2), "{error}");
}

#[tokio::test]
async fn client_16_a_request_fails_by_its_names_and_not_by_its_server() {
    let folder = tempfile::tempdir().unwrap();
    let transport = ReqwestTransport::new(HttpConfig {
        name_files: silent(&folder).await,
        ..HttpConfig::default()
    });
    let request = Request {
        method: Method::Get,
        url: "https://as.example/".parse().unwrap(),
        headers: HeaderMap::new(),
        body: Zeroizing::default(),
    };
    let begun = Instant::now();
    let rules = Rules {
        addresses: AddressPolicy::Anywhere,
        max_body: MAX_BODY,
        deadline: begun + Duration::from_millis(800),
        certificate: None,
    };
    let error = transport.send(&request, &rules).await.err().unwrap();
    let TransportError::Network { kind, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(kind, NetworkKind::Dns(NameFailure::Silent));
    assert!(Instant::now() < rules.deadline + Duration::from_secs(1));
}

/// Nothing listens: the kernel may say so, or nothing may come back.
#[tokio::test]
async fn a_server_that_is_not_there_is_not_the_name_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut gone = DnsServer::start("127.0.0.1", 0, &[]).await;
    gone.ip = "127.0.0.3".parse().unwrap();
    let files = files(&folder, &[&gone], "options timeout:1 attempts:1\n");
    assert_eq!(failure(&files, "as.example").await, NameFailure::Silent);
}
