//! Why a change was not made.

use crate::audit::AuditError;
use crate::client::InvalidRegistration;
use crate::keys::{RotationError, SealError, SigningKeyError, TooSoon};
use crate::random::NoRandomness;
use crate::store::StoreError;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// There is no client of that id.
    #[error("there is no client {0}")]
    UnknownClient(String),
    /// There is a client of that id already.
    #[error("there is a client {0} already")]
    Taken(String),
    /// What was asked for cannot be.
    #[error(transparent)]
    Invalid(#[from] InvalidRegistration),
    /// The next key is not known to everyone yet.
    #[error(transparent)]
    TooSoon(#[from] TooSoon),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key could not be made, sealed or opened.
    #[error(transparent)]
    Keys(#[from] SigningKeyError),
    /// The audit log did not take it.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// A secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl From<RotationError> for AdminError {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::TooSoon(soon) => Self::TooSoon(soon),
            RotationError::NoKeys(_) => Self::Invalid(InvalidRegistration(error.to_string())),
            RotationError::Key(key) => key.into(),
        }
    }
}
