//! Reading a client's certificate and key, and the facts of it.

use super::super::{CertificateError, ClientCertificate, ClientUse, Half, Problem};
use super::{Made, ca, issued, params, self_signed};
use rcgen::{KeyPair, PublicKeyData as _, SanType, string::Ia5String};
use rustls_pki_types::PrivateKeyDer;

fn failed(cert: &[u8], key: Option<&[u8]>) -> CertificateError {
    ClientCertificate::from_pem(cert, key).unwrap_err()
}

#[test]
fn client_38_certificate_and_key_in_one_file_or_two() {
    let made = self_signed(params("billing"));
    let joined = ClientCertificate::from_pem(&made.document(), None).unwrap();
    let reversed = format!("{}{}", made.key, made.cert);
    let reversed = ClientCertificate::from_pem(reversed.as_bytes(), None).unwrap();
    let (cert, key) = (made.cert.as_bytes(), made.key.as_bytes());
    let apart = ClientCertificate::from_pem(cert, Some(key)).unwrap();
    for client in [&joined, &reversed, &apart] {
        assert!(client.key_matches());
        assert!(client.self_signed());
        assert_eq!(client.thumbprint(), joined.thumbprint());
        assert_eq!(client.chain_der().len(), 1);
    }
    let PrivateKeyDer::Pkcs8(der) = joined.key_der() else {
        panic!("another kind of key")
    };
    assert_eq!(der.secret_pkcs8_der(), made.pair.serialize_der());
}

#[test]
fn security_client_1_debug_shows_no_key() {
    let made = self_signed(params("billing"));
    let client = ClientCertificate::from_pem(&made.document(), None).unwrap();
    let text = format!("{client:?}");
    assert!(text.contains("[redacted]"), "{text}");
    assert!(text.len() < 200, "{text}");
}

#[test]
fn the_key_belongs_to_none_to_the_first_or_to_another() {
    let root = self_signed(ca("root"));
    let leaf = issued(params("leaf"), &root);
    let chain = format!("{}{}", leaf.cert, root.cert);
    let place = |key: &Made| {
        let client = ClientCertificate::from_pem(chain.as_bytes(), Some(key.key.as_bytes()));
        client.unwrap().place_of_key()
    };
    assert_eq!(place(&leaf), Some(0));
    assert_eq!(place(&root), Some(1));
    assert_eq!(place(&self_signed(params("other"))), None);
}

#[test]
fn keys_of_every_kind_are_recognised() {
    for (algorithm, kind) in [
        (&rcgen::PKCS_ECDSA_P256_SHA256, "EC P-256"),
        (&rcgen::PKCS_ECDSA_P384_SHA384, "EC P-384"),
        (&rcgen::PKCS_ECDSA_P521_SHA512, "EC P-521"),
        (&rcgen::PKCS_ED25519, "Ed25519"),
        (&rcgen::PKCS_RSA_SHA256, "RSA 2048"),
    ] {
        let pair = KeyPair::generate_for(algorithm).unwrap();
        let cert = params("a").self_signed(&pair).unwrap().pem();
        let key = pair.serialize_pem();
        let client = ClientCertificate::from_pem(cert.as_bytes(), Some(key.as_bytes())).unwrap();
        assert_eq!(client.facts().key.to_string(), kind);
        assert!(client.key_matches(), "{kind}");
        assert!(client.self_signed(), "{kind}");
        let jwk = client.registration_jwk().unwrap();
        assert_eq!(jwk.other["x5c"].as_array().unwrap().len(), 1);
        assert!(jwk.thumbprint().is_some(), "{kind}");
        assert!(!jwk.has_private_members());
        // Another key of the same kind.
        let other = KeyPair::generate_for(algorithm).unwrap().serialize_pem();
        let client = ClientCertificate::from_pem(cert.as_bytes(), Some(other.as_bytes())).unwrap();
        assert!(!client.key_matches(), "{kind}");
        assert!(!pair.der_bytes().is_empty());
    }
}

