//! Keys as documents: PKCS#8 and SubjectPublicKeyInfo, as DER and PEM.

use super::KeyError;
use super::private::{Pair, PrivateKey};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

impl PrivateKey {
    /// The key as a PKCS#8 document, to be sealed or written where only its owner can read.
    ///
    /// # Errors
    /// [`KeyError::Invalid`] if the provider fails.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let failed = |_| KeyError::Invalid("the provider could not write the key");
        let der = match &self.pair {
            Pair::Rsa(pair) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
                der.as_ref().to_vec()
            }
            Pair::Ec(pair, _) => pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec(),
            Pair::Ed(pair) => pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec(),
        };
        Ok(Zeroizing::new(der))
    }

    /// The key as a PEM document, `BEGIN PRIVATE KEY` (RFC 7468 10).
    ///
    /// # Errors
    /// [`KeyError::Invalid`] if the provider fails.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        Ok(pem("PRIVATE KEY", &self.to_pkcs8()?))
    }

    /// The public half as a PEM document, `BEGIN PUBLIC KEY` (RFC 7468 13).
    ///
    /// # Errors
    /// [`KeyError::Invalid`] if the provider fails.
    pub fn to_public_pem(&self) -> Result<String, KeyError> {
        let failed = |_| KeyError::Invalid("the provider could not write the key");
        let der: PublicKeyX509Der<'_> = match &self.pair {
            Pair::Rsa(pair) => pair.public_key().as_der(),
            Pair::Ec(pair, _) => pair.public_key().as_der(),
            Pair::Ed(pair) => pair.public_key().as_der(),
        }
        .map_err(failed)?;
        Ok(pem("PUBLIC KEY", der.as_ref()).to_string())
    }
}

/// A document in lines of 64 characters, whose buffers are zeroed.
fn pem(label: &str, der: &[u8]) -> Zeroizing<String> {
    let text = Zeroizing::new(STANDARD.encode(der));
    // Never reallocated, which would leave a copy.
    let mut pem = Zeroizing::new(String::with_capacity(text.len() * 2 + 128));
    pem.push_str("-----BEGIN ");
    pem.push_str(label);
    pem.push_str("-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = tail;
    }
    pem.push_str("-----END ");
    pem.push_str(label);
    pem.push_str("-----\n");
    pem
}
