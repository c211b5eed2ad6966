//! A signing key: its private half, its published half, and its state.

use super::seal::Purpose;
use super::{MasterKey, SealError};
use crate::hex;
use crate::random::Random;
use crate::store::{Change, Entity, EntityKind};
use jeton_oauth::{Algorithm, KeyError, PrivateKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// The state of a key: published before it signs, signing, or published until its last token ends.
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
    /// Of its entity; 0 before it has one.
    pub(crate) version: i64,
}

/// A signing key as the store keeps it, under its `kid`.
#[derive(Serialize, Deserialize)]
struct SigningKeyDocument {
    algorithm: String,
    state: String,
    /// PKCS#8 under the master key.
    #[serde(with = "hex")]
    sealed: Vec<u8>,
    created_at: i64,
    retire_at: Option<i64>,
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
    /// It has no thumbprint, or its document says something else than the key.
    #[error("the signing key {0} is not what its document says")]
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

    /// Reads an entity and opens its seal.
    pub(crate) fn read(entity: &Entity, master: &MasterKey) -> Result<Self, SigningKeyError> {
        let kid = entity.id.as_str();
        let mismatch = || SigningKeyError::Mismatch(kid.to_owned());
        let document: SigningKeyDocument =
            serde_json::from_str(&entity.document).map_err(|_| mismatch())?;
        let pkcs8 = master.open(Purpose::SigningKey, kid, &document.sealed)?;
        let key = Self::assemble(
            PrivateKey::from_pkcs8(&pkcs8)?,
            Algorithm::from_name(&document.algorithm).ok_or_else(mismatch)?,
            KeyState::from_name(&document.state).ok_or_else(mismatch)?,
            document.created_at,
            document.retire_at,
        )?;
        if key.kid != kid {
            return Err(mismatch());
        }
        Ok(Self {
            version: entity.version,
            ..key
        })
    }

    /// The change that brings it into the store, or its present state.
    pub(crate) fn to_change(
        &self,
        master: &MasterKey,
        random: &Random,
    ) -> Result<Change, SigningKeyError> {
        let pkcs8 = self.private.to_pkcs8()?;
        let document = SigningKeyDocument {
            algorithm: self.algorithm.as_str().to_owned(),
            state: self.state.as_str().to_owned(),
            sealed: master.seal(Purpose::SigningKey, &self.kid, &pkcs8, random)?,
            created_at: self.created_at,
            retire_at: self.retire_at,
        };
        let (kind, id) = (EntityKind::SigningKey, self.kid.clone());
        let document = serde_json::json!(document).to_string();
        Ok(match self.version {
            0 => Change::Insert { kind, id, document },
            version => Change::Update {
                kind,
                id,
                version,
                document,
            },
        })
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
            version: 0,
        })
    }
}
