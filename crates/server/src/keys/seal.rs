//! Sealing at rest: a stolen database opens nothing and signs nothing.
//!
//! Each purpose has a key, derived from the master key (HKDF-SHA256, the purpose as info), so that a value sealed for one purpose
//! never opens for another. A sealed value is `version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)` under AES-256-GCM, with
//! the name of what it belongs to (a `kid`, a client id) as associated data: moved to another row, it does not open.

use crate::random::{NoRandomness, Random};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;

/// 256 bits from outside the database. Zeroed when dropped, never printed.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// Text that is no master key.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("not a master key: expected 43 base64url characters")]
pub struct BadMasterKey;

/// A value that could not be sealed or opened.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum SealError {
    /// Damaged, moved from elsewhere, or sealed by another master key.
    #[error(
        "a sealed value does not open: it is damaged, or the master key is not the one that sealed it"
    )]
    DoesNotOpen,
    /// No nonce.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The cipher failed.
    #[error("the cipher failed")]
    Cipher,
}

/// What a sealed value is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    SigningKey,
    ClientSecret,
    SecretHash,
    AuditChain,
}

impl Purpose {
    const fn info(self) -> &'static [u8] {
        match self {
            Self::SigningKey => b"jeton signing key",
            Self::ClientSecret => b"jeton client secret",
            Self::SecretHash => b"jeton client secret hash",
            Self::AuditChain => b"jeton audit chain",
        }
    }
}

impl MasterKey {
    /// A new one, of the system's randomness.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn generate() -> Result<Self, NoRandomness> {
        Ok(Self(Zeroizing::new(Random::system().bytes()?)))
    }

    /// Reads what [`MasterKey::to_text`] wrote; white space around it is ignored.
    ///
    /// # Errors
    ///
    /// When it is not the base64url form of 32 bytes.
    pub fn from_text(text: &str) -> Result<Self, BadMasterKey> {
        let bytes = Zeroizing::new(
            URL_SAFE_NO_PAD
                .decode(text.trim())
                .map_err(|_| BadMasterKey)?,
        );
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| BadMasterKey)?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// 43 base64url characters, for a private file.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.as_slice()))
    }

    /// Seals `clear` for `purpose`, bound to `name`.
    pub(crate) fn seal(
        &self,
        purpose: Purpose,
        name: &str,
        clear: &[u8],
        random: &Random,
    ) -> Result<Vec<u8>, SealError> {
        let nonce = random.bytes::<NONCE_LEN>()?;
        let mut body = Zeroizing::new(clear.to_vec());
        let tag = self
            .cipher(purpose)?
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(name.as_bytes()),
                &mut body,
            )
            .map_err(|_| SealError::Cipher)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len() + tag.as_ref().len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&body);
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what [`MasterKey::seal`] made for the same purpose and name.
    pub(crate) fn open(
        &self,
        purpose: Purpose,
        name: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (head, body) = sealed
            .split_at_checked(1 + NONCE_LEN)
            .ok_or(SealError::DoesNotOpen)?;
        if head[0] != VERSION {
            return Err(SealError::DoesNotOpen);
        }
        let nonce =
            Nonce::try_assume_unique_for_key(&head[1..]).map_err(|_| SealError::DoesNotOpen)?;
        let mut body = Zeroizing::new(body.to_vec());
        let length = self
            .cipher(purpose)?
            .open_in_place(nonce, Aad::from(name.as_bytes()), &mut body)
            .map_err(|_| SealError::DoesNotOpen)?
            .len();
        body.truncate(length);
        Ok(body)
    }

    /// The key of the audit chain: a stolen database is not enough to forge a link.
    pub(crate) fn audit_key(&self) -> Result<hmac::Key, SealError> {
        let derived = self.derive(Purpose::AuditChain)?;
        Ok(hmac::Key::new(hmac::HMAC_SHA256, derived.as_slice()))
    }

    /// The key that client secrets are hashed with: a stolen database is not enough even to try a guess.
    pub(crate) fn secret_key(&self) -> Result<hmac::Key, SealError> {
        let derived = self.derive(Purpose::SecretHash)?;
        Ok(hmac::Key::new(hmac::HMAC_SHA256, derived.as_slice()))
    }

    fn cipher(&self, purpose: Purpose) -> Result<LessSafeKey, SealError> {
        let derived = self.derive(purpose)?;
        UnboundKey::new(&AES_256_GCM, derived.as_slice())
            .map(LessSafeKey::new)
            .map_err(|_| SealError::Cipher)
    }

    fn derive(&self, purpose: Purpose) -> Result<Zeroizing<[u8; 32]>, SealError> {
        struct Bytes32;
        impl KeyType for Bytes32 {
            fn len(&self) -> usize {
                32
            }
        }
        let mut derived = Zeroizing::new([0; 32]);
        Salt::new(HKDF_SHA256, &[])
            .extract(self.0.as_slice())
            .expand(&[purpose.info()], Bytes32)
            .and_then(|okm| okm.fill(derived.as_mut_slice()))
            .map_err(|_| SealError::Cipher)?;
        Ok(derived)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(redacted)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{MasterKey, Purpose, SealError};
    use crate::random::Random;

    #[test]
    fn what_is_sealed_opens_under_the_same_key_purpose_and_name_only() {
        let (key, random) = (MasterKey::generate().unwrap(), Random::system());
        let sealed = key
            .seal(Purpose::SigningKey, "kid-1", b"clear", &random)
            .unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"clear"));
        assert_eq!(
            *key.open(Purpose::SigningKey, "kid-1", &sealed).unwrap(),
            b"clear"
        );

        let other = MasterKey::generate().unwrap();
        let refused = [
            key.open(Purpose::ClientSecret, "kid-1", &sealed),
            key.open(Purpose::SigningKey, "kid-2", &sealed),
            other.open(Purpose::SigningKey, "kid-1", &sealed),
            key.open(Purpose::SigningKey, "kid-1", &sealed[..12]),
        ];
        for result in refused {
            assert!(matches!(result, Err(SealError::DoesNotOpen)));
        }
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let (key, random) = (MasterKey::generate().unwrap(), Random::system());
        let sealed = key
            .seal(Purpose::SigningKey, "kid-1", b"clear", &random)
            .unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(
                key.open(Purpose::SigningKey, "kid-1", &flipped).is_err(),
                "bit {bit}"
            );
        }
    }

    #[test]
    fn a_master_key_goes_through_its_text_and_is_never_printed() {
        let key = MasterKey::generate().unwrap();
        let text = key.to_text();
        let again = MasterKey::from_text(&format!("{}\n", *text)).unwrap();
        assert_eq!(*again.to_text(), *text);
        assert_eq!(format!("{key:?}"), "MasterKey(redacted)");
        for wrong in ["", "short", &"A".repeat(44), "not base64url!"] {
            assert!(MasterKey::from_text(wrong).is_err(), "{wrong}");
        }
    }
}
