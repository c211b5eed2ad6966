//! Chains of certificates inside key sets: a leaf and the CA that signed it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use serde_json::{Value, json};

/// When the leaf is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    Good,
    /// Ended in 2020.
    Over,
    /// Begins in 2110.
    Future,
    /// Ends within days.
    EndsSoon,
}

/// A key with its chain.
pub(crate) struct Chain {
    /// The public key, `kid` `chain`, without certificates.
    pub(crate) jwk: Value,
    /// The leaf and its CA, in ordinary Base64.
    pub(crate) x5c: Vec<String>,
}

/// A new key, certified by a new CA.
pub(crate) fn chain(dates: Dates) -> Chain {
    let ca_key = KeyPair::generate().unwrap();
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name = named("Test CA");
    ca.not_before = date_time_ymd(2019, 1, 1);
    ca.not_after = date_time_ymd(2120, 1, 1);
    let root = ca.self_signed(&ca_key).unwrap();

    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(Vec::new()).unwrap();
    leaf.distinguished_name = named("leaf");
    let (start, end) = match dates {
        Dates::Good | Dates::EndsSoon => (2019, 2120),
        Dates::Over => (2018, 2020),
        Dates::Future => (2110, 2120),
    };
    leaf.not_before = date_time_ymd(start, 1, 1);
    leaf.not_after = date_time_ymd(end, 1, 1);
    if dates == Dates::EndsSoon {
        leaf.not_after =
            (std::time::SystemTime::now() + std::time::Duration::from_secs(5 * 86_400)).into();
    }
    let issuer = Issuer::from_params(&ca, &ca_key);
    let certificate = leaf.signed_by(&key, &issuer).unwrap();

    let point = key.public_key_raw();
    Chain {
        jwk: json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "chain",
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
            "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        }),
        x5c: [certificate.der(), root.der()]
            .into_iter()
            .map(|der| STANDARD.encode(der))
            .collect(),
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}