#[test]
fn client_38_names_that_a_registration_may_hold() {
    let mut params = params("billing");
    let text = |text: &str| Ia5String::try_from(text.to_owned()).unwrap();
    params.subject_alt_names = vec![
        SanType::DnsName(text("billing.example.com")),
        SanType::URI(text("spiffe://example.com/billing")),
        SanType::Rfc822Name(text("billing@example.com")),
        SanType::IpAddress("192.0.2.7".parse().unwrap()),
        SanType::IpAddress("2001:db8::7".parse().unwrap()),
    ];
    let made = self_signed(params);
    let client = ClientCertificate::from_pem(&made.document(), None).unwrap();
    let facts = client.facts();
    assert_eq!(facts.names.dns, ["billing.example.com"]);
    assert_eq!(facts.names.uri, ["spiffe://example.com/billing"]);
    assert_eq!(facts.names.email, ["billing@example.com"]);
    assert_eq!(facts.names.ip, ["192.0.2.7", "2001:db8::7"]);
    assert_eq!(facts.subject, "CN=billing");
    assert_eq!(facts.client_use(), ClientUse::Yes);
    assert_eq!(facts.key_usage, None);
    assert!(!facts.ca);
    assert_eq!(facts.not_before, 1_546_300_800);
    assert_eq!(facts.not_after, 2_208_988_800);
}

#[test]
fn what_is_no_certificate_is_named_with_its_line() {
    let made = self_signed(params("billing"));
    let csr = params("billing").serialize_request(&made.pair).unwrap();
    let csr = csr.pem().unwrap();
    let (cert, key) = (made.cert.as_bytes(), made.key.as_bytes());

    let swapped = failed(key, Some(cert));
    assert_eq!((swapped.half, swapped.line), (Half::Certificate, Some(1)));
    let says = "line 1: it has no certificate, but a private key";
    assert_eq!(swapped.to_string(), says);
    assert!(swapped.problem.remedy().unwrap().contains("swapped"));

    let request = failed(csr.as_bytes(), Some(key));
    assert!(request.to_string().contains("request for a certificate"));

    let twice = failed(cert, Some(cert));
    assert_eq!((twice.half, twice.line), (Half::Key, Some(1)));
    assert!(matches!(twice.problem, Problem::NotAKey(_)));

    let alone = failed(cert, None);
    assert_eq!((alone.half, alone.line), (Half::Certificate, None));
    assert_eq!(alone.problem, Problem::KeyMissing);

    let public = made.pair.public_key_pem();
    let public = failed(cert, Some(public.as_bytes()));
    assert!(public.to_string().contains("a public key"), "{public}");

    // The Base64 is whole, and half of the content is missing.
    let lines: Vec<&str> = made.cert.lines().collect();
    let short = [&lines[..3], &lines[lines.len() - 1..]].concat().join("\n");
    let short = failed(format!("# a\n# b\n{short}").as_bytes(), Some(key));
    assert_eq!((short.line, short.problem), (Some(3), Problem::NoX509));
}

#[test]
fn keys_that_cannot_be_used_say_why() {
    let made = self_signed(params("billing"));
    let of = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    let problem = |label: &str| failed(made.cert.as_bytes(), Some(of(label).as_bytes())).problem;
    assert_eq!(problem("ENCRYPTED PRIVATE KEY"), Problem::Encrypted);
    for (label, says) in [
        ("OPENSSH PRIVATE KEY", "OpenSSH"),
        ("PRIVATE KEY", "not RSA of at least 2048 bits"),
        ("RSA PRIVATE KEY", "not an RSA key"),
        ("EC PRIVATE KEY", "not RSA of at least"),
    ] {
        let problem = problem(label);
        assert!(matches!(problem, Problem::UnusableKey(_)), "{problem:?}");
        assert!(problem.to_string().contains(says), "{problem}");
    }
}
