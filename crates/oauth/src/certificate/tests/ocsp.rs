//! Stapled answers as OpenSSL makes them, and whatever else may be stapled.

use super::super::{OcspAnswer, OcspStatus};
use proptest::prelude::*;
use std::fs;
use std::process::Command;

/// The answer of an OpenSSL responder about a certificate whose line in its index begins like this.
fn answer(index: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let output = Command::new("openssl")
            .args(line.split(' '))
            .current_dir(folder.path())
            .output()
            .expect("this test needs the openssl command");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {stderr}");
    };
    run(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout ca.key -out ca.pem -days 3650 -subj /CN=ca -set_serial 1",
    );
    run(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout a.key -out a.csr -subj /CN=a",
    );
    run("x509 -req -in a.csr -CA ca.pem -CAkey ca.key -set_serial 0x2A01 -out a.pem");
    let line = format!("{index}\t2A01\tunknown\t/CN=a\n");
    fs::write(folder.path().join("index.txt"), line).unwrap();
    run("ocsp -issuer ca.pem -cert a.pem -reqout request.der -no_nonce");
    run(
        "ocsp -index index.txt -rsigner ca.pem -rkey ca.key -CA ca.pem -reqin request.der -respout answer.der -ndays 7",
    );
    fs::read(folder.path().join("answer.der")).unwrap()
}

#[test]
fn answers_of_openssl() {
    for (index, status) in [
        ("V\t360101000000Z\t", OcspStatus::Good),
        ("R\t360101000000Z\t260101000000Z", OcspStatus::Revoked),
    ] {
        let bytes = answer(index);
        let answer = OcspAnswer::read(&bytes).unwrap();
        assert_eq!((answer.status, answer.serial.as_str()), (status, "2A01"));
        assert_eq!(answer.next_update, Some(answer.this_update + 7 * 86_400));
        for end in 0..bytes.len() {
            // Cut off anywhere: no panic, and never another status.
            let cut = OcspAnswer::read(&bytes[..end]);
            assert!(cut.is_none_or(|cut| cut.status == status));
        }
    }
}

#[test]
fn messages_without_an_answer() {
    // OCSPResponse with tryLater (3).
    assert_eq!(OcspAnswer::read(&[0x30, 3, 0x0a, 1, 3]), None);
    assert_eq!(OcspAnswer::read(&[0x30, 3, 0x0a, 1, 0]), None);
    assert_eq!(OcspAnswer::read(b""), None);
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = OcspAnswer::read(&bytes);
    }
}
