//! Reads a key from a file or stdin, and describes its public half.

use crate::error::{Error, Result};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use jeton_oauth::{Algorithm, Jwk, JwkSet, KeyError, PrivateKey};
use std::path::Path;
use zeroize::Zeroizing;

/// No key is longer: RSA with 16,384 bits has 13 KB as PEM.
const LONGEST: usize = 64 * 1024;

/// The text of a file, or of stdin for `-`.
///
/// # Errors
/// Exit 4 where it cannot be read.
pub(super) fn text(path: &Path) -> Result<Zeroizing<String>> {
    let bytes = if path == Path::new("-") {
        jeton_files::read_stream(std::io::stdin().lock(), LONGEST)
    } else {
        jeton_files::read(path, LONGEST).map(|content| content.bytes)
    };
    let bytes = bytes.map_err(|error| failed(path, &error.to_string()))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(failed(path, "it is not text").hint(
            "give a PEM document or a JSON Web Key; `openssl pkey -inform DER` converts DER",
        )),
    }
}

/// The private key of a file.
///
/// # Errors
/// Exit 4 where it cannot be read or is no private key.
pub(super) fn private_key(path: &Path) -> Result<PrivateKey> {
    PrivateKey::from_text(&text(path)?).map_err(|error| invalid(path, &error))
}

pub(super) fn failed(path: &Path, reason: &str) -> Error {
    Error::credential(format!(
        "cannot read a key from {}: {reason}",
        path.display()
    ))
}

pub(super) fn invalid(path: &Path, error: &KeyError) -> Error {
    failed(path, &error.to_string())
}

/// The public key as a server registers it: for signatures, with an algorithm and a key id.
///
/// # Errors
/// Exit 2 where the key cannot be used with the algorithm.
pub(super) fn registered(
    key: &PrivateKey,
    alg: Option<Algorithm>,
    kid: Option<&str>,
) -> Result<Jwk> {
    let alg = match alg {
        Some(alg) if !key.algorithms().contains(&alg) => {
            let usable: Vec<_> = key.algorithms().iter().map(|alg| alg.as_str()).collect();
            return Err(Error::usage(format!("the key cannot be used with {alg}"))
                .hint(format!("it can be used with {}", usable.join(", "))));
        }
        Some(alg) => Some(alg),
        None => key.algorithms().first().copied(),
    };
    let mut jwk = key.public_jwk();
    jwk.alg = alg.map(|alg| alg.to_string());
    jwk.use_ = Some("sig".to_owned());
    jwk.kid = kid.map(str::to_owned).or(jwk.kid);
    if jwk.kid.is_none() {
        jwk.kid = jwk.thumbprint();
    }
    Ok(jwk)
}

/// The key alone in a set.
pub(super) fn set_of(jwk: Jwk) -> JwkSet {
    JwkSet {
        keys: vec![jwk],
        ..JwkSet::default()
    }
}

/// An algorithm that signs with a private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SigningAlgorithm(pub(super) Algorithm);

impl ValueEnum for SigningAlgorithm {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self(Algorithm::ES256),
            Self(Algorithm::ES384),
            Self(Algorithm::ES512),
            Self(Algorithm::EdDSA),
            Self(Algorithm::PS256),
            Self(Algorithm::PS384),
            Self(Algorithm::PS512),
            Self(Algorithm::RS256),
            Self(Algorithm::RS384),
            Self(Algorithm::RS512),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}
