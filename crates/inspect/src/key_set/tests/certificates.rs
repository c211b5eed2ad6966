//! `x5c` and the thumbprints of certificates.

use super::Severity::{Fail, Note, Warn};
use super::*;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};

/// A key and a certificate of it that ends in this year; the authority that signs it is its own.
fn certified(algorithm: &'static rcgen::SignatureAlgorithm, end: i32) -> (Value, Vec<u8>) {
    let pair = KeyPair::generate_for(algorithm).unwrap();
    let mut params = CertificateParams::new(vec!["as.example".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(end, 12, 20);
    let der = params.self_signed(&pair).unwrap().der().to_vec();
    let key = PrivateKey::from_pkcs8(&pair.serialize_der()).unwrap();
    let alg = key.algorithms()[0];
    (public(&key, alg, "a"), der)
}

fn x5c(ders: &[&[u8]]) -> Value {
    ders.iter().map(|der| STANDARD.encode(der)).collect()
}

const ALL: [&rcgen::SignatureAlgorithm; 3] = [
    &rcgen::PKCS_ECDSA_P256_SHA256,
    &rcgen::PKCS_ED25519,
    &rcgen::PKCS_RSA_SHA256,
];

#[test]
fn a_certificate_of_the_key_is_good_and_told() {
    for algorithm in ALL {
        let (key, der) = certified(algorithm, 2040);
        let key = with(
            &key,
            &json!({
                "x5c": x5c(&[&der]),
                "x5t": base64url::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &der)),
                "x5t#S256": base64url::encode(digest(&SHA256, &der)),
            }),
        );
        let validation = validated(&[key]);
        assert_eq!(said_of(&validation, 0), [], "{validation:?}");
        let certificate = &validation.keys[0].certificates[0];
        assert!(certificate.subject.contains("rcgen"), "{certificate:?}");
        assert!(certificate.not_after > NOW);
    }
}

#[test]
fn certificates_of_other_keys_and_other_thumbprints() {
    for algorithm in ALL {
        let (key, _) = certified(algorithm, 2040);
        let (_, foreign) = certified(algorithm, 2040);
        let key = with(
            &key,
            &json!({ "x5c": x5c(&[&foreign]), "x5t": "AAAA", "x5t#S256": 7 }),
        );
        let expected = [
            (Fail, "x5c.other_key"),
            (Fail, "x5t_s256.mismatch"),
            (Fail, "x5t.mismatch"),
        ];
        assert_eq!(said(std::slice::from_ref(&key)), expected);
    }
}

#[test]
fn dates_of_certificates() {
    for (end, expected) in [
        (2020, &[(Warn, "x5c.expired")][..]),
        (2026, &[(Note, "x5c.expires_soon")]),
        (2040, &[]),
    ] {
        let (key, der) = certified(&rcgen::PKCS_ECDSA_P256_SHA256, end);
        assert_eq!(
            said(&[with(&key, &json!({ "x5c": x5c(&[&der]) }))]),
            expected,
            "{end}"
        );
    }
    let (key, der) = certified(&rcgen::PKCS_ECDSA_P256_SHA256, 2040);
    let key = with(&key, &json!({ "x5c": x5c(&[&der]) }));
    let document = json::parse_object(json!({ "keys": [key] }).to_string().as_bytes()).unwrap();
    let early = validate(&document, 0).unwrap();
    assert_eq!(said_of(&early, 0), [(Warn, "x5c.not_yet_valid")]);
}

#[test]
fn what_is_no_certificate_or_no_chain() {
    let (key, der) = certified(&rcgen::PKCS_ECDSA_P256_SHA256, 2040);
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "somebody else");
    params.not_after = date_time_ymd(2040, 1, 1);
    params.not_before = date_time_ymd(2019, 1, 1);
    let other = params
        .self_signed(&KeyPair::generate().unwrap())
        .unwrap()
        .der()
        .to_vec();
    for (member, expected) in [
        (json!({ "x5c": "text" }), (Fail, "x5c.type")),
        (json!({ "x5c": [] }), (Fail, "x5c.type")),
        (
            json!({ "x5c": [base64url::encode(&der)] }),
            (Fail, "x5c.base64"),
        ),
        (json!({ "x5c": [7] }), (Fail, "x5c.base64")),
        (json!({ "x5c": ["AAAA"] }), (Fail, "x5c.certificate")),
        (
            json!({ "x5c": x5c(&[&der[..200]]) }),
            (Fail, "x5c.certificate"),
        ),
        (json!({ "x5c": x5c(&[&der, &other]) }), (Warn, "x5c.chain")),
        (
            json!({ "x5c": x5c(&[der.as_slice(); 11]) }),
            (Note, "x5c.long"),
        ),
        (json!({ "x5t": "AAAA" }), (Note, "x5t.alone")),
        (json!({ "x5u": "https://x.example" }), (Note, "x5u.present")),
    ] {
        let found = said(&[with(&key, &member)]);
        assert!(found.contains(&expected), "{expected:?} {found:?}");
    }
}
