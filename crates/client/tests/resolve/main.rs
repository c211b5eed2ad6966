//! Names by hosts file, DNS and `getent`, against real DNS servers on loopback.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod deadlines;
#[path = "../support/dns.rs"]
mod dns;

use dns::{DnsServer, Zone};
use jeton_client::resolve::{ResolveError, resolve};
use jeton_client::{NameFailure, NameFiles};
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(60);

fn ips(list: &[&str]) -> Vec<IpAddr> {
    list.iter().map(|ip| ip.parse().unwrap()).collect()
}

fn has(list: &[&str]) -> Zone {
    Zone::Addresses(ips(list))
}

/// The files of a system whose name servers are these.
fn files(folder: &TempDir, servers: &[&DnsServer], more: &str) -> NameFiles {
    let mut text: String = servers
        .iter()
        .map(|server| format!("nameserver {}\n", server.ip))
        .collect();
    text.push_str(more);
    std::fs::write(folder.path().join("resolv.conf"), text).unwrap();
    NameFiles {
        hosts: folder.path().join("hosts"),
        resolv_conf: folder.path().join("resolv.conf"),
        nsswitch: folder.path().join("nsswitch.conf"),
        getent: vec![folder.path().join("getent")],
        dns_port: servers.first().map_or(53, |server| server.port),
    }
}

async fn found(files: &NameFiles, name: &str) -> Result<Vec<String>, ResolveError> {
    let found = resolve(files, name, Instant::now() + LONG).await?;
    Ok(found.iter().map(ToString::to_string).collect())
}

