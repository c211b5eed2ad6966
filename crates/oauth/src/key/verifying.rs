//! Keys that check signatures. The key decides which algorithms it takes part in, never the token's header.

use super::rsa_public::RsaPublicKey;
use super::{CURVES, ED25519, HMAC, KeyError, RSA};
use crate::certificate::{pem, public_jwk};
use crate::{Algorithm, ClientSecret, Jwk, base64url, json};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED,
    ED25519 as ED25519_VERIFICATION, EcdsaVerificationAlgorithm, ParsedPublicKey,
};
use jsonwebtoken::DecodingKey;
use std::fmt;

/// A public key, or the shared secret of an HMAC; parsed once, and checking with it only checks.
pub struct VerifyingKey {
    kind: Kind,
    algorithms: &'static [Algorithm],
}

enum Kind {
    Rsa(RsaPublicKey),
    /// A point on a curve, or Ed25519: good for one algorithm, that of the curve.
    Curve(ParsedPublicKey),
    /// A shared secret: `jsonwebtoken` holds it, zeroes it, and compares in constant time.
    Secret(DecodingKey),
}

const EC: [&EcdsaVerificationAlgorithm; 3] = [
    &ECDSA_P256_SHA256_FIXED,
    &ECDSA_P384_SHA384_FIXED,
    &ECDSA_P521_SHA512_FIXED,
];

/// How an Ed25519 SubjectPublicKeyInfo begins (RFC 8410 4); the key's 32 bytes follow.
const ED25519_SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

