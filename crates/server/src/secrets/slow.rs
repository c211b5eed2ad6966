//! Slow hashes, in a lane of their own: a bounded number runs, and a bounded number of requests waits.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jeton_oauth::ClientSecret;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

/// A hash that takes milliseconds and megabytes, from before its secret was first used here: Argon2id (RFC 9106) version 1.3
/// with one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlowHash {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) salt: Vec<u8>,
    pub(crate) hash: [u8; 32],
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

impl SlowHash {
    /// Whether it is the hash of `secret`. Not for a thread that serves requests.
    fn matches(&self, secret: &ClientSecret, memory: &mut Memory) -> Result<bool, HashFailed> {
        let params = argon2::Params::new(self.memory_kib, self.passes, 1, Some(32))
            .map_err(|_| HashFailed)?;
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
        Ok(verify_slices_are_equal(hash.as_slice(), &self.hash).is_ok())
    }
}

/// Lets so many hashes run and so many wait; the rest is turned away at once, so that a flood of wrong secrets cannot take
/// the memory and the processors of all others.
pub(crate) struct SlowLane {
    running: Arc<Semaphore>,
    /// Used again by the next hash: freed and taken anew, pieces this large would stay with the allocator of each thread.
    memories: Arc<Mutex<Vec<Memory>>>,
    inside: AtomicUsize,
    room: usize,
}

impl SlowLane {
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
    /// Whether `hash` is the hash of `secret`, computed on a thread of its own.
    pub(crate) async fn matches(
        self,
        hash: &SlowHash,
        secret: &ClientSecret,
    ) -> Result<bool, HashFailed> {
        let Self {
            permit, memories, ..
        } = self;
        let (hash, secret) = (hash.clone(), secret.clone());
        // the permit goes along: a client that hangs up does not make room for a second hash beside its first
        let computed = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let shared = || memories.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = shared().pop().unwrap_or_default();
            let matches = hash.matches(&secret, &mut memory);
            shared().push(memory);
            matches
        });
        computed.await.unwrap_or(Err(HashFailed))
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

    use super::{Overloaded, SlowHash, SlowLane};
    use crate::hex;
    use jeton_oauth::ClientSecret;

    /// Of the text `secret`, by the `argon2` program of the reference implementation.
    fn known() -> SlowHash {
        SlowHash {
            memory_kib: 64,
            passes: 1,
            salt: b"somesaltsomesalt".to_vec(),
            hash: hex::decode("a5c97172c6b85f46d9e65bbb572e61de9ec453b55bb96ee91915844f11ee5347")
                .unwrap()
                .try_into()
                .unwrap(),
        }
    }

    #[tokio::test]
    async fn only_the_right_secret_matches() {
        let lane = SlowLane::new(1, 1);
        let matches = async |hash: SlowHash, text: &str| {
            let turn = lane.turn().await.unwrap();
            turn.matches(&hash, &ClientSecret::new(text)).await.unwrap()
        };
        assert!(matches(known(), "secret").await);
        assert!(!matches(known(), "secreT").await);
        let other_salt = SlowHash {
            salt: vec![8; 16],
            ..known()
        };
        assert!(!matches(other_salt, "secret").await);
    }

    #[tokio::test]
    async fn what_finds_no_room_is_refused_at_once_and_the_place_comes_back() {
        let lane = SlowLane::new(1, 1);
        let running = lane.running.clone().acquire_owned().await.unwrap();
        let (one, two) = (lane.enter().unwrap(), lane.enter().unwrap());
        assert_eq!(lane.turn().await.err(), Some(Overloaded));
        drop((one, two, running));
        let turn = lane.turn().await.unwrap();
        let matches = turn.matches(&known(), &ClientSecret::new("secret")).await;
        assert!(matches.unwrap());
    }
}