async fn failure(files: &NameFiles, name: &str) -> NameFailure {
    found(files, name).await.unwrap_err().failure
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn both_families_the_hosts_file_first_and_names_with_underscores() {
    let zones = [
        ("as.example", has(&["127.0.0.9", "::1"])),
        ("my_service", has(&["127.0.0.8"])),
    ];
    let server = DnsServer::start("127.0.0.1", 0, &zones).await;
    let folder = tempfile::tempdir().unwrap();
    let files = files(&folder, &[&server], "");
    let mut both = found(&files, "as.example").await.unwrap();
    both.sort();
    assert_eq!(both, ["127.0.0.9", "::1"]);
    assert_eq!(found(&files, "AS.example.").await.unwrap().len(), 2);
    assert_eq!(found(&files, "my_service").await.unwrap(), ["127.0.0.8"]);
    std::fs::write(&files.hosts, "127.0.0.7 as.example\n").unwrap();
    assert_eq!(found(&files, "as.example").await.unwrap(), ["127.0.0.7"]);
}

#[tokio::test]
async fn what_a_failure_is() {
    let zones = [
        ("empty.example", has(&[])),
        ("broken.example", Zone::Fails(2)),
        ("refused.example", Zone::Fails(5)),
    ];
    let server = DnsServer::start("127.0.0.1", 0, &zones).await;
    let folder = tempfile::tempdir().unwrap();
    let mut files = files(&folder, &[&server], "options attempts:1\n");
    assert_eq!(
        failure(&files, "absent.example").await,
        NameFailure::NotFound
    );
    assert_eq!(failure(&files, "a..b").await, NameFailure::NotFound);
    assert_eq!(
        failure(&files, "empty.example").await,
        NameFailure::NoAddress
    );
    for name in ["broken.example", "refused.example"] {
        let error = found(&files, name).await.unwrap_err();
        assert_eq!(error.failure, NameFailure::ServerFailed, "{error}");
        assert!(error.message.contains("127.0.0.1"), "{error}");
    }
    std::fs::write(&files.resolv_conf, "# nothing\n").unwrap();
    let error = found(&files, "as.example").await.unwrap_err();
    assert_eq!(error.failure, NameFailure::NoServers);
    assert!(error.message.ends_with("has no DNS server"), "{error}");
    files.resolv_conf = folder.path().join("absent");
    let error = found(&files, "as.example").await.unwrap_err();
    assert_eq!(error.failure, NameFailure::NoServers);
    assert!(error.message.contains("is missing"), "{error}");
}

#[tokio::test]
async fn search_list_and_ndots() {
    let zones = [
        ("as.lab.example", has(&["127.0.0.9"])),
        ("as.dev.two.example", has(&["127.0.0.8"])),
        ("as.dev", has(&["127.0.0.7"])),
    ];
    let server = DnsServer::start("127.0.0.1", 0, &zones).await;
    let folder = tempfile::tempdir().unwrap();
    let search = "search two.example lab.example\n";
    let of = files(&folder, &[&server], search);
    assert_eq!(found(&of, "as").await.unwrap(), ["127.0.0.9"]);
    assert_eq!(server.asked(), owned(&["as.two.example", "as.lab.example"]));
    assert_eq!(failure(&of, "as.").await, NameFailure::NotFound);
    assert_eq!(found(&of, "as.dev").await.unwrap(), ["127.0.0.7"]);
    let of = files(&folder, &[&server], &format!("{search}options ndots:2\n"));
    assert_eq!(found(&of, "as.dev").await.unwrap(), ["127.0.0.8"]);
}

#[tokio::test]
async fn a_long_answer_comes_over_tcp() {
    let zones = [("as.example", Zone::OnlyOverTcp(ips(&["127.0.0.9"])))];
    let server = DnsServer::start("127.0.0.1", 0, &zones).await;
    let folder = tempfile::tempdir().unwrap();
    let files = files(&folder, &[&server], "");
    assert_eq!(found(&files, "as.example").await.unwrap(), ["127.0.0.9"]);
}

/// One server that keeps silent, or fails, does not hide what the next one knows; and the first answer counts.
#[tokio::test]
async fn the_next_server_is_asked() {
    let name = "as.example";
    for first in [Zone::Silent, Zone::Fails(2), Zone::Fails(5)] {
        let first = DnsServer::start("127.0.0.1", 0, &[(name, first)]).await;
        let second = [(name, has(&["127.0.0.9"]))];
        let second = DnsServer::start("127.0.0.2", first.port, &second).await;
        let folder = tempfile::tempdir().unwrap();
        let both = files(&folder, &[&first, &second], "");
        assert_eq!(found(&both, name).await.unwrap(), ["127.0.0.9"]);
        assert_eq!(
            failure(&both, "absent.example").await,
            NameFailure::NotFound
        );
    }
}

#[tokio::test]
async fn a_server_that_ignores_questions_for_ipv6_is_not_waited_for() {
    let zones = [("as.example", Zone::SilentAboutV6(ips(&["127.0.0.9"])))];
    let server = DnsServer::start("127.0.0.1", 0, &zones).await;
    let folder = tempfile::tempdir().unwrap();
    let files = files(&folder, &[&server], "");
    let begun = Instant::now();
    assert_eq!(found(&files, "as.example").await.unwrap(), ["127.0.0.9"]);
    assert!(begun.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn further_sources_are_asked_by_getent_where_nsswitch_names_them() {
    let server = DnsServer::start("127.0.0.1", 0, &[]).await;
    let folder = tempfile::tempdir().unwrap();
    let files = files(&folder, &[&server], "");
    let script =
        "#!/bin/sh\ntest \"$2\" = printer.local && echo '127.0.0.9 STREAM printer.local'\n";
    std::fs::write(&files.getent[0], script).unwrap();
    std::fs::set_permissions(&files.getent[0], std::fs::Permissions::from_mode(0o700)).unwrap();
    let sources = |line: &str| std::fs::write(&files.nsswitch, line).unwrap();
    assert_eq!(
        failure(&files, "printer.local").await,
        NameFailure::NotFound
    );
    sources("hosts: files dns\n");
    assert_eq!(
        failure(&files, "printer.local").await,
        NameFailure::NotFound
    );
    sources("hosts: files mdns4_minimal [NOTFOUND=return] dns\n");
    assert_eq!(found(&files, "printer.local").await.unwrap(), ["127.0.0.9"]);
    assert_eq!(failure(&files, "other.local").await, NameFailure::NotFound);
    std::fs::remove_file(&files.resolv_conf).unwrap();
    assert_eq!(found(&files, "printer.local").await.unwrap(), ["127.0.0.9"]);
    assert_eq!(failure(&files, "other.local").await, NameFailure::NoServers);
}