impl VerifyingKey {
    /// Takes a key of a key set; an `alg` member narrows it to that algorithm (RFC 7517 4.4).
    ///
    /// # Errors
    /// [`KeyError`]: a missing member, a coordinate of the wrong length, a point off the curve, RSA under 2048 or
    /// over 8192 bits or with an exponent below 3 (RFC 7518 3.3, 6.2.1), a symmetric key.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, KeyError> {
        let key = match jwk.kty.as_str() {
            "RSA" => Self::rsa(&member(&jwk.n, "n")?, &member(&jwk.e, "e")?)?,
            "EC" => {
                let curve = CURVES
                    .iter()
                    .position(|(name, _, _)| jwk.crv.as_deref() == Some(name))
                    .ok_or_else(|| KeyError::Unsupported("its curve is unknown".to_owned()))?;
                let (x, y) = (member(&jwk.x, "x")?, member(&jwk.y, "y")?);
                let len = CURVES[curve].1;
                if x.len() != len || y.len() != len {
                    return Err(KeyError::Invalid(
                        "a coordinate does not have the curve's full length",
                    ));
                }
                Self::ec(curve, &[vec![4], x, y].concat())?
            }
            "OKP" if jwk.crv.as_deref() == Some("Ed25519") => Self::ed25519(&member(&jwk.x, "x")?)?,
            "oct" => return Err(KeyError::Unsupported("a symmetric key".to_owned())),
            _ => return Err(KeyError::Unsupported("kty or crv is unknown".to_owned())),
        };
        let Some(name) = jwk.alg.as_deref() else {
            return Ok(key);
        };
        let pinned = Algorithm::from_name(name)
            .and_then(|alg| key.algorithms.iter().position(|own| *own == alg))
            .ok_or(KeyError::Invalid("its alg does not belong to its kty"))?;
        Ok(Self {
            algorithms: &key.algorithms[pinned..=pinned],
            ..key
        })
    }

    /// Reads a public key: PEM (`BEGIN PUBLIC KEY`, RFC 7468 13; `BEGIN RSA PUBLIC KEY`, RFC 8017; that of a `BEGIN
    /// CERTIFICATE`) or a JSON Web Key. Whether a certificate is trusted is not asked.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong with it.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('{') {
            let jwk = json::parse(text.as_bytes()).map_err(|_| KeyError::UnknownFormat)?;
            return Self::from_jwk(&jwk);
        }
        if !text.contains("-----BEGIN") {
            return Err(KeyError::UnknownFormat);
        }
        let wanted = |found: String| KeyError::Pem {
            wanted: "public key",
            found,
        };
        let blocks = pem::read(text.as_bytes()).map_err(|error| wanted(error.to_string()))?;
        for block in &blocks {
            match block.label.as_str() {
                "PUBLIC KEY" | "RSA PUBLIC KEY" => return Self::from_spki(&block.der),
                "CERTIFICATE" => {
                    let jwk = public_jwk(&block.der).ok_or_else(|| {
                        KeyError::Unsupported("a certificate with another kind of key".to_owned())
                    })?;
                    return Self::from_jwk(&jwk);
                }
                _ => {}
            }
        }
        let labels: Vec<&str> = blocks.iter().map(|block| block.label.as_str()).collect();
        Err(wanted(format!("it has {}", labels.join(", "))))
    }

    /// Reads a SubjectPublicKeyInfo (RFC 5280 4.1.2.7), as certificates have it, or an RSAPublicKey (RFC 8017 A.1.1).
    ///
    /// # Errors
    /// [`KeyError`] where it is of no supported kind.
    pub fn from_spki(der: &[u8]) -> Result<Self, KeyError> {
        if let Some(x) = der.strip_prefix(&ED25519_SPKI) {
            return Self::ed25519(x);
        }
        if let Ok(key) = aws_lc_rs::rsa::PublicKey::from_der(der) {
            return Self::rsa(
                key.modulus().big_endian_without_leading_zero(),
                key.exponent().big_endian_without_leading_zero(),
            );
        }
        (0..EC.len())
            .find_map(|curve| Self::ec(curve, der).ok())
            .ok_or_else(|| {
                KeyError::Unsupported("not RSA, P-256, P-384, P-521 or Ed25519".to_owned())
            })
    }

    /// The secret that both sides share, for `HS256` and its kin.
    #[must_use]
    pub fn from_secret(secret: &ClientSecret) -> Self {
        Self {
            kind: Kind::Secret(DecodingKey::from_secret(secret.expose().as_bytes())),
            algorithms: HMAC,
        }
    }

    fn rsa(n: &[u8], e: &[u8]) -> Result<Self, KeyError> {
        let bits = n.len() * 8 - n.first().map_or(0, |byte| byte.leading_zeros() as usize);
        if n.first() == Some(&0) || e.first().is_none_or(|byte| *byte == 0) {
            return Err(KeyError::Invalid(
                "an RSA number has leading zeros or is empty",
            ));
        }
        if !(2048..=8192).contains(&bits) {
            return Err(KeyError::Invalid(
                "its RSA modulus is not of 2048 to 8192 bits",
            ));
        }
        if e == [1] || e.last().is_none_or(|byte| byte % 2 == 0) || e.len() > 4 {
            return Err(KeyError::Invalid(
                "its RSA exponent is 1, even or over 32 bits",
            ));
        }
        Ok(Self {
            kind: Kind::Rsa(RsaPublicKey::new(n, e)),
            algorithms: RSA,
        })
    }

    /// `bytes` is an uncompressed point or a SubjectPublicKeyInfo; the provider checks that it is on the curve.
    fn ec(curve: usize, bytes: &[u8]) -> Result<Self, KeyError> {
        let parsed = ParsedPublicKey::new(EC[curve], bytes)
            .map_err(|_| KeyError::Invalid("its point is not on the curve"))?;
        Ok(Self {
            kind: Kind::Curve(parsed),
            algorithms: CURVES[curve].2,
        })
    }

    fn ed25519(x: &[u8]) -> Result<Self, KeyError> {
        let wrong = KeyError::Invalid("an Ed25519 key has 32 bytes");
        // The provider would also take a SubjectPublicKeyInfo here.
        if x.len() != 32 {
            return Err(wrong);
        }
        let parsed = ParsedPublicKey::new(&ED25519_VERIFICATION, x).map_err(|_| wrong)?;
        Ok(Self {
            kind: Kind::Curve(parsed),
            algorithms: ED25519,
        })
    }

    /// The algorithms that this key takes part in.
    #[must_use]
    pub const fn algorithms(&self) -> &'static [Algorithm] {
        self.algorithms
    }

    /// Checks a signature; HMACs are compared in constant time.
    ///
    /// # Errors
    /// [`KeyError::Algorithm`] where the key is not for this algorithm, [`KeyError::ShortSecret`] where it is too
    /// short for it, [`KeyError::Signature`] where the signature does not match.
    pub fn verify(&self, alg: Algorithm, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        if !self.algorithms.contains(&alg) {
            return Err(KeyError::Algorithm(alg));
        }
        let matches = match &self.kind {
            Kind::Rsa(key) => key.verifies(alg, message, signature),
            Kind::Curve(key) => key.verify_sig(message, signature).is_ok(),
            Kind::Secret(key) => {
                let have = key.try_get_as_bytes().map_or(0, <[u8]>::len);
                let need = alg.hash_len();
                if have < need {
                    return Err(KeyError::ShortSecret { alg, have, need });
                }
                hmac(alg).is_some_and(|alg| {
                    let signature = base64url::encode(signature);
                    jsonwebtoken::crypto::verify(&signature, message, key, alg).unwrap_or(false)
                })
            }
        };
        if matches {
            Ok(())
        } else {
            Err(KeyError::Signature)
        }
    }
}

/// The name of an HMAC in `jsonwebtoken`.
const fn hmac(alg: Algorithm) -> Option<jsonwebtoken::Algorithm> {
    match alg {
        Algorithm::HS256 => Some(jsonwebtoken::Algorithm::HS256),
        Algorithm::HS384 => Some(jsonwebtoken::Algorithm::HS384),
        Algorithm::HS512 => Some(jsonwebtoken::Algorithm::HS512),
        _ => None,
    }
}

