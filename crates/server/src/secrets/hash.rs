//! Argon2id, on threads of its own, so many at once and no more.

use crate::config::HashCost;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use jeton_oauth::ClientSecret;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

/// Length of a salt, in bytes.
pub(crate) const SALT: usize = 16;

/// How the secrets of one client are hashed. One salt a client: its live secrets, and an unknown client, all cost one hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SecretHash {
    pub(crate) salt: [u8; SALT],
    pub(crate) cost: HashCost,
}

/// More hashes are asked for than may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overloaded;

/// A hash that could not be computed: parameters out of Argon2's range, or a stopped runtime.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the secret could not be hashed")]
pub(crate) struct HashFailed;

/// What Argon2 works on.
type Memory = Vec<argon2::Block>;

/// 256 bits of Argon2id.
pub(crate) type Hashed = Zeroizing<[u8; 32]>;

impl SecretHash {
    /// Argon2id (version 1.3, one lane). Takes milliseconds and megabytes: not for a thread that serves.
    fn compute(self, secret: &ClientSecret, memory: &mut Memory) -> Result<Hashed, HashFailed> {
        let HashCost { memory_kib, passes } = self.cost;
        let params =
            argon2::Params::new(memory_kib, passes, 1, Some(32)).map_err(|_| HashFailed)?;
        let argon2 =
            argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        memory.resize(argon2.params().block_count(), argon2::Block::default());
        let mut hash = Zeroizing::new([0; 32]);
        argon2
            .hash_password_into_with_memory(
                secret.expose().as_bytes(),
                &self.salt,
                hash.as_mut_slice(),
                memory,
            )
            .map_err(|_| HashFailed)?;
        Ok(hash)
    }
}

/// Whether one of `live` is `hash`: looks at each, whatever the first says.
pub(crate) fn any_equal<'a>(
    hash: &[u8; 32],
    live: impl Iterator<Item = (i64, &'a [u8; 32])>,
) -> Option<i64> {
    live.fold(None, |found, (id, stored)| {
        match verify_slices_are_equal(hash, stored) {
            Ok(()) => Some(id),
            Err(_) => found,
        }
    })
}

/// Lets so many hashes run and so many wait; the rest is turned away at once, so that a flood of wrong secrets cannot take
/// the memory and the processors of all others.
pub(crate) struct HashGate {
    running: Arc<Semaphore>,
    /// Used again by the next hash: freed and taken anew, pieces this large would stay with the allocator of each thread.
    memories: Arc<Mutex<Vec<Memory>>>,
    inside: AtomicUsize,
    room: usize,
}

impl HashGate {
    pub(crate) fn new(at_once: usize, waiting: usize) -> Self {
        let at_once = at_once.max(1);
        Self {
            running: Arc::new(Semaphore::new(at_once)),
            memories: Arc::default(),
            inside: AtomicUsize::new(0),
            room: at_once + waiting,
        }
    }

    /// Waits for the turn to hash one secret, or says at once that there is no room to wait.
    pub(crate) async fn turn(&self) -> Result<Turn<'_>, Overloaded> {
        let place = self.enter()?;
        let permit = Arc::clone(&self.running).acquire_owned().await;
        Ok(Turn {
            permit: permit.map_err(|_| Overloaded)?,
            memories: Arc::clone(&self.memories),
            _place: place,
        })
    }

    /// Takes every place, so that a test sees who asks for a hash.
    #[cfg(test)]
    pub(crate) fn shut(&self) -> impl Drop + use<'_> {
        struct Shut<'a>(Vec<Place<'a>>);
        impl Drop for Shut<'_> {
            fn drop(&mut self) {
                self.0.clear();
            }
        }
        Shut((0..self.room).map_while(|_| self.enter().ok()).collect())
    }

    fn enter(&self) -> Result<Place<'_>, Overloaded> {
        let place = Place(&self.inside);
        if self.inside.fetch_add(1, Ordering::AcqRel) >= self.room {
            return Err(Overloaded);
        }
        Ok(place)
    }
}

/// Leave to hash one secret.
pub(crate) struct Turn<'a> {
    permit: OwnedSemaphorePermit,
    memories: Arc<Mutex<Vec<Memory>>>,
    _place: Place<'a>,
}

impl Turn<'_> {
    /// Hashes `secret` on a thread of its own.
    pub(crate) async fn hash(
        self,
        how: SecretHash,
        secret: &ClientSecret,
    ) -> Result<Hashed, HashFailed> {
        let Self {
            permit, memories, ..
        } = self;
        let secret = secret.clone();
        // the permit goes along: a client that hangs up does not make room for a second hash beside its first
        let hashed = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let shared = || memories.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = shared().pop().unwrap_or_default();
            let hashed = how.compute(&secret, &mut memory);
            shared().push(memory);
            hashed
        });
        hashed.await.unwrap_or(Err(HashFailed))
    }
}

/// Gives its place back however the request ends, also when the client goes away.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{HashGate, Overloaded, SecretHash, any_equal};
    use crate::config::HashCost;
    use jeton_oauth::ClientSecret;

    const HOW: SecretHash = SecretHash {
        salt: [7; 16],
        cost: HashCost {
            memory_kib: 64,
            passes: 1,
        },
    };

    #[tokio::test]
    async fn the_same_secret_and_salt_give_the_same_hash_and_no_other() {
        let gate = HashGate::new(1, 1);
        let hash = |how, text: &'static str| {
            let gate = &gate;
            async move {
                let secret = ClientSecret::new(text);
                gate.turn().await.unwrap().hash(how, &secret).await.unwrap()
            }
        };
        let one = hash(HOW, "secret").await;
        let other_salt = SecretHash {
            salt: [8; 16],
            ..HOW
        };
        assert_eq!(*one, *hash(HOW, "secret").await);
        assert_ne!(*one, *hash(HOW, "secreT").await);
        assert_ne!(*one, *hash(other_salt, "secret").await);
        assert_eq!(
            any_equal(&one, [(1, &[0; 32]), (2, &*one)].into_iter()),
            Some(2)
        );
        assert_eq!(any_equal(&one, [(1, &[0; 32])].into_iter()), None);
    }

    #[tokio::test]
    async fn what_has_no_room_is_turned_away_at_once_and_the_place_comes_back() {
        let gate = HashGate::new(1, 1);
        let secret = ClientSecret::new("secret");
        let held = gate.running.clone().acquire_owned().await.unwrap();
        let (one, two) = (gate.enter().unwrap(), gate.enter().unwrap());
        assert_eq!(gate.turn().await.err(), Some(Overloaded));
        drop((one, two, held));
        assert!(gate.turn().await.unwrap().hash(HOW, &secret).await.is_ok());
    }
}
