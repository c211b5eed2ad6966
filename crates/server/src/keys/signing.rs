//! One signing key: its private half, what is published of it, and where it stands in its life.

use super::seal::Purpose;
use super::{MasterKey, SealError};
use crate::random::Random;
use jeton_oauth::{Algorithm, KeyError, PrivateKey};
use serde_json::Value;
use std::sync::Arc;

/// Where a key stands: published, signing, or only verifying what it signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyState {
    Current,
    Next,
    Retiring,
}

impl KeyState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Current => "current",
            Self::Retiring => "retiring",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Next, Self::Current, Self::Retiring]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// One key for one algorithm (8725bis: never two).
#[derive(Clone)]
pub(crate) struct SigningKey {
    /// RFC 7638 thumbprint of the public half: unique, and no name that anyone chose.
    pub(crate) kid: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) state: KeyState,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds; set when retiring: the end of the last token that it signed.
    pub(crate) retire_at: Option<i64>,
    /// Parsed once.
    pub(crate) private: Arc<PrivateKey>,
    /// The member of the published key set: public members, `kid`, `use`, `alg`.
    pub(crate) published: Value,
}

/// A signing key that could not be made or read back.
#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// The key itself.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its seal.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// It has no thumbprint, or says of itself another name than the store does.
    #[error("the signing key {0} is not what its row says")]
    Mismatch(String),
}

impl SigningKey {
    /// A new key.
    pub(crate) fn generate(
        algorithm: Algorithm,
        state: KeyState,
        now: i64,
    ) -> Result<Self, SigningKeyError> {
        Self::assemble(
            PrivateKey::generate(algorithm)?,
            algorithm,
            state,
            now,
            None,
        )
    }

    /// A key out of the store.
    pub(crate) fn open(
        kid: &str,
        algorithm: Algorithm,
        state: KeyState,
        created_at: i64,
        retire_at: Option<i64>,
        sealed: &[u8],
        master: &MasterKey,
    ) -> Result<Self, SigningKeyError> {
        let pkcs8 = master.open(Purpose::SigningKey, kid, sealed)?;
        let private = PrivateKey::from_pkcs8(&pkcs8)?;
        let key = Self::assemble(private, algorithm, state, created_at, retire_at)?;
        if key.kid != kid {
            return Err(SigningKeyError::Mismatch(kid.to_owned()));
        }
        Ok(key)
    }

    /// The private half as it goes into the store.
    pub(crate) fn seal(
        &self,
        master: &MasterKey,
        random: &Random,
    ) -> Result<Vec<u8>, SigningKeyError> {
        let pkcs8 = self.private.to_pkcs8()?;
        Ok(master.seal(Purpose::SigningKey, &self.kid, &pkcs8, random)?)
    }

    /// The same key further on in its life.
    pub(crate) fn moved_to(&self, state: KeyState, retire_at: Option<i64>) -> Self {
        Self {
            state,
            retire_at,
            ..self.clone()
        }
    }

    fn assemble(
        private: PrivateKey,
        algorithm: Algorithm,
        state: KeyState,
        created_at: i64,
        retire_at: Option<i64>,
    ) -> Result<Self, SigningKeyError> {
        let mut jwk = private.public_jwk();
        let kid = jwk
            .thumbprint()
            .ok_or_else(|| SigningKeyError::Mismatch(algorithm.as_str().to_owned()))?;
        jwk.kid = Some(kid.clone());
        jwk.alg = Some(algorithm.as_str().to_owned());
        jwk.use_ = Some("sig".to_owned());
        let published =
            serde_json::to_value(&jwk).map_err(|_| SigningKeyError::Mismatch(kid.clone()))?;
        Ok(Self {
            kid,
            algorithm,
            state,
            created_at,
            retire_at,
            private: Arc::new(private),
            published,
        })
    }
}
