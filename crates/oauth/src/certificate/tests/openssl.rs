//! Against OpenSSL: what it writes is read, and what it prints is what is told.

use super::super::{ClientCertificate, Problem, weak_hash};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs the command with this on stdin, and gives its stdout.
fn openssl(arguments: &[&str], stdin: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this test needs the openssl command");
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    output.stdout
}

/// Key and certificate, one behind the other.
fn made(with: &[&str]) -> Vec<u8> {
    let common = [
        "req",
        "-x509",
        "-noenc",
        "-days",
        "36500",
        "-keyout",
        "/dev/stdout",
    ];
    openssl(&[&common, with].concat(), b"")
}

const SUBJECT: &str =
    "/C=DE/O=Beispiel, Söhne/OU=API+OU=Two/DC=example/UID=b1/serialNumber=42/CN=billing";

#[test]
fn client_38_facts_are_those_that_openssl_prints() {
    let document = made(&[
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-384",
        "-utf8",
        "-multivalue-rdn",
        "-subj",
        SUBJECT,
        "-addext",
        "subjectAltName=DNS:a.example,IP:2001:db8::1",
        "-addext",
        "extendedKeyUsage=clientAuth",
        "-addext",
        "keyUsage=digitalSignature",
    ]);
    let client = ClientCertificate::from_pem(&document, None).unwrap();
    let facts = client.facts();
    let printed = |options: &[&str]| {
        let text = openssl(&[&["x509", "-noout"], options].concat(), &document);
        String::from_utf8(text).unwrap().trim().to_owned()
    };
    let subject = printed(&["-subject", "-nameopt", "RFC2253,utf8,-esc_msb"]);
    assert_eq!(format!("subject={}", facts.subject), subject);
    assert!(facts.subject.contains("OU=Two+OU=API"), "{subject}");
    let fingerprint = printed(&["-fingerprint", "-sha256"]);
    assert_eq!(
        format!("sha256 Fingerprint={}", facts.fingerprint),
        fingerprint
    );
    assert_eq!(format!("serial={}", facts.serial), printed(&["-serial"]));
    assert!(printed(&["-text"]).contains(&format!("Signature Algorithm: {}", facts.signature)));
    assert_eq!(facts.key.to_string(), "EC P-384");
    assert_eq!(facts.key_usage.as_deref(), Some(&["digitalSignature"][..]));
    let pin = openssl(&["x509", "-noout", "-pubkey"], &document);
    let pin = openssl(&["pkey", "-pubin", "-outform", "DER"], &pin);
    let pin = openssl(&["dgst", "-sha256", "-binary"], &pin);
    let pin = openssl(&["base64"], &pin);
    assert_eq!(facts.key_pin, String::from_utf8(pin).unwrap().trim());
    assert!(client.key_matches());
}

#[test]
fn keys_in_every_form_that_openssl_writes() {
    let ec = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-subj",
        "/CN=a",
    ];
    for with in [&["-newkey", "rsa:2048", "-subj", "/CN=a"][..], &ec] {
        let document = made(with);
        let traditional = openssl(&["pkey", "-traditional"], &document);
        let text = String::from_utf8_lossy(&traditional);
        let old = text.contains("RSA PRIVATE KEY") || text.contains("EC PRIVATE KEY");
        assert!(old, "{with:?}");
        let client = ClientCertificate::from_pem(&document, Some(&traditional)).unwrap();
        assert!(client.key_matches(), "{with:?}");
    }
    // Parameters in front, as `openssl ecparam -genkey` writes them.
    let parameters = openssl(&["ecparam", "-genkey", "-name", "prime256v1"], b"");
    assert!(String::from_utf8_lossy(&parameters).contains("EC PARAMETERS"));
    let client = ClientCertificate::from_pem(&made(&ec), Some(&parameters)).unwrap();
    assert!(!client.key_matches());
}

#[test]
fn encrypted_keys_and_binary_documents() {
    let document = made(&["-newkey", "rsa:2048", "-subj", "/CN=a"]);
    let problem = |document: &[u8], key: Option<&[u8]>| {
        ClientCertificate::from_pem(document, key)
            .unwrap_err()
            .problem
    };
    let new = openssl(&["pkey", "-aes256", "-passout", "pass:x"], &document);
    assert_eq!(problem(&document, Some(&new)), Problem::Encrypted);
    let old = ["rsa", "-aes256", "-traditional", "-passout", "pass:x"];
    let old = openssl(&old, &document);
    assert!(String::from_utf8_lossy(&old).contains("Proc-Type"));
    assert_eq!(problem(&document, Some(&old)), Problem::Encrypted);

    let der = openssl(&["x509", "-outform", "DER"], &document);
    assert_eq!(problem(&der, None), Problem::DerCertificate);
    let key = openssl(&["pkey", "-outform", "DER"], &document);
    assert_eq!(problem(&document, Some(&key)), Problem::DerKey);
    let p12 = ["pkcs12", "-export", "-passout", "pass:x"];
    assert_eq!(problem(&openssl(&p12, &document), None), Problem::Pkcs12);
    let public = openssl(&["pkey", "-pubout", "-outform", "DER"], &document);
    assert_eq!(problem(&document, Some(&public)), Problem::Der);
    let trusted = openssl(&["x509", "-trustout", "-addtrust", "clientAuth"], &document);
    let trusted = problem(&trusted, Some(&document)).to_string();
    assert!(trusted.contains("trust settings"), "{trusted}");
}

#[test]
fn weak_keys_and_hashes_are_read() {
    let document = made(&["-newkey", "rsa:1024", "-sha1", "-subj", "/CN=a"]);
    let client = ClientCertificate::from_pem(&document, None).unwrap();
    assert!(client.key_matches() && client.self_signed());
    assert_eq!(client.facts().key.to_string(), "RSA 1024");
    assert!(client.facts().key.is_weak());
    assert_eq!(weak_hash(&client.facts().signature), Some("SHA-1"));
}

#[test]
fn signatures_that_are_not_checked_by_name_alone() {
    for with in [
        &["-newkey", "rsa:2048", "-sha512"][..],
        &[
            "-newkey",
            "rsa:2048",
            "-sigopt",
            "rsa_padding_mode:pss",
            "-sha256",
        ],
        &[
            "-newkey",
            "rsa:2048",
            "-sigopt",
            "rsa_padding_mode:pss",
            "-sigopt",
            "rsa_pss_saltlen:digest",
            "-sha384",
        ],
        &["-newkey", "ed25519"],
    ] {
        let document = made(&[with, &["-subj", "/CN=a"]].concat());
        let client = ClientCertificate::from_pem(&document, None).unwrap();
        assert!(client.self_signed(), "{with:?}");
    }
}
