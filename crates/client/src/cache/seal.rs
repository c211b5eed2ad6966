//! The seal around an entry: AES-256-GCM, bound to the name of the entry.
//!
//! | offset | bytes | what |
//! | --- | --- | --- |
//! | 0 | 7 | magic, `jetonct` |
//! | 7 | 1 | format, 1 |
//! | 8 | 8 | key id: tells an entry of another key from a broken one |
//! | 16 | 12 | nonce, random |
//! | 28 | n | ciphertext of the entry as JSON |
//! | 28 + n | 16 | tag |
//!
//! Authenticated with it: the first 28 bytes, then the 32 bytes of the cache key; so a file moved to another name does not open.
//! HKDF-SHA256 makes the AES key and the key id out of the seal key, without salt, with the infos below.
//!
//! A change that old versions cannot read takes a new format number *and* a new folder name: two versions of jeton
//! must not replace each other's entries for ever. A random nonce is safe for 2³² entries a key, which no cache writes.

use super::entry::{self, Entry};
use super::error::{CacheError, Unreadable};
use super::key::CacheKey;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::rand;
use std::fmt;
use zeroize::Zeroizing;

const MAGIC: &[u8; 7] = b"jetonct";
const FORMAT: u8 = 1;
const AES_KEY: &[u8] = b"jeton cache v1 aes-256-gcm key";
const KEY_ID: &[u8] = b"jeton cache v1 key id";
const HEADER: usize = 28;
const NONCE: std::ops::Range<usize> = 16..HEADER;

/// What is never exceeded by a file: neither written nor read.
pub(super) const MAX_FILE: usize = 1 << 20;

/// The 256-bit secret that all entries of a user are sealed with.
#[derive(Clone)]
pub struct SealKey(Zeroizing<[u8; 32]>);

impl SealKey {
    /// Takes a key that is kept elsewhere.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes a random key.
    ///
    /// # Errors
    ///
    /// [`CacheError::Crypto`] when there is no randomness.
    pub fn generate() -> Result<Self, CacheError> {
        let mut key = Self::new([0; 32]);
        rand::fill(&mut *key.0).map_err(|_| CacheError::Crypto("make a random key"))?;
        Ok(key)
    }

    /// The key itself, to be kept in a keyring or a file.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(redacted)")
    }
}

/// Where the seal key comes from. Asked when the first entry is opened or written, and at most once by a cache: a failure is remembered too.
pub trait KeyProvider: Send + Sync {
    /// Reads the key, or makes and keeps one where there is none.
    ///
    /// # Errors
    ///
    /// [`CacheError::Key`] with the reason: a locked keyring, a malformed variable.
    fn seal_key(&self) -> Result<SealKey, CacheError>;
}

/// Checks what can be checked without the key, so that a foreign file costs no keyring call.
pub(super) fn check_format(file: &[u8]) -> Result<(), Unreadable> {
    if file.len() < HEADER + AES_256_GCM.tag_len() || !file.starts_with(MAGIC) {
        return Err(Unreadable::NotAnEntry);
    }
    match file[7] {
        FORMAT => Ok(()),
        other => Err(Unreadable::UnknownFormat(other)),
    }
}

/// What a seal key is turned into.
pub(super) struct Sealer {
    key: LessSafeKey,
    id: [u8; 8],
}

impl Sealer {
    pub(super) fn new(key: &SealKey) -> Result<Self, CacheError> {
        let secret = Salt::new(HKDF_SHA256, &[]).extract(key.expose());
        let derive = |info: &[u8], out: &mut [u8]| {
            secret
                .expand(&[info], Length(out.len()))
                .and_then(|derived| derived.fill(out))
                .map_err(|_| CacheError::Crypto("derive the cache key"))
        };
        let mut aes = Zeroizing::new([0; 32]);
        let mut id = [0; 8];
        derive(AES_KEY, &mut *aes)?;
        derive(KEY_ID, &mut id)?;
        let key = UnboundKey::new(&AES_256_GCM, &*aes)
            .map_err(|_| CacheError::Crypto("set up the cache key"))?;
        Ok(Self {
            key: LessSafeKey::new(key),
            id,
        })
    }

    /// The whole file for an entry.
    pub(super) fn seal(
        &self,
        name: &CacheKey,
        entry: &Entry,
    ) -> Result<Zeroizing<Vec<u8>>, CacheError> {
        self.seal_after(name, |header| {
            entry::to_json(header, entry).map_err(|_| CacheError::Crypto("write the entry as json"))
        })
    }

    /// The whole file for a document.
    pub(super) fn seal_document(
        &self,
        name: &CacheKey,
        document: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CacheError> {
        self.seal_after(name, |header| {
            Ok(Zeroizing::new([header, document].concat()))
        })
    }

    /// Seals what `write` puts behind the header.
    fn seal_after(
        &self,
        name: &CacheKey,
        write: impl FnOnce(&[u8]) -> Result<Zeroizing<Vec<u8>>, CacheError>,
    ) -> Result<Zeroizing<Vec<u8>>, CacheError> {
        let failed = |_| CacheError::Crypto("seal the cache entry");
        let mut nonce = [0; 12];
        rand::fill(&mut nonce).map_err(failed)?;
        let header = [&MAGIC[..], &[FORMAT], &self.id, &nonce].concat();
        let mut file = write(&header)?;
        let tag = self
            .key
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                authenticated(&header, name),
                &mut file[HEADER..],
            )
            .map_err(failed)?;
        file.extend_from_slice(tag.as_ref());
        if file.len() > MAX_FILE {
            return Err(CacheError::TooLarge(file.len()));
        }
        Ok(file)
    }

    /// The entry in a file that passed [`check_format`].
    pub(super) fn open(&self, name: &CacheKey, file: Vec<u8>) -> Result<Entry, Unreadable> {
        let mut file = Zeroizing::new(file);
        entry::from_json(self.unseal(name, &mut file)?).ok_or(Unreadable::NotAToken)
    }

    /// The document in a file that passed [`check_format`].
    pub(super) fn open_document(
        &self,
        name: &CacheKey,
        mut file: Vec<u8>,
    ) -> Result<Vec<u8>, Unreadable> {
        self.unseal(name, &mut file).map(<[u8]>::to_vec)
    }

    fn unseal<'a>(&self, name: &CacheKey, file: &'a mut [u8]) -> Result<&'a [u8], Unreadable> {
        let (header, sealed) = file.split_at_mut(HEADER);
        if header[8..16] != self.id {
            return Err(Unreadable::OtherKey);
        }
        let nonce =
            Nonce::try_assume_unique_for_key(&header[NONCE]).map_err(|_| Unreadable::BrokenSeal)?;
        let text = self
            .key
            .open_in_place(nonce, authenticated(header, name), sealed)
            .map_err(|_| Unreadable::BrokenSeal)?;
        Ok(text)
    }
}

fn authenticated(header: &[u8], name: &CacheKey) -> Aad<[u8; HEADER + 32]> {
    let mut data = [0; HEADER + 32];
    data[..HEADER].copy_from_slice(header);
    data[HEADER..].copy_from_slice(name.bytes());
    Aad::from(data)
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}
