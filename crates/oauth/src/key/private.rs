//! Private keys for client assertions and for the tokens of the authority.

use super::{CURVES, ED25519, KeyError, RSA};
use crate::{Algorithm, Jwk, base64url, json};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
    ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
    RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::{self, PemObject};
use std::fmt;
use zeroize::Zeroizing;

/// A private key, parsed once; signing with it only signs.
pub struct PrivateKey {
    pub(super) pair: Pair,
    kid: Option<String>,
    alg: Option<Algorithm>,
}

pub(super) enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ec(EcdsaKeyPair, usize),
    Ed(Ed25519KeyPair),
}

const EC: [&EcdsaSigningAlgorithm; 3] = [
    &ECDSA_P256_SHA256_FIXED_SIGNING,
    &ECDSA_P384_SHA384_FIXED_SIGNING,
    &ECDSA_P521_SHA512_FIXED_SIGNING,
];

impl PrivateKey {
    /// Reads a PEM document (PKCS#8, PKCS#1 or SEC1, RFC 7468) or a JSON Web Key.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong, without a byte of the key.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('{') {
            Self::from_jwk(text)
        } else if text.contains("-----BEGIN") {
            Self::from_pem(text)
        } else {
            Err(KeyError::UnknownFormat)
        }
    }

    /// Reads a PKCS#8 document (RFC 5208).
    ///
    /// # Errors
    /// [`KeyError::Invalid`] where it is no key of a supported kind.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        if let Ok(pair) = RsaKeyPair::from_pkcs8(der) {
            return Ok(Self::of(Pair::Rsa(Box::new(pair))));
        }
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
            return Ok(Self::of(Pair::Ed(pair)));
        }
        Self::from_ec_der(der)
    }

    /// Reads a PKCS#1 document (RFC 8017 A.1.2).
    pub(crate) fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        RsaKeyPair::from_der(der)
            .map(|pair| Self::of(Pair::Rsa(Box::new(pair))))
            .map_err(|_| KeyError::Invalid("not an RSA key of at least 2048 bits"))
    }

    /// Reads a SEC1 document (RFC 5915).
    pub(crate) fn from_sec1(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_ec_der(der)
    }

    fn from_ec_der(der: &[u8]) -> Result<Self, KeyError> {
        EC.iter()
            .enumerate()
            .find_map(|(curve, alg)| {
                let pair = EcdsaKeyPair::from_private_key_der(alg, der).ok()?;
                Some(Self::of(Pair::Ec(pair, curve)))
            })
            .ok_or(KeyError::Invalid(
                "not RSA of at least 2048 bits, not P-256, P-384 or P-521, not Ed25519",
            ))
    }

    fn from_pem(text: &str) -> Result<Self, KeyError> {
        if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
            return Err(KeyError::Encrypted);
        }
        match PrivateKeyDer::from_pem_slice(text.as_bytes()) {
            Ok(PrivateKeyDer::Pkcs8(der)) => Self::from_pkcs8(der.secret_pkcs8_der()),
            Ok(PrivateKeyDer::Sec1(der)) => Self::from_ec_der(der.secret_sec1_der()),
            Ok(PrivateKeyDer::Pkcs1(der)) => Self::from_pkcs1(der.secret_pkcs1_der()),
            Ok(_) => Err(KeyError::UnknownFormat),
            Err(error) => Err(KeyError::Pem {
                wanted: "private key",
                found: match error {
                    pem::Error::NoItemsFound => found_instead(text),
                    pem::Error::MissingSectionEnd { .. } => "its END line is missing".to_owned(),
                    pem::Error::Base64Decode(_) => "its Base64 is damaged".to_owned(),
                    _ => "it is malformed".to_owned(),
                },
            }),
        }
    }

    fn from_jwk(text: &str) -> Result<Self, KeyError> {
        let jwk: Jwk = json::parse(text.as_bytes()).map_err(|_| KeyError::UnknownFormat)?;
        let private = |name: &'static str| -> Result<Zeroizing<Vec<u8>>, KeyError> {
            let text = jwk.other.get(name).and_then(|value| value.as_str());
            let text = text.ok_or(if name == "d" {
                KeyError::PublicOnly
            } else {
                KeyError::Member(name)
            })?;
            base64url::decode(text)
                .map(Zeroizing::new)
                .map_err(|_| KeyError::Member(name))
        };
        let invalid = |what| move |_| KeyError::Invalid(what);
        let pair = match jwk.kty.as_str() {
            "RSA" => {
                let components = aws_lc_rs::rsa::KeyPairComponents {
                    public_key: aws_lc_rs::rsa::PublicKeyComponents {
                        n: member(&jwk.n, "n")?,
                        e: member(&jwk.e, "e")?,
                    },
                    d: private("d")?,
                    p: private("p")?,
                    q: private("q")?,
                    dP: private("dp")?,
                    dQ: private("dq")?,
                    qInv: private("qi")?,
                };
                let pair = RsaKeyPair::from_components(&components).map_err(invalid(
                    "its RSA numbers do not fit together, or it is below 2048 bits",
                ))?;
                Pair::Rsa(Box::new(pair))
            }
            "EC" => {
                let curve = curve_of(&jwk)?;
                let point = [vec![4], member(&jwk.x, "x")?, member(&jwk.y, "y")?].concat();
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    EC[curve],
                    &private("d")?,
                    &point,
                )
                .map_err(invalid(
                    "its point is off the curve or not that of its private number",
                ))?;
                Pair::Ec(pair, curve)
            }
            "OKP" if jwk.crv.as_deref() == Some("Ed25519") => {
                let pair =
                    Ed25519KeyPair::from_seed_and_public_key(&private("d")?, &member(&jwk.x, "x")?)
                        .map_err(invalid("its public half is not that of its private half"))?;
                Pair::Ed(pair)
            }
            "oct" => return Err(KeyError::Unsupported("a symmetric key".to_owned())),
            _ => return Err(KeyError::Unsupported("kty or crv is unknown".to_owned())),
        };
        let key = Self::of(pair);
        let alg = jwk.alg.as_deref().and_then(Algorithm::from_name);
        if let Some(alg) = alg.filter(|alg| !key.algorithms().contains(alg)) {
            return Err(KeyError::Algorithm(alg));
        }
        Ok(Self {
            kid: jwk.kid,
            alg,
            ..key
        })
    }

    const fn of(pair: Pair) -> Self {
        Self {
            pair,
            kid: None,
            alg: None,
        }
    }

    /// Makes a new key for an algorithm; RSA keys have 2048 bits.
    ///
    /// # Errors
    /// [`KeyError::Unsupported`] for HMAC, whose keys are secrets; [`KeyError::Invalid`] if the provider fails.
    pub fn generate(alg: Algorithm) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Invalid("the provider could not make a key");
        let pair = match alg {
            Algorithm::ES256 => Pair::Ec(EcdsaKeyPair::generate(EC[0]).map_err(failed)?, 0),
            Algorithm::ES384 => Pair::Ec(EcdsaKeyPair::generate(EC[1]).map_err(failed)?, 1),
            Algorithm::ES512 => Pair::Ec(EcdsaKeyPair::generate(EC[2]).map_err(failed)?, 2),
            Algorithm::EdDSA => Pair::Ed(Ed25519KeyPair::generate().map_err(failed)?),
            alg if alg.is_hmac() => return Err(KeyError::Unsupported(alg.to_string())),
            _ => Pair::Rsa(Box::new(
                RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?,
            )),
        };
        Ok(Self::of(pair))
    }

    /// Makes a new RSA key of this many bits.
    ///
    /// # Errors
    /// [`KeyError::Unsupported`] for another size than 2048, 3072, 4096 or 8192; [`KeyError::Invalid`] if the provider fails.
    pub fn generate_rsa(bits: u32) -> Result<Self, KeyError> {
        let size = match bits {
            2048 => KeySize::Rsa2048,
            3072 => KeySize::Rsa3072,
            4096 => KeySize::Rsa4096,
            8192 => KeySize::Rsa8192,
            other => return Err(KeyError::Unsupported(format!("RSA with {other} bits"))),
        };
        let pair = RsaKeyPair::generate(size)
            .map_err(|_| KeyError::Invalid("the provider could not make a key"))?;
        Ok(Self::of(Pair::Rsa(Box::new(pair))))
    }

    /// The algorithms that this key can sign with, the usual one first; one alone where its JWK names it.
    #[must_use]
    pub fn algorithms(&self) -> &'static [Algorithm] {
        let all = match &self.pair {
            Pair::Rsa(_) => RSA,
            Pair::Ec(_, curve) => CURVES[*curve].2,
            Pair::Ed(_) => ED25519,
        };
        let pinned = self
            .alg
            .and_then(|alg| all.iter().position(|own| *own == alg));
        pinned.map_or(all, |at| &all[at..=at])
    }

    /// The `kid` of the JWK that the key was read from.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The public half, with `kid` and `alg` only where the key was read from a JWK that had them.
    #[must_use]
    pub fn public_jwk(&self) -> Jwk {
        let mut jwk = Jwk {
            kid: self.kid.clone(),
            alg: self.alg.map(|alg| alg.to_string()),
            ..Jwk::default()
        };
        match &self.pair {
            Pair::Rsa(pair) => {
                let public = pair.public_key();
                "RSA".clone_into(&mut jwk.kty);
                jwk.n = Some(base64url::encode(
                    public.modulus().big_endian_without_leading_zero(),
                ));
                jwk.e = Some(base64url::encode(
                    public.exponent().big_endian_without_leading_zero(),
                ));
            }
            Pair::Ec(pair, curve) => {
                let (name, len, _) = CURVES[*curve];
                let (x, y) = pair.public_key().as_ref()[1..].split_at(len);
                "EC".clone_into(&mut jwk.kty);
                jwk.crv = Some(name.to_owned());
                jwk.x = Some(base64url::encode(x));
                jwk.y = Some(base64url::encode(y));
            }
            Pair::Ed(pair) => {
                "OKP".clone_into(&mut jwk.kty);
                jwk.crv = Some("Ed25519".to_owned());
                jwk.x = Some(base64url::encode(pair.public_key().as_ref()));
            }
        }
        jwk
    }

    /// Signs; ECDSA signatures are the two numbers side by side (RFC 7518 3.4), PSS salts are as long as the hash.
    ///
    /// # Errors
    /// [`KeyError::Algorithm`] where the key is not for this algorithm.
    pub fn sign(&self, alg: Algorithm, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        if !self.algorithms().contains(&alg) {
            return Err(KeyError::Algorithm(alg));
        }
        let failed = |_| KeyError::Invalid("the provider could not sign");
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(rsa_padding(alg), &random, message, &mut signature)
                    .map_err(failed)?;
                Ok(signature)
            }
            Pair::Ec(pair, _) => Ok(pair
                .sign(&random, message)
                .map_err(failed)?
                .as_ref()
                .to_vec()),
            Pair::Ed(pair) => Ok(pair.try_sign(message).map_err(failed)?.as_ref().to_vec()),
        }
    }
}

