//! How keys move on: next → current → retiring → removed. Pure: the store writes what is decided here.

use super::ring::PUBLISHED_FOR;
use super::signing::SigningKeyError;
use super::{KeyState, MasterKey, SigningKey};
use crate::random::Random;
use crate::store::{Change, EntityKind};
use jeton_oauth::Algorithm;

/// Why a key is rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// By schedule: the next key must have been published for as long as others may keep the key set, and the old one
    /// verifies until its last token ends.
    Planned,
    /// The private key is known to others: it leaves the key set at once, and with it every token that it signed.
    Compromised,
}

/// The next key is not known to everyone yet.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error(
    "the next key was published less than {PUBLISHED_FOR} s ago, so that not everyone knows it: wait until {ready_at} (unix time)"
)]
pub struct TooSoon {
    /// Unix seconds from which on a planned rotation is possible.
    pub ready_at: i64,
}

/// Why there is no rotation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotationError {
    #[error(transparent)]
    TooSoon(#[from] TooSoon),
    #[error("there are no keys for {}", .0.as_str())]
    NoKeys(Algorithm),
    #[error(transparent)]
    Key(#[from] SigningKeyError),
}

/// One step, to be written as one.
pub(crate) struct Rotation {
    /// Goes from next to current.
    pub(crate) promoted: SigningKey,
    /// Goes from current to retiring.
    pub(crate) retired: Option<SigningKey>,
    /// Leave the key set.
    pub(crate) removed: Vec<SigningKey>,
    /// The new next.
    pub(crate) added: SigningKey,
}

/// The first keys of an algorithm: one that signs, and one that is published already.
pub(crate) fn first_keys(
    algorithm: Algorithm,
    now: i64,
) -> Result<[SigningKey; 2], SigningKeyError> {
    Ok([
        SigningKey::generate(algorithm, KeyState::Current, now)?,
        SigningKey::generate(algorithm, KeyState::Next, now)?,
    ])
}

/// The step from `keys` on. `longest_token` is the longest life of a token, in seconds.
pub(crate) fn rotate(
    keys: &[SigningKey],
    algorithm: Algorithm,
    urgency: Urgency,
    now: i64,
    longest_token: i64,
) -> Result<Rotation, RotationError> {
    let find = |state| {
        keys.iter()
            .find(|key| key.algorithm == algorithm && key.state == state)
    };
    let (Some(next), Some(current)) = (find(KeyState::Next), find(KeyState::Current)) else {
        return Err(RotationError::NoKeys(algorithm));
    };
    let mut removed: Vec<SigningKey> = keys
        .iter()
        .filter(|key| key.retire_at.is_some_and(|end| end <= now))
        .cloned()
        .collect();
    let retired = match urgency {
        Urgency::Planned => {
            let ready_at = next.created_at + PUBLISHED_FOR;
            if now < ready_at {
                return Err(TooSoon { ready_at }.into());
            }
            Some(current.moved_to(KeyState::Retiring, Some(now + longest_token)))
        }
        Urgency::Compromised => {
            removed.push(current.clone());
            None
        }
    };
    Ok(Rotation {
        promoted: next.moved_to(KeyState::Current, None),
        retired,
        removed,
        added: SigningKey::generate(algorithm, KeyState::Next, now)?,
    })
}

impl Rotation {
    /// What it changes in the store. Two rotations at once change the same keys, so one of them is a conflict.
    pub(crate) fn to_changes(
        &self,
        master: &MasterKey,
        random: &Random,
    ) -> Result<Vec<Change>, SigningKeyError> {
        let removed = self.removed.iter().map(|key| {
            Ok(Change::Delete {
                kind: EntityKind::SigningKey,
                id: key.kid.clone(),
                version: key.version,
            })
        });
        let moved = self.retired.iter().chain([&self.promoted, &self.added]);
        removed
            .chain(moved.map(|key| key.to_change(master, random)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Rotation, RotationError, Urgency, first_keys, rotate};
    use crate::keys::{KeyRing, KeyState, SigningKey};
    use jeton_oauth::Algorithm::ES256;

    /// The keys after a step, as the store would give them.
    fn applied(step: &Rotation, keys: &[SigningKey]) -> Vec<SigningKey> {
        let moved = |kid: &str| {
            let moved = step.retired.iter().chain([&step.promoted]);
            moved.into_iter().find(|key| key.kid == kid)
        };
        keys.iter()
            .filter(|key| step.removed.iter().all(|removed| removed.kid != key.kid))
            .map(|key| moved(&key.kid).unwrap_or(key).clone())
            .chain([step.added.clone()])
            .collect()
    }

    fn states(keys: &[SigningKey]) -> Vec<&'static str> {
        keys.iter().map(|key| key.state.as_str()).collect()
    }

    // server requirement 54: published before use, kept until its last token ends
    #[test]
    fn a_key_is_published_before_it_signs_and_stays_until_its_last_token_ends() {
        let keys = first_keys(ES256, 1000).unwrap().to_vec();
        assert!(matches!(
            rotate(&keys, ES256, Urgency::Planned, 1299, 3600),
            Err(RotationError::TooSoon(soon)) if soon.ready_at == 1300
        ));

        let step = rotate(&keys, ES256, Urgency::Planned, 1300, 3600).unwrap();
        let after = applied(&step, &keys);
        assert_eq!(states(&after), ["retiring", "current", "next"]);
        assert_eq!(after[1].kid, keys[1].kid);

        let ring = KeyRing::new(after.clone());
        let published = |now| ring.published(now)["keys"].as_array().unwrap().len();
        assert_eq!(published(1300 + 3599), 3);
        assert_eq!(published(1300 + 3600), 2);

        let step = rotate(&after, ES256, Urgency::Planned, 4900, 3600).unwrap();
        let later = applied(&step, &after);
        assert_eq!(states(&later), ["retiring", "current", "next"]);
        assert!(later.iter().all(|key| key.kid != keys[0].kid));
    }

    #[test]
    fn a_compromised_key_leaves_at_once() {
        let keys = first_keys(ES256, 1000).unwrap().to_vec();
        let step = rotate(&keys, ES256, Urgency::Compromised, 1001, 3600).unwrap();
        let after = applied(&step, &keys);
        assert_eq!(states(&after), ["current", "next"]);
        assert_eq!(
            KeyRing::new(after).current(ES256, |key| key.kid.clone()),
            Some(keys[1].kid.clone())
        );
    }

    #[test]
    fn a_state_goes_through_its_name() {
        for state in [KeyState::Next, KeyState::Current, KeyState::Retiring] {
            assert_eq!(KeyState::from_name(state.as_str()), Some(state));
        }
        assert_eq!(KeyState::from_name("gone"), None);
    }
}
