//! The public key of a certificate: what it is, and whether it is that of a private key or a JWK.

use crate::{Jwk, KeyError, PrivateKey, base64url};
use serde::Serialize;
use std::fmt;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::{FromDer as _, X509Certificate as Parsed};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

/// Curves by object identifier.
const CURVES: [(&str, &str); 5] = [
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.132.0.33", "P-224"),
];
/// Kinds of keys by the object identifier of their algorithm.
const KINDS: [(&str, &str); 6] = [
    ("1.2.840.113549.1.1.1", "RSA"),
    ("1.2.840.113549.1.1.10", "RSA-PSS"),
    ("1.2.840.10045.2.1", "EC"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
];

/// The kind of a certificate's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertifiedKey {
    /// `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `Ed448`, `DSA`, or the number of its algorithm.
    pub kind: String,
    /// Of an RSA modulus.
    pub bits: Option<usize>,
    /// Of an EC key: `P-256`, or the number of another curve.
    pub curve: Option<String>,
}

impl CertifiedKey {
    pub(super) fn of(key: &SubjectPublicKeyInfo<'_>) -> Self {
        let number = key.algorithm.algorithm.to_id_string();
        let known = KINDS.iter().find(|(known, _)| *known == number);
        let bits = rsa_modulus(key).map(|modulus| {
            let leading = modulus.first().map_or(0, |byte| byte.leading_zeros());
            (modulus.len() * 8).saturating_sub(leading as usize)
        });
        Self {
            kind: known.map_or(number, |(_, kind)| (*kind).to_owned()),
            bits,
            curve: curve(key),
        }
    }

    /// An RSA key below 2048 bits, which nobody accepts any more (NIST SP 800-131A).
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.bits.is_some_and(|bits| bits < 2048) || self.kind == "DSA"
    }
}

impl fmt::Display for CertifiedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.bits, &self.curve) {
            (Some(bits), _) => write!(f, "{} {bits}", self.kind),
            (None, Some(curve)) => write!(f, "{} {curve}", self.kind),
            (None, None) => f.write_str(&self.kind),
        }
    }
}

/// The curve of an EC key.
pub(super) fn curve(key: &SubjectPublicKeyInfo<'_>) -> Option<String> {
    if key.algorithm.algorithm.to_id_string() != "1.2.840.10045.2.1" {
        return None;
    }
    let number = key
        .algorithm
        .parameters
        .as_ref()?
        .as_oid()
        .ok()?
        .to_id_string();
    let known = CURVES.iter().find(|(known, _)| *known == number);
    Some(known.map_or(number, |(_, name)| (*name).to_owned()))
}

fn rsa_modulus<'a>(key: &'a SubjectPublicKeyInfo<'_>) -> Option<&'a [u8]> {
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => Some(without_zeros(rsa.modulus)),
        _ => None,
    }
}

/// The public key of a certificate as a JWK (RFC 7517), without `kid`, `alg` and `x5c`; `None` for kinds that JOSE does
/// not have.
#[must_use]
pub fn public_jwk(certificate: &[u8]) -> Option<Jwk> {
    let (_, certificate) = Parsed::from_der(certificate).ok()?;
    let key = certificate.public_key();
    let bits = &key.subject_public_key.data;
    let kind = CertifiedKey::of(key);
    let encoded = |bytes: &[u8]| Some(base64url::encode(bytes));
    let mut jwk = Jwk::default();
    match (kind.kind.as_str(), key.parsed()) {
        ("RSA", Ok(PublicKey::RSA(rsa))) => {
            "RSA".clone_into(&mut jwk.kty);
            jwk.n = encoded(without_zeros(rsa.modulus));
            jwk.e = encoded(without_zeros(rsa.exponent));
        }
        ("EC", Ok(PublicKey::EC(point))) => {
            let [4, coordinates @ ..] = point.data() else {
                return None;
            };
            let (x, y) = coordinates.split_at(coordinates.len() / 2);
            "EC".clone_into(&mut jwk.kty);
            jwk.crv = kind.curve;
            jwk.x = encoded(x);
            jwk.y = encoded(y);
        }
        ("Ed25519", _) => {
            "OKP".clone_into(&mut jwk.kty);
            jwk.crv = Some("Ed25519".to_owned());
            jwk.x = encoded(bits);
        }
        _ => return None,
    }
    Some(jwk)
}

/// Whether the certificate is for the key of this JWK.
#[must_use]
pub fn is_of(certificate: &X509Certificate<'_>, jwk: &Jwk) -> bool {
    let bytes = |member: &Option<String>| {
        let text = member.as_deref().unwrap_or_default();
        base64url::decode(text).unwrap_or_default()
    };
    let key = certificate.public_key();
    match (key.parsed(), jwk.kty.as_str()) {
        (Ok(PublicKey::RSA(rsa)), "RSA") => {
            without_zeros(rsa.modulus) == without_zeros(&bytes(&jwk.n))
                && without_zeros(rsa.exponent) == without_zeros(&bytes(&jwk.e))
        }
        (Ok(PublicKey::EC(point)), "EC") => {
            point.data() == [&[4], &*bytes(&jwk.x), &*bytes(&jwk.y)].concat()
        }
        (_, "OKP") => *key.subject_public_key.data == *bytes(&jwk.x),
        _ => false,
    }
}

/// The public half of a private key document.
///
/// # Errors
/// [`KeyError`] where it is of a kind that is not supported, or damaged.
pub(super) fn public_half(label: &str, der: &[u8]) -> Result<Jwk, KeyError> {
    let key = match label {
        "RSA PRIVATE KEY" => PrivateKey::from_pkcs1(der),
        "EC PRIVATE KEY" => PrivateKey::from_sec1(der),
        _ => PrivateKey::from_pkcs8(der),
    };
    key.map(|key| key.public_jwk()).or_else(|error| {
        // Too weak to sign with, and still worth comparing: then its size is what is said of it.
        weak_rsa(label, der).ok_or(error)
    })
}

/// The public half of an RSA key of any size: PKCS#1 (RFC 8017 A.1.2), alone or inside PKCS#8 (RFC 5208 5).
fn weak_rsa(label: &str, der: &[u8]) -> Option<Jwk> {
    use x509_parser::asn1_rs::{Any, FromDer as _, Integer, OctetString, Sequence};
    let (_, outer) = Sequence::from_der(der).ok()?;
    let (rest, _version) = Integer::from_der(&outer.content).ok()?;
    if label != "RSA PRIVATE KEY" {
        let (rest, _algorithm) = Any::from_der(rest).ok()?;
        let (_, inner) = OctetString::from_der(rest).ok()?;
        return weak_rsa("RSA PRIVATE KEY", inner.as_ref());
    }
    let (rest, modulus) = Integer::from_der(rest).ok()?;
    let (_, exponent) = Integer::from_der(rest).ok()?;
    let number = |integer: &Integer<'_>| Some(base64url::encode(without_zeros(integer.as_ref())));
    Some(Jwk {
        kty: "RSA".to_owned(),
        n: number(&modulus),
        e: number(&exponent),
        ..Jwk::default()
    })
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| *byte != 0);
    &bytes[start.unwrap_or(bytes.len())..]
}