fn rsa_padding(alg: Algorithm) -> &'static dyn RsaEncoding {
    match alg {
        Algorithm::PS256 => &RSA_PSS_SHA256,
        Algorithm::PS384 => &RSA_PSS_SHA384,
        Algorithm::PS512 => &RSA_PSS_SHA512,
        Algorithm::RS384 => &RSA_PKCS1_SHA384,
        Algorithm::RS512 => &RSA_PKCS1_SHA512,
        _ => &RSA_PKCS1_SHA256,
    }
}

fn curve_of(jwk: &Jwk) -> Result<usize, KeyError> {
    CURVES
        .iter()
        .position(|(name, _, _)| jwk.crv.as_deref() == Some(name))
        .ok_or_else(|| KeyError::Unsupported("its curve is unknown".to_owned()))
}

fn member(value: &Option<String>, name: &'static str) -> Result<Vec<u8>, KeyError> {
    value
        .as_deref()
        .and_then(|text| base64url::decode(text).ok())
        .ok_or(KeyError::Member(name))
}

/// What a PEM document without a private key has to offer, by the label of its first section.
fn found_instead(text: &str) -> String {
    let label = text
        .split_once("-----BEGIN ")
        .and_then(|(_, rest)| rest.split_once("-----"))
        .map(|(label, _)| label)
        .filter(|label| {
            label.len() < 40 && label.chars().all(|c| c.is_ascii_uppercase() || c == ' ')
        });
    label.map_or_else(
        || "nothing readable".to_owned(),
        |label| format!("it has a {label}"),
    )
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(redacted)")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::VerifyingKey;

    const ASYMMETRIC: [Algorithm; 5] = [
        Algorithm::RS256,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::ES512,
        Algorithm::EdDSA,
    ];

    #[test]
    fn every_kind_signs_what_its_public_half_verifies() {
        for kind in ASYMMETRIC {
            let key = PrivateKey::generate(kind).unwrap();
            let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
            for alg in key.algorithms() {
                let signature = key.sign(*alg, b"message").unwrap();
                public.verify(*alg, b"message", &signature).unwrap();
                assert_eq!(
                    public.verify(*alg, b"other", &signature),
                    Err(KeyError::Signature)
                );
            }
        }
    }

    #[test]
    fn a_key_read_back_is_the_same_key() {
        for kind in ASYMMETRIC {
            let key = PrivateKey::generate(kind).unwrap();
            let der = PrivateKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
            let pem = PrivateKey::from_text(&key.to_pem().unwrap()).unwrap();
            assert_eq!(der.public_jwk(), key.public_jwk(), "{kind}");
            assert_eq!(pem.public_jwk(), key.public_jwk(), "{kind}");
        }
    }

    #[test]
    fn a_key_does_not_sign_with_another_kinds_algorithm() {
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        assert_eq!(
            key.sign(Algorithm::ES384, b""),
            Err(KeyError::Algorithm(Algorithm::ES384))
        );
        assert_eq!(
            key.sign(Algorithm::RS256, b""),
            Err(KeyError::Algorithm(Algorithm::RS256))
        );
    }

    #[test]
    fn what_is_no_private_key_says_what_it_is() {
        let error = |text: &str| PrivateKey::from_text(text).unwrap_err();
        assert_eq!(error("hello"), KeyError::UnknownFormat);
        assert_eq!(error(""), KeyError::UnknownFormat);
        assert_eq!(
            error(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----"
            ),
            KeyError::Encrypted
        );
        let certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----";
        assert!(
            error(certificate)
                .to_string()
                .contains("it has a CERTIFICATE")
        );
        let cut = "-----BEGIN PRIVATE KEY-----\nAAAA\n";
        assert!(error(cut).to_string().contains("END line is missing"));
        let public =
            serde_json::to_string(&PrivateKey::generate(Algorithm::ES256).unwrap().public_jwk())
                .unwrap();
        assert_eq!(error(&public), KeyError::PublicOnly);
        let symmetric = error(r#"{"kty":"oct","k":"canary"}"#);
        assert!(!format!("{symmetric:?} {symmetric}").contains("canary"));
    }

    #[test]
    fn debug_shows_nothing() {
        let key = PrivateKey::generate(Algorithm::EdDSA).unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey(redacted)");
    }
}
