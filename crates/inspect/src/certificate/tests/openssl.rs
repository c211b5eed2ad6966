//! Weak certificates, as OpenSSL makes them on demand: the test library refuses to.

use super::super::validate_client;
use super::NOW;
use crate::finding::Severity;
use jeton_oauth::certificate::ClientCertificate;
use std::process::Command;

#[test]
fn weak_keys_and_hashes_are_told() {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-noenc", "-days", "36500", "-keyout", "-"])
        .args(["-newkey", "rsa:1024", "-sha1", "-subj", "/CN=a"])
        .output()
        .expect("this test needs the openssl command");
    assert!(made.status.success(), "{made:?}");
    let client = ClientCertificate::from_pem(&made.stdout, None).unwrap();
    let found = validate_client(&client, NOW);
    let said: Vec<_> = found.iter().map(|one| (one.severity, one.code)).collect();
    assert!(said.contains(&(Severity::Fail, "key.weak")), "{said:?}");
    assert!(
        said.contains(&(Severity::Warn, "cert.weak_signature")),
        "{said:?}"
    );
    // openssl req -x509 makes a CA by default.
    assert!(said.contains(&(Severity::Note, "cert.ca")), "{said:?}");
}