fn member(value: &Option<String>, name: &'static str) -> Result<Vec<u8>, KeyError> {
    value
        .as_deref()
        .and_then(|text| base64url::decode(text).ok())
        .ok_or(KeyError::Member(name))
}

impl fmt::Debug for VerifyingKey {
    /// The algorithms alone: the key may be a shared secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::PrivateKey;
    use base64::Engine as _;

    #[test]
    fn public_keys_in_every_wrapping_and_no_private_one() {
        let all: [(&rcgen::SignatureAlgorithm, Algorithm); 3] = [
            (&rcgen::PKCS_ECDSA_P256_SHA256, Algorithm::ES256),
            (&rcgen::PKCS_ED25519, Algorithm::EdDSA),
            (&rcgen::PKCS_RSA_SHA256, Algorithm::RS256),
        ];
        for (kind, alg) in all {
            let pair = rcgen::KeyPair::generate_for(kind).unwrap();
            let params = rcgen::CertificateParams::new(Vec::new()).unwrap();
            let certificate = params.self_signed(&pair).unwrap().pem();
            let own = PrivateKey::from_text(&pair.serialize_pem()).unwrap();
            let signature = own.sign(alg, b"m").unwrap();
            let mut documents = vec![
                pair.public_key_pem(),
                format!("subject=CN = x\n{certificate}"),
                format!("{}{certificate}", pair.serialize_pem()),
            ];
            if alg == Algorithm::RS256 {
                // What rcgen calls raw is the RSAPublicKey of RFC 8017.
                let der = base64::engine::general_purpose::STANDARD.encode(pair.public_key_raw());
                documents.push(format!(
                    "-----BEGIN RSA PUBLIC KEY-----\n{der}\n-----END RSA PUBLIC KEY-----\n"
                ));
            }
            for document in documents {
                let key = VerifyingKey::from_text(&document).unwrap();
                assert_eq!(key.verify(alg, b"m", &signature), Ok(()), "{document}");
            }
            let refused = VerifyingKey::from_text(&pair.serialize_pem());
            let words = "the PEM document has no public key (it has PRIVATE KEY)";
            assert_eq!(refused.unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn client_66_weak_and_broken_keys_are_refused() {
        let good = PrivateKey::generate(Algorithm::ES256).unwrap().public_jwk();
        let broken = |change: fn(&mut Jwk)| {
            let mut jwk = good.clone();
            change(&mut jwk);
            VerifyingKey::from_jwk(&jwk).unwrap_err()
        };
        assert_eq!(broken(|jwk| jwk.x = None), KeyError::Member("x"));
        let off = broken(|jwk| jwk.y = Some(base64url::encode([7; 32])));
        assert_eq!(off, KeyError::Invalid("its point is not on the curve"));
        let short = broken(|jwk| jwk.y = Some(base64url::encode([7; 31])));
        assert!(matches!(short, KeyError::Invalid(_)));
        let alg = broken(|jwk| jwk.alg = Some("RS256".into()));
        assert!(matches!(alg, KeyError::Invalid(_)));
        let curve = broken(|jwk| jwk.crv = Some("secp256k1".into()));
        assert!(matches!(curve, KeyError::Unsupported(_)));
        for (n, e) in [
            ([0xff_u8; 128].to_vec(), vec![1, 0, 1]),
            ([0xff; 256].to_vec(), vec![1]),
            ([0xff; 256].to_vec(), vec![2]),
            (vec![], vec![3]),
        ] {
            assert!(VerifyingKey::rsa(&n, &e).is_err());
        }
    }

    #[test]
    fn client_56_a_public_key_is_no_hmac_secret() {
        let key = PrivateKey::generate(Algorithm::RS256).unwrap();
        let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
        assert_eq!(
            public.verify(Algorithm::HS256, b"", b""),
            Err(KeyError::Algorithm(Algorithm::HS256))
        );
    }

    #[test]
    fn client_68_der_short_and_empty_signatures() {
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
        let good = key.sign(Algorithm::ES256, b"m").unwrap();
        let der = [
            vec![0x30, 0x44, 0x02, 0x20],
            good[..32].to_vec(),
            vec![0x02, 0x20],
            good[32..].to_vec(),
        ]
        .concat();
        for bad in [
            vec![],
            vec![0; 64],
            good[..63].to_vec(),
            der,
            [&[0], &good[..]].concat(),
        ] {
            assert_eq!(
                public.verify(Algorithm::ES256, b"m", &bad),
                Err(KeyError::Signature)
            );
        }
    }

    #[test]
    fn client_35_a_short_secret_checks_nothing() {
        let key = VerifyingKey::from_secret(&ClientSecret::new("a".repeat(31)));
        assert_eq!(
            key.verify(Algorithm::HS256, b"", b""),
            Err(KeyError::ShortSecret {
                alg: Algorithm::HS256,
                have: 31,
                need: 32
            })
        );
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = VerifyingKey::from_secret(&ClientSecret::new("canary-canary-canary-canary-cana"));
        assert!(!format!("{key:?}").contains("canary"));
    }
}
